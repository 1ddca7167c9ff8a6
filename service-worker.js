/**
 * Keeps the shell, so that a day can be written and help found without a network, and shows reminders.
 * Holds nothing of anybody. The server writes one line before this:
 * self.JOURNAL = { version, shell, neutral }.
 */

const CACHE = `shell-${self.JOURNAL.version}`;
const HELP = "/help-now";
/** The pages that open by themselves, filled by the page from what the phone keeps. @type {[RegExp, string][]} */
const SHELLS = [
  [/^\/(today)?$/, "/shell/day"],
  [/^\/entries\/[\d-]+$/, "/shell/day"],
  [/^\/history$/, "/shell/history"],
  [/^\/waiting$/, "/shell/waiting"],
];
const OFFLINE = "/offline";
const PATIENCE = 3000;

const LIMIT = 10_000;
const TODAY = "/today";
const RENEWALS = "/push/renewals";
const KEY = "/push/key";
const DAY = /-\d{4}-\d\d-\d\d$/;
const PICTURES = { icon: "/static/icons/icon-192.png", badge: "/static/icons/badge-96.png" };

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
  // What a page sends as it goes is lost if it has to wait for this worker to start.
  event.addRoutes?.({ condition: { requestMethod: "PUT" }, source: "network" });
});
self.addEventListener("activate", (event) => event.waitUntil(takeCharge()));
self.addEventListener("message", (event) => {
  const { type, tag } = event.data ?? {};
  if (type === "take-over") self.skipWaiting();
  if (type === "logged" && text(tag)) event.waitUntil(takeDown(tag));
  if (type === "help") event.waitUntil(refreshHelp());
});
self.addEventListener("fetch", (event) => {
  // Without navigation preload: where one fails, Firefox shows its own error instead of our answer.
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});
self.addEventListener("push", (event) => event.waitUntil(remind(event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(follow(event)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(self.JOURNAL.shell.map((url) => fetchInto(cache, url)));
}

/** The numbers to call may have changed. */
async function refreshHelp() {
  await fetchInto(await caches.open(CACHE), HELP).catch(() => {});
}

/**
 * What stands between us and the network may answer 200 too, and what is kept stays kept: only
 * what carries our guards is ours.
 * @param {Cache} cache @param {string} url
 */
async function fetchInto(cache, url) {
  const answer = await fetch(asStranger(url));
  const isOurs = answer.headers.get("Cross-Origin-Resource-Policy") === "same-origin";
  if (!answer.ok || !isOurs) throw new TypeError(`not ours: ${url}`);
  await cache.put(url, answer);
}

/** Without credentials: what a stranger sees is all that is ever kept. @param {string} url */
function asStranger(url) {
  return new Request(url, { cache: "reload", credentials: "omit", redirect: "error" });
}

async function takeCharge() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The answer, or null to leave the request to the browser. @param {Request} request */
function answerTo(request) {
  const { method, mode, url } = request;
  const { origin, pathname } = new URL(url);
  // Where there are no routes: sent from here it outlives its page.
  if (method === "PUT" && origin === self.location.origin) return fetch(request);
  if (method !== "GET" || origin !== self.location.origin) return null;
  if (mode === "navigate") return page(request, pathname);
  return pathname.startsWith("/static/") ? asset(request) : null;
}

/** @param {Request} request @param {string} pathname */
async function page(request, pathname) {
  const shell = pathname === HELP ? HELP : SHELLS.find(([path]) => path.test(pathname))?.[1];
  if (shell) return soon(request, shell);
  try {
    return await fetch(request);
  } catch {
    return (await kept(OFFLINE)) ?? Response.error();
  }
}

/**
 * What the phone can show by itself waits for no bad connection, and for no server in trouble.
 * @param {Request} request @param {string} shell
 */
async function soon(request, shell) {
  const network = fetch(request);
  const first = await Promise.race([network, pause(PATIENCE)]).catch(() => null);
  if (first && first.status < 500) return first;
  return (await kept(shell)) ?? network;
}

/** @param {Request} request */
async function asset(request) {
  return (await kept(request.url)) ?? fetch(request);
}

/** @param {string} url */
async function kept(url) {
  return (await caches.open(CACHE)).match(url);
}

/** @param {number} ms @returns {Promise<null>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}

/**
 * Every push shows something, whatever is in it: Safari takes a subscription away after three
 * that do not. Only then is it said that it was shown.
 * @param {PushEvent} event
 */
async function remind(event) {
  const { title, options } = notice(event);
  const { tag, data } = options;
  await show(title, { ...options, renotify: await isNews(tag, data.id) });
  const badge = event.data && setBadge(event.data);
  await Promise.allSettled([tell(data.receipt, "shown"), clearOlder(tag), badge]);
}

/** @param {PushEvent} event */
function notice({ data, notification }) {
  // Where the browser has read the message itself, it hands over what it would show.
  const said = json(data)?.notification ?? notification ?? {};
  const navigate = ours(said.navigate) ?? TODAY;
  const { id, receipt } = said.data ?? {};
  const options = {
    ...PICTURES,
    // And there, what is shown in its place needs an address as well.
    ...(notification && { navigate }),
    body: text(said.body) ?? self.JOURNAL.neutral,
    tag: text(said.tag) ?? "day",
    lang: text(said.lang) ?? "",
    actions: said.actions ?? [],
    data: { id, receipt: ours(receipt), navigate },
  };
  return { title: text(said.title) ?? "Journal", options };
}

/** @param {string} title @param {NotificationOptions} options */
async function show(title, options) {
  try {
    await self.registration.showNotification(title, options);
  } catch {
    // Some part of it is nothing that this browser can show.
    const { body, tag, data } = options;
    await self.registration.showNotification(title, { ...PICTURES, body, tag, data });
  }
}

/** Whether it may sound again: the same message twice is one. @param {string} tag @param {unknown} id */
async function isNews(tag, id) {
  const [before] = await self.registration.getNotifications({ tag }).catch(() => []);
  return Boolean(before) && before.data?.id !== id;
}

/** What was never answered on an earlier day does not pile up. @param {string} tag */
async function clearOlder(tag) {
  const kind = tag.replace(DAY, "");
  for (const one of await self.registration.getNotifications()) {
    if (one.tag !== tag && one.tag.replace(DAY, "") === kind) one.close();
  }
}

/** That day is in the journal. @param {string} tag */
async function takeDown(tag) {
  const all = await self.registration.getNotifications();
  for (const one of all) if (one.tag === tag) one.close();
  if (all.every((one) => one.tag === tag)) await self.navigator.clearAppBadge?.();
}

/** @param {PushMessageData} data */
async function setBadge(data) {
  const count = json(data)?.app_badge;
  if (Number.isInteger(count)) await self.navigator.setAppBadge?.(count);
}

/**
 * The message's own address is all the permission it takes; true when it arrived.
 * @param {string | null | undefined} receipt @param {"shown" | "later"} event
 */
async function tell(receipt, event) {
  return Boolean(receipt) && send(/** @type {string} */ (receipt), { event });
}

/** @param {NotificationEvent} event */
async function follow({ notification, action }) {
  notification.close();
  const { receipt, navigate = TODAY } = notification.data ?? {};
  if (action !== "later") await visit(navigate);
  // If nobody learned that it shall come later, it goes back to where it was.
  else if (!(await tell(receipt, "later"))) return putBack(notification);
  await self.navigator.clearAppBadge?.();
}

/** @param {Notification} notification */
async function putBack({ title, body, tag, lang, data, actions }) {
  await show(title, { ...PICTURES, body, tag, lang, data, actions });
}

/** @param {string} url */
async function visit(url) {
  const [window] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  try {
    await (await window.focus()).navigate(url);
  } catch {
    await self.clients.openWindow(url);
  }
}

/**
 * The browser has changed its address for pushes. Where it does not say which one it had, the
 * page subscribes anew when it is next opened.
 * @param {PushSubscriptionChangeEvent} event
 */
async function renew({ oldSubscription, newSubscription }) {
  if (!oldSubscription) return;
  const fresh = newSubscription ?? (await subscribe(oldSubscription.options));
  await send(RENEWALS, { old: oldSubscription.endpoint, new: fresh });
}

/** @param {PushSubscriptionOptions | undefined} options */
async function subscribe(options) {
  const key = options?.applicationServerKey ?? (await (await fetch(KEY)).json()).key;
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  return self.registration.pushManager.subscribe(wanted);
}

/** A session may be over, and none is needed. @param {string} url @param {object} body */
async function send(url, body) {
  const headers = { "Content-Type": "application/json" };
  const sent = /** @type {const} */ ({ method: "POST", headers, credentials: "omit" });
  try {
    const signal = AbortSignal.timeout(LIMIT);
    return (await fetch(url, { ...sent, body: JSON.stringify(body), signal })).ok;
  } catch {
    return false;
  }
}

/** @param {PushMessageData | null} data */
function json(data) {
  try {
    return data?.json();
  } catch {
    return null;
  }
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" && value ? value : null;
}

/** The address if it is one of ours. @param {unknown} address */
function ours(address) {
  try {
    const { origin, href } = new URL(String(text(address)));
    return origin === self.location.origin ? href : null;
  } catch {
    return null;
  }
}
