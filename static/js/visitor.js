/** A page that nobody, or somebody else, is signed in on, while this phone keeps somebody's journal. */

import { KeptOutbox } from "./kept_outbox.js";
import { nobodyIsHere, storeOf, whoIsHere } from "./store.js";
import { standingIn } from "./post.js";

const CSRF = "/csrf";
const LIMIT = 20_000;

/** @param {boolean} isMember whether someone of the care team is signed in */
export async function meet(isMember) {
  const account = whoIsHere();
  if (!account) return;
  const store = storeOf(account);
  if (isMember) return leave(store);
  const standing = await askStanding();
  if (standing) await store.know("standing", standing);
  if (standing === "ended") await store.wipeDays();
  const count = await countOf(store);
  if (count) tell(count);
  else if (standing === "ended") await leave(store, { isEmpty: true });
}

/** Her days are hidden until she signs in again. @param {import("./store.js").Store} store @param {{ isEmpty?: boolean }} [of] */
async function leave(store, { isEmpty = false } = {}) {
  if (isEmpty) await store.database.remove();
  else await store.know("standing", "expired");
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
