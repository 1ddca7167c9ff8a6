/** A scope to run our service worker in: a screen, a network and windows, each as it is told. */

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const SCRIPT = readFileSync(new URL("../../service-worker.js", import.meta.url), "utf8");

export const ORIGIN = "https://journal.example.org";

/** A notification on the screen of a phone. */
class Shown {
  #screen;

  constructor(screen, title, options) {
    this.#screen = screen;
    Object.assign(this, { title, actions: [], ...options });
  }

  close() {
    this.#screen.delete(this.tag);
  }
}

export class Scope {
  /** What is on the screen, by tag: two of one tag are never there at once. */
  screen = new Map();
  /** What was asked of the network. */
  sent = [];
  /** What happened, in order. */
  told = [];
  badge = 0;
  opened = [];
  subscribed = [];
  hasTakenOver = false;
  #listeners = {};

  /**
   * @param {object} [as]
   * @param {(url: string) => Promise<Response>} [as.answer] what the network says
   * @param {object[]} [as.windows] those of ours that are open
   * @param {(options: object) => void} [as.refuse] throws where the browser cannot show that
   */
  constructor({ answer = async () => new Response(null, { status: 204 }), windows = [], refuse = () => {} } = {}) {
    const globals = this.#globals(answer, windows, refuse);
    globals.self = globals;
    runInContext(SCRIPT, createContext(globals));
  }

  /** Has an event happen, and waits for all that it set going. */
  async happen(type, event) {
    const work = [];
    this.#listeners[type]({ ...event, waitUntil: (one) => work.push(one) });
    await Promise.all(work);
  }

  push(message) {
    return this.happen("push", { data: dataOf(JSON.stringify(message)) });
  }

  get shown() {
    return [...this.screen.values()];
  }

  #globals(answer, windows, refuse) {
    return {
      ...{ URL, AbortSignal, Request, Response, setTimeout },
      JOURNAL: { version: "1", shell: [], neutral: "Tap to open your journal." },
      location: new URL(ORIGIN),
      skipWaiting: () => (this.hasTakenOver = true),
      addEventListener: (type, heard) => (this.#listeners[type] = heard),
      fetch: (url, options) => this.#fetch(answer, url, options),
      navigator: {
        setAppBadge: async (count) => void (this.badge = count),
        clearAppBadge: async () => void (this.badge = 0),
      },
      clients: { matchAll: async () => windows, openWindow: async (url) => void this.opened.push(url) },
      registration: {
        showNotification: async (title, options) => this.#show(refuse, title, options),
        getNotifications: async ({ tag } = {}) => this.shown.filter((one) => !tag || one.tag === tag),
        pushManager: { subscribe: async (options) => this.#subscribe(options) },
      },
    };
  }

  async #fetch(answer, url, options = {}) {
    this.told.push("sent");
    this.sent.push({ url, ...options, body: options.body && JSON.parse(options.body) });
    return answer(url);
  }

  #show(refuse, title, options) {
    refuse(options);
    this.told.push("shown");
    this.screen.set(options.tag, new Shown(this.screen, title, structuredClone(options)));
  }

  #subscribe(options) {
    this.subscribed.push(options);
    return { endpoint: "https://push.example.org/new" };
  }
}

export function dataOf(text) {
  return { json: () => JSON.parse(text) };
}
