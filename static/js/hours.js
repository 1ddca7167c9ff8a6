/** Hours slept: whole ones to choose, then quarter steps; the typed field holds the number. */

import { NUMBER, Question, number, part } from "./question.js";

/** @typedef {import("./letter.js").Value} Value */

const LONGEST = 24;

export class Hours extends Question {
  #typed = part(this.fieldset, "[data-typed] input", HTMLInputElement);
  #chips = part(this.fieldset, "[data-chips]", HTMLElement);

  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    // What is no number stays where it can be read and mended.
    this.#typed.pattern = NUMBER;
    if (this.value !== undefined) this.#offer();
  }

  get value() {
    return number(this.#typed.value);
  }

  /** @param {Value} value */
  show(value) {
    this.#typed.value = String(value ?? "");
    for (const chip of this.#radios) {
      chip.checked = typeof value === "number" && Number(chip.value) === Math.floor(value);
    }
    part(this.#chips, "output").textContent = typeof value === "number" ? this.#words(value) : "";
  }

  #offer() {
    part(this.fieldset, "[data-typed]", HTMLElement).hidden = true;
    this.#chips.hidden = false;
    // A click, not a change: the chip of 7 also leads back from 7 h 15 to 7.
    for (const chip of this.#radios) {
      chip.addEventListener("click", () => this.#choose(Number(chip.value)));
    }
    for (const button of this.#chips.querySelectorAll("[data-step]")) {
      const step = Number(/** @type {HTMLElement} */ (button).dataset.step);
      button.addEventListener("click", () => this.#choose((this.value ?? 0) + step));
    }
    this.show(this.value ?? null);
  }

  /** @param {number} hours */
  #choose(hours) {
    this.show(Math.min(LONGEST, Math.max(0, hours)));
    this.changed();
  }

  /** @param {number} hours */
  #words(hours) {
    const minutes = Math.round((hours % 1) * 60);
    const { whole = "", part = "" } = this.#chips.dataset;
    const said = minutes ? part : whole;
    return said.replace("{h}", String(Math.floor(hours))).replace("{m}", String(minutes));
  }

  get #radios() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const radios = this.#chips.querySelectorAll("input[type=radio]");
    return [...radios];
  }
}
