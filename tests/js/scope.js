/** A scope to run our service worker in: a screen, a network, caches and windows, each as it is told. */

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const SCRIPT = readFileSync(new URL("../../service-worker.js", import.meta.url), "utf8");

export const ORIGIN = "https://journal.example.org";

const SHELL = ["/offline", "/help-now", "/shell/day", "/shell/history", "/shell/waiting", "/static/js/app.js"];

/** A request as a worker makes it: from its own address. */
class Asked extends Request {
  constructor(url, options) {
    super(new URL(url, ORIGIN), options);
  }
}

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

/** One cache: answers by the address they were asked for. */
class Kept {
  #answers = new Map();

  async put(url, answer) {
    this.#answers.set(new URL(url, ORIGIN).pathname, answer);
  }

  async match(url) {
    return this.#answers.get(new URL(url, ORIGIN).pathname)?.clone();
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
  /** What is kept for later, by name. @type {Map<string, Kept>} */
  caches = new Map();
  routes = [];
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

  /** Puts the shell into its cache. */
  async install() {
    await this.happen("install", { addRoutes: (routes) => this.routes.push(routes) });
    this.sent.length = 0;
  }

  /** What a page is answered; undefined where the worker leaves it to the browser. */
  async ask(path, { method = "GET", mode = "navigate", origin = ORIGIN } = {}) {
    let answer;
    const request = Object.defineProperty(new Request(origin + path, { method }), "mode", { value: mode });
    this.#listeners.fetch({ request, preloadResponse: undefined, respondWith: (one) => (answer = one) });
    return answer;
  }

  push(message) {
    return this.happen("push", { data: dataOf(JSON.stringify(message)) });
  }

  get shown() {
    return [...this.screen.values()];
  }

  #globals(answer, windows, refuse) {
    return {
      ...{ URL, AbortSignal, Request: Asked, Response, setTimeout },
      JOURNAL: { version: "1", shell: SHELL, neutral: "Tap to open your journal." },
      location: new URL(ORIGIN),
      caches: {
        open: async (name) => this.#cache(name),
        keys: async () => [...this.caches.keys()],
        delete: async (name) => this.caches.delete(name),
      },
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

  #cache(name) {
    if (!this.caches.has(name)) this.caches.set(name, new Kept());
    return this.caches.get(name);
  }

  async #fetch(answer, url, options = {}) {
    this.told.push("sent");
    const { credentials = options.credentials } = url;
    this.sent.push({ url: url.url ?? url, ...options, credentials, body: options.body && JSON.parse(options.body) });
    return answer(url.url ?? url);
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
