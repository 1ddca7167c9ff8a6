/** What every page does: keeps the shell ready, closes menus, sends what waits, leaves nothing behind. */

import { whoIsHere } from "./store.js";

const PUSH = "push";
const ZONE = "zone";
const HELP = "help";
const CURTAIN = "curtain";
const OFTEN = 6 * 3_600_000;

export class Shell {
  #worker;
  #template;

  /**
   * @param {ServiceWorkerContainer} worker
   * @param {HTMLTemplateElement | null} template what offers a newer version, with one button
   */
  constructor(worker, template) {
    this.#worker = worker;
    this.#template = template;
  }

  async start() {
    const registered = await this.#worker.register("/service-worker.js", { updateViaCache: "none" });
    if (registered.waiting) this.#offer(registered.waiting);
    registered.addEventListener("updatefound", () => this.#follow(registered.installing));
  }

  /** @param {ServiceWorker | null} newer */
  #follow(newer) {
    newer?.addEventListener("statechange", () => {
      // Without an older one it is at work at once, and there is nothing to offer.
      if (newer.state === "installed" && this.#worker.controller) this.#offer(newer);
    });
  }

  /** @param {ServiceWorker} newer */
  #offer(newer) {
    if (!this.#template) return;
    const offer = document.importNode(this.#template.content, true);
    offer.querySelector("button")?.addEventListener("click", () => this.#take(newer));
    document.querySelector("main")?.prepend(offer);
  }

  /** @param {ServiceWorker} newer */
  #take(newer) {
    this.#worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    newer.postMessage({ type: "take-over" });
  }
}

export class Menus {
  /** @param {Document} page */
  constructor(page) {
    page.addEventListener("click", (event) => this.#close(event.target));
    page.addEventListener("keydown", ({ key }) => key === "Escape" && this.#leave());
  }

  #leave() {
    for (const menu of this.#close(null)) menu.querySelector("summary")?.focus();
  }

  /** Those that were open, but for the one around `inside`. @param {EventTarget | null} inside */
  #close(inside) {
    const open = [...openMenus()].filter((menu) => !menu.contains(/** @type {Node | null} */ (inside)));
    for (const menu of open) menu.open = false;
    return open;
  }
}

/** @returns {NodeListOf<HTMLDetailsElement>} */
function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

/** Where notifications were turned on, the server hears of it now and then. @param {string} account */
async function stayReachable(account) {
  const isFresh = Date.now() - Number(sessionStorage.getItem(PUSH)) < OFTEN;
  if (isFresh || !localStorage.getItem(PUSH)) return;
  await (await import("./push.js")).pushHere(account).again();
  sessionStorage.setItem(PUSH, String(Date.now()));
}

/** @param {string} home the zone that the journal goes by */
async function noticeTravel(home) {
  const template = document.getElementById("travel");
  if (home === Intl.DateTimeFormat().resolvedOptions().timeZone) return localStorage.removeItem(ZONE);
  if (template instanceof HTMLTemplateElement) (await import("./travel.js")).ask(template, home);
}

/** The numbers to call, as a stranger sees them, are kept no older than this. */
async function keepHelpFresh() {
  if (Date.now() - Number(localStorage.getItem(HELP)) < OFTEN) return;
  (await navigator.serviceWorker?.getRegistration())?.active?.postMessage({ type: "help" });
  localStorage.setItem(HELP, String(Date.now()));
}

/** Where she has hung one, it is drawn after a while away. */
async function minded() {
  if (localStorage.getItem(CURTAIN)) (await import("./cover.js")).guard(document.body.dataset);
}

/** @param {import("./post.js").Post} mine */
async function keepClinics({ store }) {
  await (await import("./clinics.js")).clinicsOf(store).refresh();
}

/** @param {string} account */
async function openJournal(account) {
  const [{ post }, { Leaving }] = await Promise.all([import("./post.js"), import("./leaving.js")]);
  const mine = await post();
  new Leaving(mine).start();
  await mine?.start();
  if (member !== undefined) return;
  if (mine) await keepClinics(mine).catch(() => {});
  await stayReachable(account);
  await keepHelpFresh();
}

new Menus(document);
// A page from the back-forward cache may show what was signed out of since.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

// What few phones need is fetched by those; no page waits for it, or for a phone that refuses.
const { account, zone, shell, signedOut, member } = document.body.dataset;
if (signedOut === undefined) minded().catch(() => {});
if (signedOut !== undefined) import("./forgetting.js").then(({ forget }) => forget());
else if (account) openJournal(account).catch(() => {});
else if (!shell && whoIsHere()) import("./visitor.js").then(({ meet }) => meet());
if (account || shell) import("./room.js").then(({ mindRoom }) => mindRoom()).catch(() => {});
if (zone) noticeTravel(zone).catch(() => {});

const template = document.getElementById("update");
if (navigator.serviceWorker) {
  const offer = template instanceof HTMLTemplateElement ? template : null;
  // Refused in some private windows; every page works without.
  new Shell(navigator.serviceWorker, offer).start().catch(() => {});
}
