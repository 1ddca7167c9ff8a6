/** One thing that is written down about an infusion: what it says, what was said, what is odd. */

import { same } from "./letter.js";
import { number } from "./question.js";

/** @typedef {import("./letter.js").Value} Value */

export class ChairField {
  box;
  /** What the server knew when the page was made. @type {Value} */
  #recorded;
  /** What a letter says of it, or the server knew. @type {Value} */
  #told;
  /** @type {HTMLInputElement[]} */
  #inputs;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    const all = /** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll("input, textarea"));
    this.#inputs = [...all].filter(({ name }) => name === this.item);
    const was = box.querySelector(`[name="was_${this.item}"]`);
    this.#recorded = was instanceof HTMLInputElement ? JSON.parse(was.value) : null;
    this.#told = this.#recorded;
  }

  get item() {
    return this.box.dataset.item ?? "";
  }

  /** As it is written now; null is nothing, undefined is no number. @returns {Value | undefined} */
  get value() {
    const { kind } = this.box.dataset;
    const [first] = this.#inputs;
    if (kind === "flag") return first.checked || null;
    if (kind === "choice") return this.#inputs.find(({ checked, type }) => checked || type === "hidden")?.value || null;
    if (kind === "decimal" || kind === "count") return this.#number(first.value);
    return first.value.trim() || null;
  }

  /** @param {Value} value */
  show(value) {
    const { kind } = this.box.dataset;
    const [first] = this.#inputs;
    if (kind === "flag") first.checked = value === true;
    else if (kind === "choice") for (const one of this.#inputs) one.checked = one.value === value;
    else first.value = value === null ? "" : String(value);
    const around = value === null ? null : this.box.closest("details");
    if (around) around.open = true;
  }

  get recorded() {
    return this.#recorded;
  }

  /** What stands of it, as far as this page knows. */
  get told() {
    return this.#told;
  }

  /** Whether it says something that no letter said. */
  get isNew() {
    return !same(this.value, this.#told);
  }

  /** @param {Value} value */
  tell(value) {
    this.#told = value;
  }

  /** The letter was not taken. */
  forget() {
    this.#told = this.#recorded;
  }

  /** Its sentence where it is unusual, and new. */
  get doubt() {
    const { low, high, doubt } = this.box.dataset;
    const { value } = this;
    if (!doubt || typeof value !== "number" || !this.isNew) return null;
    return value < Number(low) || value > Number(high) ? doubt : null;
  }

  /** What no letter could say is said here. */
  check() {
    const { min, max, wrong = "" } = this.box.dataset;
    const { value } = this;
    const isOut = typeof value === "number" && min !== undefined && (value < Number(min) || value > Number(max));
    this.blame(value === undefined || isOut ? wrong : "");
  }

  /** How long its text is, and how long it may be, where that is too long. */
  get excess() {
    const longest = Number(this.box.dataset.longest ?? Infinity);
    const length = typeof this.value === "string" ? [...this.value].length : 0;
    return length > longest ? { length, longest } : null;
  }

  get isWrong() {
    return this.#error?.hidden === false;
  }

  /** @param {string} words none where all is well */
  blame(words) {
    const error = this.#error;
    if (!error) return;
    error.hidden = !words;
    const said = error.querySelector("span");
    if (said) said.textContent = words;
    for (const one of this.#inputs) {
      if (words) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }
  }

  look() {
    const around = this.box.closest("details");
    if (around) around.open = true;
    const first = this.#inputs.find(({ checked }) => checked) ?? this.#inputs[0];
    first.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
  }

  get #error() {
    const error = this.box.querySelector("[data-error]");
    return error instanceof HTMLElement ? error : null;
  }

  /** @param {string} text */
  #number(text) {
    const read = number(text);
    const isWhole = this.box.dataset.kind === "count";
    return isWhole && typeof read === "number" && !Number.isInteger(read) ? undefined : read;
  }
}
