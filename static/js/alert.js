/** What went wrong with a field: the sentences that it may say are its own. */

import { part } from "./question.js";

/** After so many wrong ones she hears how many are left. */
const TOLD = 3;

export class Alert {
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} name of one of its sentences; one it has not is silence */
  say(name, count = 0) {
    const words = (this.#element.dataset[name] ?? "").replace("{n}", String(count));
    this.#element.hidden = !words;
    part(this.#element, "span", HTMLElement).textContent = words;
  }

  /** A PIN was wrong. @param {import("./curtain.js").Tried} tried */
  no({ wrong, left }) {
    if (wrong < TOLD) this.say("wrong");
    else this.say(left === 1 ? "last" : "left", left);
  }
}
