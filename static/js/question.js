/** What all kinds of questions have in common. */

/** @typedef {import("./letter.js").Value} Value */

export class Question {
  fieldset;

  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    this.fieldset = fieldset;
    fieldset.querySelector("[data-clear]")?.addEventListener("click", () => this.#clear());
  }

  get item() {
    return this.fieldset.dataset.item ?? "";
  }

  /** What the page showed when it was made. @returns {Value} */
  get shown() {
    const was = this.fieldset.querySelector(`input[name="was_${this.item}"]`);
    return was instanceof HTMLInputElement ? JSON.parse(was.value) : null;
  }

  /** The answer as it stands; null is none, undefined is not finished. @returns {Value | undefined} */
  get value() {
    return null;
  }

  /** @param {Value} _value */
  show(_value) {}

  /** What to say while it cannot be kept as it stands; "" where it can. */
  get unfinished() {
    return this.isFinished ? "" : (this.fieldset.dataset.unfinished ?? "");
  }

  get isFinished() {
    return this.value !== undefined;
  }

  /** Tell the page that the person changed something that the browser did not see. */
  changed() {
    this.fieldset.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #clear() {
    this.show(null);
    this.changed();
    // The button goes with the answer: who came by keyboard stays at the question.
    const first = this.fieldset.querySelector("input:not([type=hidden], [hidden] *):enabled");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }
}

/**
 * @template {Element} [T=Element]
 * @param {ParentNode} whole @param {string} selector @param {new () => T} [kind]
 * @returns {T}
 */
export function part(whole, selector, kind) {
  const found = whole.querySelector(selector);
  if (found instanceof (kind ?? Element)) return /** @type {T} */ (found);
  throw new TypeError(`a page without ${selector}`);
}

/** What number() reads, for the browser to check. */
export const NUMBER = "\\d*[.,]?\\d+|\\d+[.,]";

/** A number as people type it; null for nothing, undefined for what is no number. @param {string} text */
export function number(text) {
  const plain = text.trim().replace(",", ".");
  if (!plain) return null;
  return new RegExp(`^(?:${NUMBER})$`).test(plain) ? Number(plain) : undefined;
}
