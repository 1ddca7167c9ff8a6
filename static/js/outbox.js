/** Where letters lie until an answer says that they arrived. */

/**
 * @typedef {import("./letter.js").Letter} Letter
 *
 * @typedef {object} Outbox
 * @property {(letter: Letter) => Promise<void>} add
 * @property {() => Promise<Letter[]>} waiting those to send, oldest first
 * @property {() => Promise<Letter[]>} aside those that need a person
 * @property {(letter: Letter) => Promise<void>} setAside
 * @property {(letter: Letter) => Promise<void>} drop
 */

/** @implements {Outbox} As long as the page is open. */
export class MemoryOutbox {
  /** @type {Map<string, Letter>} */
  #waiting = new Map();
  /** @type {Map<string, Letter>} */
  #aside = new Map();

  /** @param {Letter} letter */
  async add(letter) {
    this.#waiting.set(letter.edit.edit_id, letter);
  }

  async waiting() {
    return [...this.#waiting.values()];
  }

  async aside() {
    return [...this.#aside.values()];
  }

  /** @param {Letter} letter */
  async setAside(letter) {
    if (this.#waiting.delete(letter.edit.edit_id)) this.#aside.set(letter.edit.edit_id, letter);
  }

  /** @param {Letter} letter */
  async drop(letter) {
    this.#waiting.delete(letter.edit.edit_id);
    this.#aside.delete(letter.edit.edit_id);
  }
}
