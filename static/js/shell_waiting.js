/** What waits on this device, and why; what was not accepted, and what can be done about it. */

import { inWords } from "./dates.js";
import { saveAsFile } from "./letter.js";
import { part } from "./question.js";

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./outbox.js").Aside} Aside
 * @typedef {import("./post.js").Post} Post
 * @typedef {import("./shell.js").Sheet} Sheet
 */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const MOMENTS = {
  moment: { dateStyle: "medium", timeStyle: "short" },
  date: { dateStyle: "medium" },
  time: { timeStyle: "short" },
};

/** @param {Sheet} sheet @param {Post} mine */
export async function fillWaiting(sheet, mine) {
  const page = new Waiting(sheet, mine);
  mine.serve({ kept: page.show, refused: page.show, heard: page.show, told: page.show });
  await page.show();
}

class Waiting {
  #sheet;
  #mine;
  /** The words of the page, once it is open. @type {DOMStringMap | null} */
  #open = null;
  /** Thrown away, and kept by this page alone: until it is left, each can be put back. @type {Map<string, Aside>} */
  #away = new Map();

  /** @param {Sheet} sheet @param {Post} mine */
  constructor(sheet, mine) {
    this.#sheet = sheet;
    this.#mine = mine;
  }

  show = async () => {
    const [waiting, aside] = [await this.#mine.outbox.waiting(), await this.#mine.outbox.aside()];
    if (await this.#isSealed()) return this.#count([...aside.map(({ letter }) => letter), ...waiting]);
    this.#unfold();
    this.#list("[data-waits]", waiting.map((letter) => this.#line(letter)));
    const needed = [...aside, ...this.#away.values()];
    this.#list("[data-aside]", needed.map((one) => this.#wrong(one)));
    part(document, "[data-why]", HTMLElement).textContent = this.#why();
    part(document, "[data-file]", HTMLElement).hidden = !waiting.length && !aside.length;
    part(document, "[data-nothing]", HTMLElement).hidden = waiting.length > 0 || needed.length > 0;
  };

  /** At a tablet that others use too, what a member wrote of her patients is for her alone. */
  async #isSealed() {
    return this.#mine.isMember && (await this.#mine.store.standing()) !== "open";
  }

  /** How many there are, and of which days. @param {Letter[]} letters */
  #count(letters) {
    const { one = "", many = "", arrived = "", day = "" } = this.#sheet.show("counted");
    this.#open = null;
    // The line would say what is wrong with one; signing out would offer all of them as a file.
    document.getElementById("truth")?.remove();
    for (const form of document.querySelectorAll("form[data-sign-out]")) (form.closest(".menu") ?? form).remove();
    const said = letters.length === 1 ? one : many.replace("{n}", String(letters.length));
    part(document, "[data-count]", HTMLElement).textContent = letters.length ? said : arrived;
    const days = [...new Set(letters.map((letter) => letter.day))].sort();
    const lines = days.map((one) => Object.assign(document.createElement("li"), { textContent: inWords(one, day, lang()) }));
    part(document, "[data-days]", HTMLElement).replaceChildren(...lines);
  }

  #unfold() {
    if (this.#open) return;
    this.#open = this.#sheet.show("sheet");
    part(document, "[data-hers]", HTMLElement).hidden = this.#mine.isMember;
    part(document, "[data-members]", HTMLElement).hidden = !this.#mine.isMember;
    button("[data-try]").addEventListener("click", () => this.#mine.go());
    button("[data-save]").addEventListener("click", async () => saveAsFile(await this.#letters()));
  }

  get #words() {
    return this.#open ?? {};
  }

  async #letters() {
    const aside = (await this.#mine.outbox.aside()).map(({ letter }) => letter);
    return [...aside, ...(await this.#mine.outbox.waiting())];
  }

  /** @param {string} selector @param {HTMLElement[]} lines */
  #list(selector, lines) {
    const section = part(document, selector, HTMLElement);
    section.hidden = !lines.length;
    part(section, "[data-list]", HTMLElement).replaceChildren(...lines);
  }

  #why() {
    const stopped = this.#mine.stopped;
    const { offline = "", signIn = "", stranger = "", busy = "" } = this.#words;
    if (stopped?.kind === "sign-in") return signIn;
    if (stopped?.kind === "stranger") return stranger;
    return stopped?.kind === "wait" && stopped.isHeard ? busy : offline;
  }

  /** @param {Letter} letter */
  #line(letter) {
    const line = this.#sheet.piece("letter");
    const link = part(line, "[data-day]", HTMLAnchorElement);
    link.href = letter.url;
    const day = inWords(letter.day, this.#words.day ?? "", lang());
    link.textContent = letter.isWhole ? this.#infusion(letter, day) : day;
    part(line, "[data-said]", HTMLElement).textContent = this.#said(letter);
    return line;
  }

  /** Two patients of one day are told apart without a name. @param {Letter} letter @param {string} day */
  #infusion({ day: of, about }, day) {
    const { infusion = "", at = "", numbered = "" } = this.#words;
    if (!about) return infusion.replace("{day}", day);
    const time = new Intl.DateTimeFormat(lang(), { timeStyle: "short", timeZone: "UTC" }).format(Date.parse(`${of}T${about.time}Z`));
    return (about.number ? numbered : at).replace("{day}", day).replace("{time}", time).replace("{number}", about.number);
  }

  /** @param {Aside} aside */
  #wrong(aside) {
    const { letter, refusal } = aside;
    const line = this.#line(letter);
    const wrong = part(line, "[data-wrong]", HTMLElement);
    wrong.hidden = false;
    part(wrong, "[data-why-not]", HTMLElement).textContent = refusal.said;
    const [away, back] = [button("[data-away]", line), button("[data-back]", line)];
    const isAway = this.#away.has(letter.edit.edit_id);
    [away.hidden, back.hidden] = [isAway, !isAway];
    part(line, "[data-said]", HTMLElement).classList.toggle("struck", isAway);
    away.addEventListener("click", () => this.#throw(aside));
    back.addEventListener("click", () => this.#putBack(aside));
    return line;
  }

  /** @param {Aside} aside */
  async #throw(aside) {
    this.#away.set(aside.letter.edit.edit_id, aside);
    await this.#mine.outbox.drop(aside.letter);
    await this.#mine.tell();
    focusOn("[data-back]:not([hidden])");
  }

  /** @param {Aside} aside */
  async #putBack(aside) {
    this.#away.delete(aside.letter.edit.edit_id);
    await this.#mine.outbox.putBack(aside);
    await this.#mine.tell();
    focusOn("[data-away]:not([hidden])");
  }

  /** What the letter says, in words. @param {Letter} letter */
  #said({ edit, isWhole }) {
    const names = this.#sheet.names(isWhole ? "infusion-names" : "names");
    return Object.entries(edit.items)
      .map(([item, value]) => `${names.get(item) ?? item}: ${valueInWords(item, value, names, this.#words)}`)
      .join(" · ");
  }
}

/**
 * @param {string} item @param {Value} value
 * @param {Map<string, string>} names of items, and of what can be answered, as "item.answer"; of an
 *   infusion the kind of each too, as "item:moment", and its unit, as "item:unit"
 * @param {{ cleared?: string, none?: string }} words
 */
export function valueInWords(item, value, names, { cleared = "", none = "" }) {
  /** @param {string | number} answer */
  const name = (answer) => names.get(`${item}.${answer}`) ?? String(answer);
  if (value === null) return cleared;
  if (value === true) return "✓";
  if (Array.isArray(value)) return value.map((one) => (typeof one === "string" ? one : one.name)).join(", ");
  const kind = Object.keys(MOMENTS).find((one) => names.has(`${item}:${one}`));
  if (typeof value === "string" && kind) return momentInWords(value, kind);
  if (typeof value !== "object") return [name(value), names.get(`${item}:unit`)].filter(Boolean).join(" ");
  return Object.entries(value).map(([had, strength]) => `${name(had)}: ${name(strength)}`).join(", ") || none;
}

/** @param {string} written by a clock on the wall @param {string} kind */
function momentInWords(written, kind) {
  const at = Date.parse(kind === "time" ? `1970-01-01T${written}Z` : kind === "date" ? written : `${written}Z`);
  return new Intl.DateTimeFormat(lang(), { ...MOMENTS[kind], timeZone: "UTC" }).format(at);
}

function lang() {
  return document.documentElement.lang;
}

/** @param {string} selector @param {ParentNode} [within] */
function button(selector, within = document) {
  return part(within, selector, HTMLButtonElement);
}

/** The line was drawn anew: who came by keyboard goes on where she was. @param {string} selector */
function focusOn(selector) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) found.focus();
}
