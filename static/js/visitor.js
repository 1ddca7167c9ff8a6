/** A page that nobody is signed in on, while this phone keeps somebody's journal. */

import { KeptOutbox } from "./kept_outbox.js";
import { nobodyIsHere, storeOf, whoIsHere } from "./store.js";
import { standingIn } from "./post.js";

const CSRF = "/csrf";
const LIMIT = 20_000;

export async function meet() {
  const account = whoIsHere();
  if (!account) return;
  const store = storeOf(account);
  const standing = await askStanding();
  if (standing) await store.know("standing", standing);
  if (standing === "ended") await store.wipeDays();
  const count = await countOf(store);
  if (count) tell(count);
  else if (standing === "ended") await leave(store);
}

/** @param {import("./store.js").Store} store */
async function leave(store) {
  await store.database.remove();
  nobodyIsHere();
}

/** What the server says about the session here, or null where it says nothing. */
export async function askStanding() {
  try {
    const signal = AbortSignal.timeout(LIMIT);
    const please = /** @type {const} */ ({ redirect: "manual", cache: "no-store" });
    const answer = await fetch(CSRF, { headers: { Accept: "application/json" }, ...please, signal });
    return standingIn(answer.status, await answer.json());
  } catch {
    return null;
  }
}

/** @param {import("./store.js").Store} store */
async function countOf(store) {
  const outbox = new KeptOutbox(store);
  return (await outbox.waiting()).length + (await outbox.aside()).length;
}

/** @param {number} count */
function tell(count) {
  const template = document.getElementById("waiting-here");
  if (!(template instanceof HTMLTemplateElement)) return;
  const said = document.importNode(template.content, true);
  for (const words of said.querySelectorAll("[data-count]")) {
    words.textContent = (words.textContent ?? "").replace("{n}", String(count));
  }
  document.querySelector("main .stack")?.prepend(said);
}
