/** What the server knows of this browser's subscription to push. */

const CSRF = "/csrf";
const KEY = "/push/key";
const DEVICES = "/push/devices";
const LIMIT = 20_000;
const REMOVED = 412;

export class Register {
  #account;
  #fetch;

  /** @param {string} account whose devices they are @param {{ fetch: typeof fetch }} tools */
  constructor(account, { fetch }) {
    this.#account = account;
    this.#fetch = fetch;
  }

  /** The key that our messages are signed with. @returns {Promise<string>} */
  async key() {
    return (await this.#read(KEY)).key;
  }

  /**
   * Say that this browser is to be reminded; false where it had been, and was removed since.
   * @param {PushSubscription} subscription @param {{ isKnown: boolean }} said
   */
  async keep(subscription, { isKnown }) {
    const answer = await this.#send("PUT", subscription, isKnown ? { "If-Match": "*" } : {});
    if (answer.status === REMOVED) return false;
    await judge(answer);
    return true;
  }

  /** @param {string} endpoint */
  async drop(endpoint) {
    await this.#send("DELETE", { endpoint });
  }

  /** @param {string} method @param {object} body @param {Record<string, string>} [more] headers */
  async #send(method, body, more = {}) {
    const token = { "X-CSRFToken": await this.#token() };
    const headers = { "Content-Type": "application/json", ...token, ...more };
    return this.#ask(DEVICES, { method, headers, body: JSON.stringify(body) });
  }

  async #token() {
    const { token, account } = await this.#read(CSRF);
    if (account !== this.#account) throw new Error("someone else is signed in here now");
    return token;
  }

  /** @param {string} url */
  async #read(url) {
    return judge(await this.#ask(url, { headers: { Accept: "application/json" } }));
  }

  /** @param {string} url @param {RequestInit} options */
  async #ask(url, options) {
    const signal = AbortSignal.timeout(LIMIT);
    const always = /** @type {const} */ ({ redirect: "manual", cache: "no-store" });
    return this.#fetch(url, { ...options, ...always, signal });
  }
}

/** What our answer says; a portal in between answers 200 too. @param {Response} answer */
async function judge(answer) {
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return answer.json();
}
