/** After a tap, the next unanswered question glides under the thumb; keys never move the page. */

/** @typedef {import("./question.js").Question} Question */

const TOO_SOON = 350;
const ROOM = 12;

export class Glide {
  #questions;
  #end;
  #truth;
  /** @type {Element | null} */
  #pressed = null;
  /** @type {Question | null} */
  #tapped = null;
  /** @type {{ question: Question | null, at: number }} */
  #last = { question: null, at: 0 };

  /**
   * @param {Question[]} questions
   * @param {HTMLElement} end what comes into view when nothing is left to answer
   * @param {HTMLElement} truth what stays at the top
   */
  constructor(questions, end, truth) {
    this.#questions = questions;
    this.#end = end;
    this.#truth = truth;
    for (const question of questions) if (isScale(question)) this.#listen(question);
  }

  /** @param {Question} question */
  #listen(question) {
    const scale = scaleOf(question);
    // Assistive technology clicks without pressing; arrow keys click with detail 0.
    scale.addEventListener("pointerdown", () => (this.#pressed = scale));
    scale.addEventListener("click", (event) => this.#tap(event, question), { capture: true });
    scale.addEventListener("change", () => this.#answered(question));
  }

  /** @param {Event} event @param {Question} question */
  #tap(event, question) {
    if (this.#pressed !== scaleOf(question) || !(/** @type {UIEvent} */ (event).detail)) return;
    this.#pressed = null;
    // The second half of a double tap must not answer the question that just arrived.
    const { question: before, at } = this.#last;
    if (before && before !== question && event.timeStamp - at < TOO_SOON) return stop(event);
    this.#last = { question, at: event.timeStamp };
    this.#tapped = question;
    // What changes in this very turn changed by this tap.
    setTimeout(() => (this.#tapped = null));
  }

  /** @param {Question} question */
  #answered(question) {
    if (this.#tapped === question) this.#go(question);
  }

  /** @param {Question} question */
  #go(question) {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    const next = this.#after(question);
    if (next) scrollBy({ top: this.#way(question, next), behavior });
    else this.#end.scrollIntoView({ block: "nearest", behavior });
  }

  /** How far, so that the next scale comes where this one is, its question still in sight. */
  #way(/** @type {Question} */ question, /** @type {Question} */ next) {
    const top = next.fieldset.getBoundingClientRect().top;
    const [here, there] = [question, next].map((one) => scaleOf(one).getBoundingClientRect().top);
    const highest = this.#truth.getBoundingClientRect().bottom + ROOM;
    return Math.min(there - here, top - highest);
  }

  /** @param {Question} question */
  #after(question) {
    const later = this.#questions.slice(this.#questions.indexOf(question) + 1);
    return later.find((one) => one.value === null && isAsked(one));
  }
}

/** @param {Question} question */
function isScale({ fieldset }) {
  return fieldset.dataset.kind === "nrs" || fieldset.dataset.kind === "decimal";
}

/** @param {Question} question */
function isAsked({ fieldset }) {
  return fieldset.dataset.kind !== "flag" && !fieldset.closest("details:not([open])");
}

/** What the thumb is for. @param {Question} question @returns {Element} */
function scaleOf({ fieldset }) {
  return fieldset.querySelector(".scale") ?? fieldset;
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
