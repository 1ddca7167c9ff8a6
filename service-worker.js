/**
 * Keeps the shell, so that help and an honest page open without a network. Holds nothing of
 * anybody. The server writes one line before this: self.JOURNAL = { version, shell }.
 */

const CACHE = `shell-${self.JOURNAL.version}`;
const HELP = "/help-now";
const OFFLINE = "/offline";
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
  // What a page sends as it goes is lost if it has to wait for this worker to start.
  event.addRoutes?.({ condition: { requestMethod: "PUT" }, source: "network" });
});
self.addEventListener("activate", (event) => event.waitUntil(takeCharge()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "take-over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

async function fill() {
  const cache = await caches.open(CACHE);
  // Without credentials: what a stranger sees is all that is ever kept.
  const fresh = /** @type {const} */ ({ cache: "reload", credentials: "omit", redirect: "error" });
  await cache.addAll(self.JOURNAL.shell.map((url) => new Request(url, fresh)));
}

async function takeCharge() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
}

/** The answer, or null to leave the request to the browser. @param {FetchEvent} event */
function answerTo(event) {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  // Where there are no routes: sent from here it outlives its page.
  if (method === "PUT" && origin === self.location.origin) return fetch(event.request);
  if (method !== "GET" || origin !== self.location.origin) return null;
  if (mode === "navigate") return pathname === HELP ? help(event) : page(event);
  return pathname.startsWith("/static/") ? asset(event.request) : null;
}

/** @param {FetchEvent} event */
async function page(event) {
  try {
    return await fromNetwork(event);
  } catch {
    return (await kept(OFFLINE)) ?? Response.error();
  }
}

/** Help does not wait for a bad connection, and not for a server in trouble. @param {FetchEvent} event */
async function help(event) {
  const network = fromNetwork(event);
  const first = await Promise.race([network, pause(PATIENCE)]).catch(() => null);
  if (first && first.status < 500) return first;
  return (await kept(HELP)) ?? network;
}

/** @param {Request} request */
async function asset(request) {
  return (await kept(request.url)) ?? fetch(request);
}

/** @param {FetchEvent} event */
async function fromNetwork(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

/** @param {string} url */
async function kept(url) {
  return (await caches.open(CACHE)).match(url);
}

/** @param {number} ms @returns {Promise<null>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
