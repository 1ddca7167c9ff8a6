/** Where letters lie until an answer says that they arrived. */

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {{ said: string, field: string | null }} Refusal what the server says is wrong
 * @typedef {{ letter: Letter, refusal: Refusal }} Aside
 *
 * @typedef {object} Outbox
 * @property {(letter: Letter) => Promise<boolean>} keep new, or in place of what it was before;
 *   false where that was tried meanwhile: a letter once tried never changes
 * @property {() => Promise<Letter[]>} waiting those to send, oldest first
 * @property {() => Letter[]} parting what this page wrote, as it may go without asking anybody
 * @property {() => Promise<Letter[]>} take the next ones to send together; they count as tried
 * @property {() => Promise<Aside[]>} aside those that need a person
 * @property {(letter: Letter) => Promise<void>} blame it may be what the server stumbles over
 * @property {(wrong: Letter, refusal: Refusal, rest: Letter | null) => Promise<void>} setAside `wrong`
 *   takes the place of the letter of its id, `rest` waits instead
 * @property {(letter: Letter) => Promise<void>} drop
 */

/** As many as the server takes at once. */
export const MOST = 30;

/** @typedef {{ letter: Letter, tries: number, faults: number, refusal: Refusal | null }} Kept */

/** @implements {Outbox} As long as the page is open. */
export class MemoryOutbox {
  /** @type {Map<string, Kept>} */
  #kept = new Map();
  #seen = new Set();

  /** @param {Letter} letter */
  async keep(letter) {
    const { edit_id } = letter.edit;
    const kept = this.#kept.get(edit_id);
    if (kept ? kept.tries || kept.refusal : this.#seen.has(edit_id)) return false;
    this.#seen.add(edit_id);
    this.#kept.set(edit_id, { letter, tries: 0, faults: 0, refusal: null });
    return true;
  }

  /** Whether that letter was ever kept here. @param {string} id */
  knows(id) {
    return this.#seen.has(id);
  }

  parting() {
    return inOrder([...this.#kept.values()]).map(({ letter }) => letter);
  }

  async waiting() {
    return this.parting();
  }

  async take() {
    const next = together(inOrder([...this.#kept.values()]));
    for (const one of next) one.tries += 1;
    return next.map(({ letter }) => letter);
  }

  async aside() {
    return aside([...this.#kept.values()]);
  }

  /** @param {Letter} letter */
  async blame({ edit }) {
    const kept = this.#kept.get(edit.edit_id);
    if (kept) kept.faults += 1;
  }

  /** @param {Letter} wrong @param {Refusal} refusal @param {Letter | null} rest */
  async setAside(wrong, refusal, rest) {
    const { edit_id } = wrong.edit;
    if (!this.#kept.has(edit_id)) return;
    this.#kept.set(edit_id, { letter: wrong, tries: 1, faults: 0, refusal });
    if (rest) await this.keep(rest);
  }

  /** @param {Letter} letter */
  async drop({ edit }) {
    this.#kept.delete(edit.edit_id);
  }
}

/**
 * Oldest first, but whatever the server stumbled over comes after all others.
 * @template {Kept} K
 * @param {K[]} all
 */
export function inOrder(all) {
  const waiting = all.filter(({ refusal }) => !refusal);
  return waiting.sort((one, other) => one.faults - other.faults || (name(one) < name(other) ? -1 : 1));
}

/**
 * Those that go in one request: many that never troubled anybody, or one that did.
 * @template {Kept} K
 * @param {K[]} ordered
 */
export function together(ordered) {
  const [first] = ordered;
  return first?.faults ? [first] : ordered.filter(({ faults }) => !faults).slice(0, MOST);
}

/** Those that need a person. @param {Kept[]} all @returns {Aside[]} */
export function aside(all) {
  return all.flatMap(({ letter, refusal }) => (refusal ? [{ letter, refusal }] : []));
}

/** @param {Kept} kept */
function name({ letter: { edit } }) {
  return edit.edited_at + edit.edit_id;
}
