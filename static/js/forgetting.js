/** After signing out nothing of the account stays; worker and shell hold nothing of anybody. */

import { storeOf, whoIsHere } from "./store.js";

const SHELL = "shell-";

/** What others wrote on this phone and could not send stays sealed for them. */
export async function forget() {
  const account = whoIsHere();
  await silence().catch(() => {});
  for (const storage of ["localStorage", "sessionStorage"]) clear(storage);
  if (account) await wipe(account).catch(() => {});
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => !name.startsWith(SHELL)).map((name) => caches.delete(name)));
}

/** @param {string} account */
async function wipe(account) {
  await storeOf(account).database.remove();
  // Other windows show it no longer.
  const channel = new BroadcastChannel(`journal-${account}`);
  channel.postMessage("wiped");
  channel.close();
}

/** Nobody is reminded any more here, and no reminder is left on the screen. */
async function silence() {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const one of (await registration?.getNotifications?.()) ?? []) one.close();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/** Storage may be forbidden altogether; then there is nothing in it. @param {string} name */
function clear(name) {
  try {
    Reflect.get(globalThis, name).clear();
  } catch {
    return;
  }
}
