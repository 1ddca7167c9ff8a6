/** The sections of a day beside its usual questions: an infusion's relief, the night, what is due offline. */

import { sayWhom } from "./noticed.js";
import { part } from "./question.js";

/**
 * @typedef {import("./question.js").Question} Question
 * @typedef {import("./clinics.js").Clinic} Clinic
 *
 * @typedef {object} Asks what the journal asked for when this phone last heard
 * @property {Readonly<Record<string, string[]>>} asks the parts due, by day
 * @property {string[]} checklist what her clinics want seen to before an infusion
 * @property {string | null} goal
 */

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

/**
 * A page that the phone opens by itself asks for what the journal would have asked for.
 * @param {HTMLElement} form @param {string} day @param {Asks | null} asks @param {Clinic[]} clinics
 */
export function ask(form, day, asks, clinics) {
  sayWhom(form, clinics);
  const due = asks?.asks[day] ?? [];
  if (asks) sayGoal(form, asks.goal);
  part(form, "[data-asked]", HTMLElement).append(...due.map((name) => sectionOf(form, name)));
  for (const name of due) Object.assign(sectionOf(form, name), { open: true, hidden: false });
}

/** What was said already is not folded away. @param {Question[]} questions */
export function openSaid(questions) {
  for (const { fieldset, value } of questions) {
    const section = fieldset.closest("details[data-section]");
    if (value !== null && section instanceof HTMLDetailsElement) Object.assign(section, { open: true, hidden: false });
  }
}

/** @param {HTMLElement} form @param {string} name */
function sectionOf(form, name) {
  return part(form, `[data-section="${name}"]`, HTMLDetailsElement);
}

/** @param {HTMLElement} form @param {string | null} goal */
function sayGoal(form, goal) {
  const section = sectionOf(form, "goal");
  part(section, "[data-goal]", HTMLElement).hidden = goal === null;
  part(section, "[data-goal-text]", HTMLElement).textContent = goal;
  const link = part(section, "a[data-set]", HTMLElement);
  link.textContent = (goal === null ? link.dataset.set : link.dataset.change) ?? "";
}
