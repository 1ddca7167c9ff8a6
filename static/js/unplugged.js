/** What a day's page says where nothing arrives; fetched only then. */

import { part } from "./question.js";
import { isOfNight } from "./sections.js";

/** @typedef {import("./question.js").Question} Question */

/** A whole night is reckoned once there is a network. @param {HTMLElement} form @param {Question[]} questions */
export function sayLater(form, questions) {
  const line = part(form, "[data-night]", HTMLElement);
  if (!line.textContent && isWhole(questions)) line.textContent = line.dataset.later ?? "";
}

/** Whoever never woke up need not say how long she was awake. @param {Question[]} questions */
function isWhole(questions) {
  const night = questions.filter(({ fieldset }) => isOfNight(fieldset));
  const isCalm = night.some(({ item, value }) => item === "awakenings" && value === 0);
  return night.every(({ item, value }) => (value ?? null) !== null || (isCalm && item === "waso"));
}

/** Whom to call, once more at the top; null for nobody. @param {HTMLElement} form @param {HTMLElement} line */
export function repeatCalls(form, line) {
  document.querySelector("[data-again]")?.remove();
  const calls = part(form, "[data-calls]", HTMLElement);
  if (!calls.querySelector("[data-due]:not([hidden])")) return null;
  const again = /** @type {HTMLElement} */ (calls.cloneNode(true));
  again.dataset.again = "";
  line.after(again);
  return again;
}
