/** Help as the phone opens it by itself knows nobody: her own clinics come from what the phone keeps. */

import { clinicsOf } from "./clinics.js";
import { part } from "./question.js";
import { storeOf, whoIsHere } from "./store.js";
import { askStanding } from "./visitor.js";

/** @typedef {import("./clinics.js").Clinic} Clinic */

/** How long it waits to hear that her session is over: not long. */
const PATIENCE = 1000;

/** @param {HTMLTemplateElement} template @param {string} account */
async function add(template, account) {
  const later = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE));
  const over = navigator.onLine && (await Promise.race([askStanding(), later]));
  if (over) return;
  const clinics = await clinicsOf(storeOf(account)).all();
  template.before(...clinics.map((clinic) => section(template, clinic)));
}

/** @param {HTMLTemplateElement} template @param {Clinic} clinic */
function section(template, { name, hours, telephone }) {
  const copy = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  copy.ariaLabel = part(copy, "[data-name]", HTMLElement).textContent = name;
  say(part(copy, "[data-hours]", HTMLElement), hours);
  const call = part(copy, "[data-call]", HTMLAnchorElement);
  call.href = `tel:${(telephone ?? "").replace(/[ ()-]/g, "")}`;
  say(call, telephone && (call.dataset.call ?? "").replace("{n}", telephone));
  return copy;
}

/** @param {HTMLElement} element @param {string | null} words */
function say(element, words) {
  element.hidden = !words;
  element.textContent = words;
}

const { account, member } = document.body.dataset;
const here = whoIsHere();
const template = document.getElementById("clinic");
// With a session the server has said all there is.
if (account === undefined && member === undefined && here && template instanceof HTMLTemplateElement) {
  add(template, here).catch(() => {});
}
