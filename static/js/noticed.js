/** What she noticed: ticked, then how strong; what it asks for is said at once, with or without a network. */

import { Question, part } from "./question.js";

/**
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./clinics.js").Clinic} Clinic
 */

export class Ticks extends Question {
  #none = part(this.fieldset, "[data-none]", HTMLInputElement);
  #calls = this.fieldset.closest("[data-section]")?.querySelector("[data-calls]") ?? null;

  /** @param {HTMLFieldSetElement} fieldset */
  constructor(fieldset) {
    super(fieldset);
    // Before anybody else hears of it: "none of these" and a tick do not stand together.
    fieldset.addEventListener("input", (event) => this.#agree(event), { capture: true });
    fieldset.addEventListener("input", () => this.#tell());
    this.#tell();
  }

  /** One whose strength is still to be said waits, and so does the answer if there is no other. */
  get value() {
    const had = this.#ticked.flatMap((row) => (strengthOf(row) ? [[row.dataset.effect, strengthOf(row)]] : []));
    if (had.length) return Object.fromEntries(had);
    return this.#none.checked ? {} : null;
  }

  /** @param {Value} value */
  show(value) {
    const had = isMapping(value) ? value : null;
    this.#none.checked = had !== null && !Object.keys(had).length;
    for (const row of this.#rows) {
      const strength = had?.[row.dataset.effect ?? ""];
      boxOf(row).checked = strength !== undefined;
      for (const radio of radiosOf(row)) radio.checked = Number(radio.value) === strength;
    }
    this.#tell();
  }

  /** @param {Event} event */
  #agree({ target }) {
    if (target === this.#none && this.#none.checked) for (const row of this.#rows) empty(row);
    else if (this.#ticked.length) this.#none.checked = false;
  }

  #tell() {
    const ticked = this.#ticked;
    // "Done" waits until it is said how strong each was.
    for (const row of this.#rows) for (const radio of radiosOf(row)) radio.required = boxOf(row).checked;
    const due = dueFor(ticked.map(markOf));
    if (!this.#calls) return;
    // Under what it is about: it would be out of sight at either end of the list.
    ticked.findLast((row) => dueFor([markOf(row)]) === due)?.append(this.#calls);
    for (const place of this.#calls.querySelectorAll("[data-due]")) {
      const { dataset } = /** @type {HTMLElement} */ (place);
      /** @type {HTMLElement} */ (place).hidden = dataset.due !== due;
    }
  }

  get #rows() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.fieldset.querySelectorAll("[data-effect]");
    return [...rows];
  }

  get #ticked() {
    return this.#rows.filter((row) => boxOf(row).checked);
  }
}

/**
 * What the strongest of them asks for; one that is ticked is at least mild.
 * @param {{ call?: string, emergency?: string, strength: number }[]} ticked
 * @returns {"emergency" | "clinic" | ""}
 */
export function dueFor(ticked) {
  /** @param {"call" | "emergency"} mark */
  const reached = (mark) => ticked.some((one) => Math.max(1, one.strength) >= Number(one[mark] ?? Infinity));
  if (reached("emergency")) return "emergency";
  return reached("call") ? "clinic" : "";
}

/**
 * Whom to call, on a page that the phone opens by itself.
 * @param {ParentNode} page @param {Clinic[]} clinics
 */
export function sayWhom(page, clinics) {
  const calls = part(page, "[data-calls]", HTMLElement);
  const emergency = clinics.find((clinic) => clinic.emergency)?.emergency;
  if (emergency) sayEmergency(calls, emergency);
  const template = part(calls, "template[data-clinic]", HTMLTemplateElement);
  const reached = clinics.filter(({ telephone }) => telephone);
  part(calls, "[data-clinics]", HTMLElement).replaceChildren(...reached.map((one) => clinicLine(template, one)));
}

/** @param {HTMLElement} calls @param {string} number */
function sayEmergency(calls, number) {
  const said = part(calls, "[data-with-number]", HTMLElement);
  said.textContent = (said.dataset.withNumber ?? "").replace("{n}", number);
  const link = part(calls, "a[data-emergency]", HTMLAnchorElement);
  link.hidden = false;
  link.href = `tel:${number.replace(/[ ()-]/g, "")}`;
  link.textContent = (link.dataset.emergency ?? "").replace("{n}", number);
}

/** @param {HTMLTemplateElement} template @param {Clinic} clinic */
function clinicLine(template, { name, hours, telephone }) {
  const copy = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  const link = part(copy, "[data-call]", HTMLAnchorElement);
  const number = telephone ?? "";
  link.href = `tel:${number.replace(/[ ()-]/g, "")}`;
  link.textContent = (link.dataset.call ?? "").replace("{c}", name).replace("{n}", number);
  part(copy, "[data-hours]", HTMLElement).textContent = hours;
  return copy;
}

/** @param {Value} value @returns {value is Readonly<Record<string, number>>} */
function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {HTMLElement} row */
function boxOf(row) {
  return part(row, "input[type=checkbox]", HTMLInputElement);
}

/** @param {HTMLElement} row */
function radiosOf(row) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const radios = row.querySelectorAll("input[type=radio]");
  return [...radios];
}

/** @param {HTMLElement} row */
function markOf(row) {
  const { call, emergency } = row.dataset;
  return { call, emergency, strength: strengthOf(row) };
}

/** 0 where it is not said. @param {HTMLElement} row */
function strengthOf(row) {
  return Number(radiosOf(row).find((radio) => radio.checked)?.value ?? 0);
}

/** @param {HTMLElement} row */
function empty(row) {
  boxOf(row).checked = false;
  for (const radio of radiosOf(row)) radio.checked = false;
}
