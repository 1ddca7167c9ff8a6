/** The curtain of an account on this phone. It is one against a glance, not a safe: what is behind it is not sealed with the PIN. */

import { fits, markOf } from "./pin.js";

/**
 * @typedef {import("./pin.js").Mark} Mark
 * @typedef {Mark & { wrong: number, session: string }} Hung how often a wrong PIN was typed, and in which session she is
 * @typedef {"none" | "hung" | "locked"} How
 * @typedef {{ is: "open" | "wrong" | "locked", wrong: number, left: number }} Tried
 *
 * @typedef {object} Facts the store, as far as it is needed here
 * @property {(name: "curtain") => Promise<any>} known
 * @property {(name: "curtain" | "standing", value: unknown) => Promise<void>} know
 * @property {(name: "curtain", how: (value: any) => any) => Promise<any>} change
 */

const MOST = 10;

export class Curtain {
  #facts;

  /** @param {Facts} facts */
  constructor(facts) {
    this.#facts = facts;
  }

  /** @param {string} pin @param {string} session */
  async hang(pin, session) {
    await this.#facts.know("curtain", { ...(await markOf(pin)), wrong: 0, session });
  }

  /** How it is on a page; a session that is new here means that she has typed her password. @param {string | undefined} session @returns {Promise<How>} */
  async meet(session) {
    /** @type {Hung | undefined} */
    const hung = await this.#facts.known("curtain");
    if (!hung || !session || session === hung.session) return how(hung);
    return how(await this.#change((was) => ({ ...was, session, wrong: 0 })));
  }

  /** Counted before it is looked at, so that many at once are many. @param {string} pin @returns {Promise<Tried>} */
  async try(pin) {
    const hung = await this.#change((was) => ({ ...was, wrong: was.wrong + 1 }));
    if (!hung) return { is: "open", wrong: 0, left: MOST };
    if (hung.wrong <= MOST && (await fits(pin, hung))) return this.#right();
    if (hung.wrong >= MOST) await this.lock();
    return { is: how(hung) === "locked" ? "locked" : "wrong", wrong: hung.wrong, left: Math.max(0, MOST - hung.wrong) };
  }

  /** As if her session had run out: her days are hidden and her letters sealed until she signs in. */
  async lock() {
    await this.#change((was) => ({ ...was, wrong: MOST }));
    await this.#facts.know("standing", "expired");
  }

  async takeDown() {
    await this.#facts.change("curtain", () => undefined);
  }

  /** The session that ends when it is locked. @returns {Promise<string | undefined>} */
  async session() {
    return (await this.#facts.known("curtain"))?.session;
  }

  /** @returns {Promise<Tried>} */
  async #right() {
    await this.#change((was) => ({ ...was, wrong: 0 }));
    return { is: "open", wrong: 0, left: MOST };
  }

  /** Where there is none, none is made. @param {(was: Hung) => Hung} how @returns {Promise<Hung | undefined>} */
  #change(how) {
    return this.#facts.change("curtain", (was) => was && how(was));
  }
}

/** @param {Hung | undefined} hung @returns {How} */
function how(hung) {
  if (!hung) return "none";
  return hung.wrong >= MOST ? "locked" : "hung";
}
