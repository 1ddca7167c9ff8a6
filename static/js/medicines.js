/** Medicines taken when needed: rows that make one list. */

import { NUMBER, Question, number, part } from "./question.js";

/**
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./letter.js").Medicine} Medicine
 */

const MOST = 20;

export class Medicines extends Question {
  #rows = part(this.fieldset, "[data-rows]", HTMLElement);
  #add = part(this.fieldset, "[data-add]", HTMLElement);
  #template = part(this.fieldset, "template[data-row]", HTMLTemplateElement);

  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    for (const row of this.#all) if (row.classList.contains("without-script")) row.remove();
    this.#add.addEventListener("click", () => field(this.#grow(), "name").focus());
    fieldset.addEventListener("input", () => this.#check());
    this.#check();
  }

  /** Rows without a name are not finished, and wait. */
  get value() {
    const list = this.#all.map(medicineIn);
    if (list.some((one) => one.dose === undefined || one.count === undefined)) return undefined;
    const named = /** @type {Medicine[]} */ (list.filter((one) => one.name));
    return named.length ? named : null;
  }

  /** @param {Value} value */
  show(value) {
    this.#rows.replaceChildren();
    const list = /** @type {Medicine[]} */ (Array.isArray(value) ? value : []);
    for (const one of list) fill(this.#grow(), one);
    this.#grow();
  }

  #grow() {
    const { length } = this.#all;
    const copy = /** @type {DocumentFragment} */ (this.#template.content.cloneNode(true));
    for (const element of copy.querySelectorAll("[id], [for]")) give(element, String(length));
    this.#rows.append(copy);
    this.#check();
    return this.#all[length];
  }

  #check() {
    this.#add.hidden = this.#all.length >= MOST;
    for (const row of this.#all) {
      const { name, ...rest } = texts(row);
      field(row, "name").required = Object.values(rest).some(Boolean);
      for (const amount of ["dose", "count"]) field(row, amount).pattern = NUMBER;
    }
  }

  get #all() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.#rows.querySelectorAll("[data-medicine]");
    return [...rows];
  }
}

/** @param {HTMLElement} row */
function medicineIn(row) {
  const { name, dose, unit, count } = texts(row);
  return { name, dose: number(dose), unit: unit || null, count: number(count) };
}

/** @param {HTMLElement} row */
function texts(row) {
  const [name, dose, unit, count] = ["name", "dose", "unit", "count"].map((one) =>
    field(row, one).value.normalize("NFC").trim(),
  );
  return { name, dose, unit, count };
}

/** @param {HTMLElement} row @param {Medicine} medicine */
function fill(row, medicine) {
  for (const [name, value] of Object.entries(medicine)) field(row, name).value = String(value ?? "");
}

/** @param {HTMLElement} row @param {string} name */
function field(row, name) {
  return part(row, `[data-field="${name}"]`, HTMLInputElement);
}

/** Its number to a part of a new row. @param {Element} element @param {string} n */
function give(element, n) {
  for (const name of ["id", "for", "name"]) {
    const value = element.getAttribute(name);
    if (value) element.setAttribute(name, value.replace("__n__", n));
  }
}
