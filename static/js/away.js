/** Whether somebody was here just now, in any tab, and whether this phone has a curtain. js/veil.js reads the same before a page is painted. */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Keep */

const HUNG = "curtain";
const SEEN = "seen";
const LIMIT = 300_000;

export class Away {
  #keep;
  #now;

  /** @param {{ keep: Keep, now: () => number }} tools */
  constructor({ keep, now }) {
    this.#keep = keep;
    this.#now = now;
  }

  /** Whether this account has a curtain here. @param {string} account */
  isHung(account) {
    return this.#hung[0] === account;
  }

  /** Whether she has signed in since. @param {string | undefined} session of this page, if it has one */
  isFresh(session) {
    return Boolean(session) && session !== this.#hung[1];
  }

  /** A clock that was set back counts as a long time. */
  get isAway() {
    return Math.abs(this.#now() - Number(this.#keep.getItem(SEEN))) >= LIMIT;
  }

  /** @param {string} account @param {string} session */
  hang(account, session) {
    this.#keep.setItem(HUNG, `${account} ${session}`);
    this.seen();
  }

  seen() {
    this.#keep.setItem(SEEN, String(this.#now()));
  }

  /** Away, until somebody proves to be her. */
  lock() {
    this.#keep.removeItem(SEEN);
  }

  takeDown() {
    this.#keep.removeItem(HUNG);
    this.#keep.removeItem(SEEN);
  }

  get #hung() {
    return (this.#keep.getItem(HUNG) ?? "").split(" ");
  }
}
