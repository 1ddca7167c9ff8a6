/** A phone that is in another time zone than its journal: asks, once a zone, which to go by. */

const KEPT = "zone";

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Keep */

export class Travel {
  #home;
  #here;
  #now;
  #lang;
  #keep;

  /**
   * @param {{ home: string, here: string }} zones the journal's and the phone's, IANA
   * @param {{ now: () => number, lang: string, keep: Keep }} tools
   */
  constructor({ home, here }, { now, lang, keep }) {
    this.#home = home;
    this.#here = here;
    this.#now = now;
    this.#lang = lang;
    this.#keep = keep;
  }

  /** Whether the clocks differ, and nobody has answered for this zone yet. */
  get isNews() {
    // One zone may go by several names.
    const isAway = this.#clock(this.#home) !== this.#clock(this.#here);
    if (!isAway) this.#keep.removeItem(KEPT);
    return isAway && this.#keep.getItem(KEPT) !== this.#here;
  }

  /** @param {string} words with {home}, {here} and what the clocks there say, {home_time}, {here_time} */
  fill(words) {
    const values = /** @type {Record<string, string>} */ ({
      home: city(this.#home),
      here: city(this.#here),
      home_time: this.#clock(this.#home),
      here_time: this.#clock(this.#here),
    });
    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** The journal goes on by its own zone; nobody asks again while the phone is in this one. */
  stay() {
    this.#keep.setItem(KEPT, this.#here);
  }

  /** @param {string} timeZone */
  #clock(timeZone) {
    const shown = /** @type {const} */ ({ weekday: "long", hour: "numeric", minute: "2-digit" });
    return new Intl.DateTimeFormat(this.#lang, { ...shown, timeZone }).format(this.#now());
  }
}

/** "America/Argentina/Buenos_Aires" is Buenos Aires. @param {string} zone */
function city(zone) {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** @param {HTMLTemplateElement} template @param {string} home */
export function ask(template, home) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const tools = { now: () => Date.now(), lang: document.documentElement.lang, keep: localStorage };
  const travel = new Travel({ home, here }, tools);
  if (!travel.isNews) return;
  const asked = document.importNode(template.content, true);
  for (const one of asked.querySelectorAll("p, button")) {
    one.textContent = travel.fill(one.textContent ?? "");
  }
  for (const field of asked.querySelectorAll("[name=zone]")) field.setAttribute("value", here);
  const notice = asked.firstElementChild;
  asked.querySelector("[data-stay]")?.addEventListener("click", () => {
    travel.stay();
    notice?.remove();
  });
  document.querySelector("main")?.prepend(asked);
}
