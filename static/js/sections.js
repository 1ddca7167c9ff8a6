/** The sections of a day beside its usual questions: what she noticed, and what is said back at once. */

import { Question, part } from "./question.js";

/** @typedef {import("./letter.js").Value} Value */

export class Ticks extends Question {
  /** What was ticked before "none of these"; 0 where it was still to be said how strong. @type {Readonly<Record<string, number>>} */
  #before = {};
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

  get isFinished() {
    return this.#rows.every(isFinished);
  }

  /** @param {Value} value */
  show(value) {
    const had = isMapping(value) ? value : null;
    this.#none.checked = had !== null && !Object.keys(had).length;
    this.#tick(had ?? {});
    this.#tell();
  }

  /** @param {Readonly<Record<string, number>>} had */
  #tick(had) {
    for (const row of this.#rows) {
      const strength = had[row.dataset.effect ?? ""];
      boxOf(row).checked = strength !== undefined;
      for (const radio of radiosOf(row)) radio.checked = Number(radio.value) === strength;
    }
  }

  /** @param {Event} event */
  #agree({ target }) {
    if (target !== this.#none) this.#none.checked &&= !this.#ticked.length;
    else if (!this.#none.checked) this.#tick(this.#before);
    else {
      this.#before = Object.fromEntries(this.#ticked.map((row) => [row.dataset.effect, strengthOf(row)]));
      this.#tick({});
    }
  }

  #tell() {
    // "Done" waits until it is said how strong each was.
    for (const row of this.#rows) radiosOf(row)[0].setCustomValidity(isFinished(row) ? "" : this.unfinished);
    // What is ticked is never folded away.
    for (const row of this.#ticked) row.closest("details[data-others]")?.setAttribute("open", "");
    if (this.#calls) this.#warn(this.#calls, dueFor(this.#ticked.map(markOf)));
  }

  /**
   * Under what it is about: it would be out of sight at either end of the list. It is read out
   * whenever it moves.
   * @param {Element} calls @param {string} due
   */
  #warn(calls, due) {
    const row = due && this.#ticked.findLast((row) => dueFor([markOf(row)]) === due);
    if (row && calls.parentElement !== row) row.append(calls);
    /** @type {NodeListOf<HTMLElement>} */
    const places = calls.querySelectorAll("[data-due]");
    for (const place of places) if (place.hidden !== (place.dataset.due !== due)) place.hidden = !place.hidden;
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

/** Two numbers said plainly as soon as both are there. @param {HTMLElement} form @param {Question[]} questions */
export function sayRelief(form, questions) {
  const values = new Map(questions.map((question) => [question.item, question]));
  /** @type {NodeListOf<HTMLElement>} */
  const lines = form.querySelectorAll("[data-relief] [data-of]");
  const say = () => {
    for (const line of lines) {
      const { of = "", said = "" } = line.dataset;
      const [before, after] = [`before_${of}`, `after_${of}`].map((item) => values.get(item)?.value ?? null);
      line.textContent = reliefOf(said, before, after);
    }
  };
  form.addEventListener("input", say);
  say();
}

/** @param {string} pattern @param {unknown} before @param {unknown} after */
export function reliefOf(pattern, before, after) {
  if (before === null || after === null) return "";
  return pattern.replace("{before}", String(before)).replace("{after}", String(after));
}

/**
 * Whether a question is about how the day was: whoever only got ready for an infusion is still
 * reminded of the day. @param {Question} question
 */
export function isAboutTheDay({ fieldset }) {
  const section = fieldset.closest("[data-section]");
  return !section || isOfNight(section);
}

/** @param {Element} element */
export function isOfNight(element) {
  return element.closest('[data-section="sleep"]') !== null;
}

/** What the journal reckoned of a night; what a phone heard elsewhere says nothing about it. @param {HTMLElement} form @param {string | undefined} night */
export function sayNight(form, night) {
  if (night !== undefined) part(form, "[data-night]", HTMLElement).textContent = night;
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

/** @param {HTMLElement} row */
function isFinished(row) {
  return !boxOf(row).checked || strengthOf(row) > 0;
}

/** 0 where it is not said. @param {HTMLElement} row */
function strengthOf(row) {
  return Number(radiosOf(row).find((radio) => radio.checked)?.value ?? 0);
}
