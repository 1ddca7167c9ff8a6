/** Notifications in this browser: whether they can be, turned on, kept alive, turned off. */

import { Register } from "./register.js";

const KEPT = "push";
const PATIENCE = 10_000;
const APPLE = /iPhone|iPad|iPod/;

/**
 * @typedef {"unsupported" | "iphone" | "denied" | "off" | "on"} State
 *
 * @typedef {object} Phone
 * @property {boolean} isTabOnIphone where only an app on the Home Screen may notify
 * @property {Pick<typeof Notification, "permission" | "requestPermission"> | null} notification
 * @property {() => Promise<Pick<ServiceWorkerRegistration, "pushManager">>} ready
 *
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Keep
 */

export class Push {
  #account;
  #phone;
  #register;
  #keep;

  /**
   * @param {string} account who is signed in
   * @param {{ phone: Phone, register: Pick<Register, "key" | "keep" | "drop">, keep: Keep }} tools
   */
  constructor(account, { phone, register, keep }) {
    this.#account = account;
    this.#phone = phone;
    this.#register = register;
    this.#keep = keep;
  }

  /** @returns {Promise<State>} */
  async state() {
    const { isTabOnIphone, notification } = this.#phone;
    if (isTabOnIphone) return "iphone";
    if (!notification) return "unsupported";
    if (notification.permission === "denied") return "denied";
    return this.#isWanted && (await this.#subscription()) ? "on" : "off";
  }

  /** Only inside a click, after the page has said why: browsers ask a person once. */
  async turnOn() {
    if ((await this.#phone.notification?.requestPermission()) !== "granted") return;
    const subscription = await this.#subscribe();
    await this.#register.keep(subscription, { isKnown: false });
    this.#remember(subscription);
  }

  async turnOff() {
    const subscription = await this.#subscription();
    await this.#end(subscription);
    // Where it cannot be said now, the first message that comes back says it.
    if (subscription) await this.#register.drop(subscription.endpoint).catch(() => {});
  }

  /** At each start: iPhones do not say when they change a subscription, and others forget to. */
  async again() {
    if (!this.#isWanted) return;
    const subscription = await this.#subscribe();
    const isKnown = subscription.endpoint === this.#kept?.endpoint;
    if (await this.#register.keep(subscription, { isKnown })) this.#remember(subscription);
    else await this.#end(subscription);
  }

  async #subscribe() {
    const { pushManager } = await this.#phone.ready();
    const wanted = { userVisibleOnly: true, applicationServerKey: await this.#register.key() };
    try {
      // Gives the one there is, if there is one.
      return await pushManager.subscribe(wanted);
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "InvalidStateError") throw error;
      // It was made for another key: nothing that we send would arrive.
      await (await pushManager.getSubscription())?.unsubscribe();
      return pushManager.subscribe(wanted);
    }
  }

  /** @param {PushSubscription | null} subscription */
  async #end(subscription) {
    this.#keep.removeItem(KEPT);
    await subscription?.unsubscribe();
  }

  async #subscription() {
    return (await this.#phone.ready()).pushManager.getSubscription();
  }

  /** Whether she who is signed in turned them on here, and they may still be shown. */
  get #isWanted() {
    const isAllowed = this.#phone.notification?.permission === "granted";
    return isAllowed && this.#kept?.account === this.#account;
  }

  /** @returns {{ account: string, endpoint: string } | null} */
  get #kept() {
    return JSON.parse(this.#keep.getItem(KEPT) ?? "null");
  }

  /** @param {PushSubscription} subscription */
  #remember({ endpoint }) {
    this.#keep.setItem(KEPT, JSON.stringify({ account: this.#account, endpoint }));
  }
}

/** Notifications in the browser that this page is in. @param {string} account */
export function pushHere(account) {
  const register = new Register(account, { fetch: (...call) => fetch(...call) });
  return new Push(account, { phone: phoneHere(), register, keep: localStorage });
}

/** @returns {Phone} */
function phoneHere() {
  const worker = navigator.serviceWorker;
  const can = worker && "PushManager" in globalThis && "Notification" in globalThis;
  return {
    isTabOnIphone: !can && isApple() && !isInstalled(),
    notification: can ? Notification : null,
    ready: () => Promise.race([worker.ready, tooLong()]),
  };
}

function isApple() {
  // An iPad says that it is a Mac; no Mac has a touch screen.
  const { userAgent, platform, maxTouchPoints } = navigator;
  return APPLE.test(userAgent) || (platform === "MacIntel" && maxTouchPoints > 1);
}

function isInstalled() {
  return matchMedia("(display-mode: standalone)").matches;
}

/** A worker that was refused is never ready. @returns {Promise<never>} */
function tooLong() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no worker")), PATIENCE));
}
