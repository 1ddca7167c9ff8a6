/** A page that the phone opens by itself: finds out whose it is, and fills it from what is kept. */

import { Curtain } from "./curtain.js";
import { fillDay } from "./shell_day.js";
import { fillHistory } from "./shell_history.js";
import { fillWaiting } from "./shell_waiting.js";
import { Leaving } from "./leaving.js";
import { post } from "./post.js";
import { storeOf, whoIsHere } from "./store.js";

/**
 * @typedef {import("./post.js").Post} Post
 * @typedef {import("./store.js").Profile} Profile
 */

/** @type {Record<string, (sheet: Sheet, mine: Post, profile: Profile) => Promise<void>>} */
const PAGES = { day: fillDay, history: fillHistory, waiting: fillWaiting };

export class Sheet {
  #body;

  /** @param {HTMLElement} body */
  constructor(body) {
    this.#body = body;
  }

  /** What stands in the template of that id, in place of what was here. @param {string} id */
  show(id) {
    const template = templateOf(id);
    this.#body.replaceChildren(document.importNode(template.content, true));
    return template.dataset;
  }

  /** One more of what stands in that template. @param {string} id @returns {HTMLElement} */
  piece(id) {
    return /** @type {HTMLElement} */ (document.importNode(templateOf(id).content, true).firstElementChild);
  }

  /** The words of a template, by the item that they name. @param {string} id @returns {Map<string, string>} */
  names(id) {
    /** @type {NodeListOf<HTMLElement>} */
    const all = templateOf(id).content.querySelectorAll("[data-item]");
    return new Map([...all].map((one) => [one.dataset.item ?? "", one.textContent ?? ""]));
  }

  /** @param {string} words */
  title(words) {
    const heading = document.querySelector("h1");
    if (heading) heading.textContent = words;
    document.title = `${words} · Journal`;
  }
}

/** @param {string} id */
function templateOf(id) {
  const template = document.getElementById(id);
  if (template instanceof HTMLTemplateElement) return template;
  throw new TypeError(`a page without #${id}`);
}

/** @param {Sheet} sheet @param {string} page */
async function open(sheet, page) {
  const account = whoIsHere();
  if (!account) return close(sheet, "nobody");
  const store = storeOf(account);
  const [standing, profile] = [await store.standing(), await store.known("profile")];
  if ((await new Curtain(store).meet(undefined)) === "locked") return close(sheet, "sealed");
  // What waits can be sent, saved or thrown away whoever is signed in; the days cannot be seen.
  if (!profile || (standing !== "open" && page !== "waiting")) return close(sheet, "sealed");
  if (profile.member !== undefined) {
    turnToDesk();
    if (page !== "waiting") return close(sheet, "desk");
  }
  Object.assign(document.body.dataset, { account, ...profile });
  const mine = /** @type {Post} */ (await post());
  await PAGES[page](sheet, mine, profile);
  new Leaving(mine).start();
  await mine.start();
}

/** The care team has other places than a patient. */
function turnToDesk() {
  document.querySelector(".places")?.replaceWith(document.importNode(templateOf("desk-places").content, true));
  for (const place of document.querySelectorAll(".menu li:not(:has(form))")) place.remove();
}

/** @param {Sheet} sheet @param {string} why */
function close(sheet, why) {
  document.getElementById("truth")?.remove();
  sheet.show(why);
}

const body = document.getElementById("closed");
const { shell = "" } = document.body.dataset;
if (body) {
  const sheet = new Sheet(body);
  open(sheet, shell).catch(() => close(sheet, "refused"));
}
