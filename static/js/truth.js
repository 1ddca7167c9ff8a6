/** The line that says where what was typed is: in the journal, on this phone, or in need of her. */

const SIGN_IN = "/sign-in";
const WAITING = "/waiting";

/**
 * @typedef {"saved" | "saving" | "kept" | "waiting" | "refused" | "stranger" | "empty"} State
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./outbox.js").Aside} Aside
 * @typedef {import("./send.js").Outcome} Outcome
 *
 * @typedef {object} Standing
 * @property {number} waiting letters that have not arrived
 * @property {Aside[]} aside letters that were not accepted
 * @property {boolean} isSafe whether those that wait outlive the page
 * @property {Outcome | null} stopped why the last round ended
 * @property {boolean} isStuck whether nothing is on its way just now
 */

/** On a page about one patient: whose letters its line is about, and a word about any other. */
export class Elsewhere {
  #hint;

  /** @param {HTMLElement} hint data-about is where the pages of this patient lie */
  constructor(hint) {
    this.#hint = hint;
  }

  /** @param {Letter} letter */
  isHere = ({ url }) => url.startsWith(this.#hint.dataset.about ?? "");

  /** @param {Letter[]} letters all that wait or were not accepted */
  tell(letters) {
    this.#hint.hidden = letters.every(this.isHere);
  }
}

export class Truth {
  /** What is so when nothing waits. @type {"saved" | "empty" | "refused"} */
  settled = "saved";
  #line;

  /** @param {HTMLElement} line holds the sentence of each state */
  constructor(line) {
    this.#line = line;
    const { state } = line.dataset;
    if (state === "empty" || state === "refused") this.settled = state;
  }

  /** Something was typed this moment. */
  saving() {
    if (!this.#isUnfinished()) this.#say("saving");
  }

  /** @param {Standing} standing */
  tell({ waiting, aside, isSafe, stopped, isStuck }) {
    if (aside.length) return this.#need(aside);
    if (this.#isUnfinished()) return;
    if (!waiting) return this.#say(this.settled);
    if (stopped?.kind === "sign-in") return this.#link("waiting", this.#words("signIn", waiting), SIGN_IN);
    if (stopped?.kind === "stranger") return this.#say("stranger");
    if (!isStuck) return this.#say("saving");
    if (isSafe) return this.#link("kept", this.#words("kept", waiting), WAITING);
    this.#say("waiting");
  }

  /** A page writes there what cannot be kept as it stands. */
  #isUnfinished() {
    const { unfinished } = this.#line.dataset;
    if (unfinished) this.#show("refused", unfinished);
    return Boolean(unfinished);
  }

  /** The browser threw away what it had kept for us. */
  sayLost() {
    const template = document.getElementById("lost");
    if (template instanceof HTMLTemplateElement) this.#line.after(template.content.cloneNode(true));
  }

  /** @param {Aside[]} aside */
  #need(aside) {
    const [{ refusal }] = aside;
    const words = aside.length > 1 ? this.#words("refusedMany", aside.length) : this.#words("refused", 1);
    this.#link("refused", aside.length > 1 ? words : `${words} ${refusal.said}`, WAITING);
  }

  /** @param {State} state */
  #say(state) {
    this.#show(state, this.#words(state, 0));
  }

  /** @param {State} state @param {string} words @param {string} href */
  #link(state, words, href) {
    if (location.pathname === href) return this.#show(state, words);
    if (!this.#show(state, words)) return;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = words;
    this.#line.replaceChildren(link);
  }

  /** @param {string} name @param {number} count */
  #words(name, count) {
    return (this.#line.dataset[name] ?? "").replace("{n}", String(count));
  }

  /**
   * The same again is not said twice: a screen reader would read it twice.
   * @param {State} state @param {string} words
   */
  #show(state, words) {
    delete this.#line.dataset.untold;
    if (this.#line.dataset.state === state && this.#line.textContent === words) return false;
    this.#line.dataset.state = state;
    this.#line.textContent = words;
    return true;
  }
}
