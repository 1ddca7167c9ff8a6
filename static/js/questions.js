/** The questions of a day by kind: what each holds, shows and says back. */

import { Hours } from "./hours.js";
import { Medicines } from "./medicines.js";
import { Question, part } from "./question.js";

/** @typedef {import("./letter.js").Value} Value */

export class Scale extends Question {
  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    // "Not answered" is the plain form's way to clear; here a button does it.
    for (const radio of this.#radios) radio.disabled = radio.value === "";
    fieldset.addEventListener("input", () => this.#say());
    this.#say();
  }

  get value() {
    const { value } = this.#checked ?? {};
    return value ? Number(value) : null;
  }

  /** @param {Value} value */
  show(value) {
    for (const radio of this.#radios) radio.checked = radio.value === String(value);
    this.#say();
  }

  #say() {
    part(this.fieldset, "output").textContent = this.#checked?.dataset.said ?? "";
  }

  get #radios() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const radios = this.fieldset.querySelectorAll("input[type=radio]");
    return [...radios];
  }

  get #checked() {
    return this.#radios.find((radio) => radio.checked);
  }
}

export class Words extends Question {
  #field;
  #room;

  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    this.#field = part(fieldset, "textarea", HTMLTextAreaElement);
    this.#room = part(fieldset, "[data-room]", HTMLElement);
    fieldset.addEventListener("input", () => this.#say());
    this.#say();
  }

  get value() {
    return this.#field.value.normalize("NFC").trim() || null;
  }

  /** @param {Value} value */
  show(value) {
    this.#field.value = String(value ?? "");
    this.#say();
  }

  #say() {
    const written = [...(this.value ?? "")].length;
    this.#room.textContent = (this.#room.dataset.room ?? "").replace("{n}", String(written));
  }
}

export class Flag extends Question {
  #box = part(this.fieldset, "input[type=checkbox]", HTMLInputElement);

  get value() {
    return this.#box.checked || null;
  }

  /** @param {Value} value */
  show(value) {
    this.#box.checked = value === true;
  }
}

/** @type {Record<string, new (fieldset: HTMLFieldSetElement) => Question>} */
const KINDS = { nrs: Scale, decimal: Hours, text: Words, list: Medicines, flag: Flag };

/**
 * The questions of a page, in their order.
 * @param {ParentNode} page
 * @returns {Question[]}
 */
export function questionsOf(page) {
  /** @type {NodeListOf<HTMLFieldSetElement>} */
  const fieldsets = page.querySelectorAll("fieldset[data-item]");
  return [...fieldsets].map((fieldset) => new KINDS[fieldset.dataset.kind ?? ""](fieldset));
}
