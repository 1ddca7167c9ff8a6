/** Sending one letter, and judging the answer: only one that is ours, and names it, counts. */

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./letter.js").Items} Items
 * @typedef {{ edit_id: string, day: string, items: Items, revision: number }} DaySaid
 *
 * @typedef {{ kind: "kept", day: DaySaid }} Kept
 * @typedef {{ kind: "wait", seconds: number | null }} Wait null: as long as we see fit
 * @typedef {{ kind: "sign-in", said: string }} SignIn
 * @typedef {{ kind: "stranger" }} Stranger someone else is signed in here now
 * @typedef {{ kind: "refused", said: string, field: string | null }} Refused
 * @typedef {Kept | Wait | SignIn | Stranger | Refused} Outcome
 *
 * @typedef {{ status: number, body: any, seconds: number | null }} Answer
 */

const LIMIT = 20_000;
const LATER = new Set([408, 425, 429]);
const SIGN_IN = new Set([401, 410]);
/** @type {Wait} */
const WAIT = { kind: "wait", seconds: null };

export class Sender {
  #fetch;
  #now;
  #clock;
  #csrf;
  #token;

  /**
   * @param {{ csrf: string, token: string }} from where tokens come from, and the page's own
   * @param {object} tools
   * @param {typeof fetch} tools.fetch
   * @param {() => number} tools.now
   * @param {{ correct(date: string | null, asked: number): void }} tools.clock
   */
  constructor({ csrf, token }, { fetch, now, clock }) {
    this.#csrf = csrf;
    this.#token = token;
    this.#fetch = fetch;
    this.#now = now;
    this.#clock = clock;
  }

  /** @param {Letter} letter @returns {Promise<Outcome>} */
  async send(letter) {
    return (await this.#renew(letter)) ?? this.rush(letter);
  }

  /**
   * Send with the token at hand: a page that goes away has no time to ask for another.
   * @param {Letter} letter
   * @returns {Promise<Outcome>}
   */
  async rush(letter) {
    const first = await this.#put(letter);
    if (first !== "token") return first;
    const second = (await this.#renew(letter)) ?? (await this.#put(letter));
    return second === "token" ? WAIT : second;
  }

  /** @param {Letter} letter @returns {Promise<Outcome | "token">} */
  async #put({ url, edit }) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#token };
    const options = { method: "PUT", headers, body: JSON.stringify(edit), keepalive: true };
    return judge(await this.#ask(url, options), edit.edit_id);
  }

  /**
   * Fetch a token; an outcome where there is none.
   * @param {Letter} letter @returns {Promise<Outcome | null>}
   */
  async #renew({ edit }) {
    const answer = await this.#ask(this.#csrf, { headers: { Accept: "application/json" } });
    if (answer?.status !== 200 || typeof answer.body?.token !== "string") return judgeNo(answer);
    if (answer.body.account !== edit.account) return { kind: "stranger" };
    this.#token = answer.body.token;
    return null;
  }

  /**
   * What came back, or null for nothing.
   * @param {string} url @param {RequestInit} options @returns {Promise<Answer | null>}
   */
  async #ask(url, options) {
    const asked = this.#now();
    const signal = AbortSignal.timeout(LIMIT);
    try {
      const response = await this.#fetch(url, { ...options, redirect: "manual", cache: "no-store", signal });
      const body = isJson(response) ? await response.json() : null;
      if (body) this.#clock.correct(response.headers.get("Date"), asked);
      return { status: response.status, body, seconds: seconds(response, asked) };
    } catch {
      return null;
    }
  }
}

/** @param {Answer | null} answer @param {string} editId @returns {Outcome | "token"} */
function judge(answer, editId) {
  const { status, body } = answer ?? {};
  const ours = body?.edit_id === editId && typeof body.items === "object" && body.items;
  if (status === 200 && ours) return { kind: "kept", day: body };
  if (status === 400 && body?.code === "csrf") return "token";
  return judgeNo(answer);
}

/** @param {Answer | null} answer that does not give what was asked for @returns {Outcome} */
function judgeNo(answer) {
  if (!answer) return WAIT;
  const { status, body, seconds } = answer;
  const ours = typeof body?.code === "string" && typeof body.message === "string";
  if (!ours || status < 400 || status >= 500 || LATER.has(status)) return { kind: "wait", seconds };
  if (SIGN_IN.has(status)) return { kind: "sign-in", said: body.message };
  return { kind: "refused", said: body.message, field: body.field ?? null };
}

/** @param {Response} response */
function isJson(response) {
  return /^application\/json\b/i.test(response.headers.get("Content-Type") ?? "");
}

/** Retry-After, in seconds or as a date. @param {Response} response @param {number} now */
function seconds(response, now) {
  const text = response.headers.get("Retry-After");
  if (!text) return null;
  const wait = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
