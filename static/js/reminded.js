/** A day that is in the journal needs no reminder: the one on this phone's screen goes. */

/** @param {string} day @param {ServiceWorkerContainer | undefined} worker */
export async function logged(day, worker = navigator.serviceWorker) {
  // Where workers are refused there are no reminders either.
  const registration = await worker?.getRegistration().catch(() => null);
  registration?.active?.postMessage({ type: "logged", tag: `day-${day}` });
}
