/** What is due on a day that the phone opens by itself, and whom she can call about what she noticed. */

import { part } from "./question.js";

/**
 * @typedef {import("./clinics.js").Clinic} Clinic
 * @typedef {import("./days.js").Asks} Asks
 * @typedef {import("./question.js").Question} Question
 */

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
  if (asks?.long_term?.includes(day)) askLongTerm(sectionOf(form, "noticed"));
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

/** What can come of a long treatment comes first, the rest of the list is one tap away. @param {HTMLElement} section */
function askLongTerm(section) {
  const others = part(section, "details[data-others]", HTMLDetailsElement);
  others.parentElement?.append(others);
  others.open = false;
  part(others, "summary", HTMLElement).hidden = false;
  const none = part(section, "[data-none-at-all]", HTMLElement);
  none.textContent = none.dataset.noneAtAll ?? "";
}

/** @param {HTMLElement} form @param {string | null} goal */
function sayGoal(form, goal) {
  const section = sectionOf(form, "goal");
  part(section, "[data-goal]", HTMLElement).hidden = goal === null;
  part(section, "[data-goal-text]", HTMLElement).textContent = goal;
  const link = part(section, "a[data-set]", HTMLElement);
  link.textContent = (goal === null ? link.dataset.set : link.dataset.change) ?? "";
}

/**
 * Whom to call, on a page that the phone opens by itself.
 * @param {ParentNode} page @param {Clinic[]} clinics
 */
function sayWhom(page, clinics) {
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
