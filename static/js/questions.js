/** The questions of a day by kind: what each holds, shows and says back. */

import { Hours } from "./hours.js";
import { Medicines } from "./medicines.js";
import { Question, number, part } from "./question.js";
import { Ticks } from "./sections.js";

/** @typedef {import("./letter.js").Value} Value */

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class Scale extends Question {
  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    // "Not answered" is the plain form's way to clear; here a button does it.
    for (const radio of this.#radios) radio.disabled = radio.value === "";
    fieldset.addEventListener("input", () => this.#say());
    this.#say();
  }

  /** @returns {Value} */
  get value() {
    return this.chosen === null ? null : Number(this.chosen);
  }

  get chosen() {
    return this.#checked?.value || null;
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

/** One answer of a few, in words. */
export class Choice extends Scale {
  get value() {
    return this.chosen;
  }
}

/** A field of one line that holds its answer as it is written. */
class Line extends Question {
  field = part(this.fieldset, "input:not([type=hidden])", HTMLInputElement);

  /** @param {Value} value */
  show(value) {
    this.field.value = String(value ?? "");
  }
}

/** A time on the clock's face. */
export class Clock extends Line {
  /** Half a time is none yet; nor is what a browser without such fields let pass. */
  get value() {
    const { value, validity } = this.field;
    if (!value) return validity.badInput ? undefined : null;
    return TIME.test(value) ? value : undefined;
  }
}

/** How often, or how many minutes: whole numbers. */
export class Count extends Line {
  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    fieldset.addEventListener("input", () => this.#check());
    this.#check();
  }

  /** @param {Value} value */
  show(value) {
    super.show(value);
    this.#check();
  }

  #check() {
    this.field.setCustomValidity(this.unfinished);
  }

  get value() {
    const value = number(this.field.value);
    return value === null || (Number.isInteger(value) && Number(value) <= Number(this.field.dataset.high)) ? value : undefined;
  }
}

/** What was ticked of a list that somebody else wrote. */
export class Marks extends Question {
  /** @returns {Value | undefined} */
  get value() {
    const ticked = this.#boxes.filter((box) => box.checked).map((box) => box.value);
    return ticked.length ? ticked : null;
  }

  /** @param {Value} value */
  show(value) {
    const ticked = /** @type {string[]} */ (Array.isArray(value) ? value : []);
    this.offer(ticked);
    for (const box of this.#boxes) box.checked = ticked.includes(box.value);
  }

  /** What is not in the list yet comes at its end. @param {string[]} list */
  offer(list) {
    const known = this.#boxes.map((box) => box.value);
    const whole = part(this.fieldset, "[data-marks]", HTMLElement);
    const template = part(this.fieldset, "template[data-mark]", HTMLTemplateElement);
    for (const one of list.filter((mark) => !known.includes(mark))) {
      whole.append(mark(template, one, String(this.#boxes.length)));
    }
  }

  get #boxes() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = this.fieldset.querySelectorAll("input[type=checkbox]");
    return [...boxes];
  }
}

/** @param {HTMLTemplateElement} template @param {string} text @param {string} n */
function mark(template, text, n) {
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const [box, label] = [part(copy, "input", HTMLInputElement), part(copy, "label", HTMLLabelElement)];
  box.id = box.name = label.htmlFor = box.id.replace("__n__", n);
  [box.value, label.textContent] = [text, text];
  return copy;
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
const KINDS = {
  nrs: Scale,
  decimal: Hours,
  text: Words,
  list: Medicines,
  flag: Flag,
  time: Clock,
  count: Count,
  marks: Marks,
  ticks: Ticks,
  choice: Choice,
};

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
