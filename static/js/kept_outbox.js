/** Letters on disk, sealed. What the disk refuses stays in the page, and the page says so. */

import { settled } from "./database.js";
import { MemoryOutbox, aside, inOrder, together } from "./outbox.js";

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./outbox.js").Aside} Aside
 * @typedef {import("./outbox.js").Kept} Kept
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./outbox.js").Refusal} Refusal
 * @typedef {import("./safe.js").Sealed} Sealed
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./database.js").Stores} Stores
 * @typedef {{ edit_id: string, tries: number, faults: number, letter: Sealed, refusal: Sealed | null }} Row
 */

/** @implements {Outbox} */
export class KeptOutbox {
  #store;
  #uuid;
  #memory = new MemoryOutbox();
  /** What this page has put on disk, as it is there: if it is not there any more, it has arrived. @type {Map<string, Letter>} */
  #put = new Map();
  /** What this page has begun to send. @type {Set<string>} */
  #taken = new Set();
  /** @type {Map<string, Letter>} */
  #mine = new Map();
  /** What is settled, whether or not the disk can be told so. @type {Set<string>} */
  #done = new Set();
  /** A newer state of a letter must not be overtaken by an older one. @type {Promise<unknown>} */
  #turn = Promise.resolve();

  /** @param {Store} store @param {() => string} [uuid] */
  constructor(store, uuid = () => crypto.randomUUID()) {
    this.#store = store;
    this.#uuid = uuid;
  }

  /** Whether everything that waits would outlive this page. */
  async isSafe() {
    return !(await this.#memory.waiting()).length && !(await this.#memory.aside()).length;
  }

  /** @param {Letter} letter @returns {Promise<boolean>} */
  keep(letter) {
    if (this.#taken.has(letter.edit.edit_id)) return Promise.resolve(false);
    this.#mine.set(letter.edit.edit_id, letter);
    const kept = this.#turn.then(() => this.#place(letter));
    this.#turn = kept;
    return kept;
  }

  /**
   * What is not on disk yet may be there in older words, for another page to send: it goes as a
   * letter of its own. Both say the same in the end.
   */
  parting() {
    return [...this.#mine.values()].map((letter) => {
      const { edit_id } = letter.edit;
      const isSettled = this.#put.get(edit_id) === letter || this.#memory.parting().includes(letter);
      return isSettled ? letter : { ...letter, edit: { ...letter.edit, edit_id: this.#uuid() } };
    });
  }

  async waiting() {
    const kept = inOrder(await this.#all()).map(({ letter }) => letter);
    return [...kept, ...(await this.#memory.waiting())];
  }

  async take() {
    await this.#turn;
    const next = together(inOrder(await this.#all()));
    if (!next.length || next[0].faults) {
      const here = await this.#memory.take();
      if (here.length || !next.length) return here;
    }
    try {
      const rows = await this.#mark(await this.#closed(next));
      return (await this.#opened(rows)).map(({ letter }) => letter);
    } catch {
      // A full disk takes no mark, and must not keep what lies on it from going.
      return next.map(({ letter }) => letter);
    }
  }

  async aside() {
    return [...aside(await this.#all()), ...(await this.#memory.aside())];
  }

  /** @param {Letter} letter */
  async blame(letter) {
    await this.#memory.blame(letter);
    await this.#tell(async ({ letters }) => {
      /** @type {Row | undefined} */
      const row = await settled(letters.get(letter.edit.edit_id));
      if (row) letters.put({ ...row, faults: row.faults + 1 });
    });
  }

  /** @param {Letter} wrong @param {Refusal} refusal @param {Letter | null} rest */
  async setAside(wrong, refusal, rest) {
    await this.#memory.setAside(wrong, refusal, rest);
    this.#mine.delete(wrong.edit.edit_id);
    await this.#setAside(wrong, refusal, rest).catch(() => this.#setAsideHere(wrong, refusal, rest));
  }

  /** @param {Letter} letter */
  async drop(letter) {
    const { edit_id } = letter.edit;
    await this.#memory.drop(letter);
    this.#mine.delete(edit_id);
    this.#done.add(edit_id);
    await this.#tell(({ letters }) => settled(letters.delete(edit_id)));
  }

  /** What was thrown away is kept after all. @param {Aside} aside */
  async putBack({ letter, refusal }) {
    this.#done.delete(letter.edit.edit_id);
    const row = { ...(await this.#row(letter)), tries: 1, refusal: await this.#seal("refusal", letter, refusal) };
    await this.#tell(({ letters }) => settled(letters.put(row)));
  }

  /** What the disk is not told, it sends once more some day; that arrives once. @param {(stores: Stores) => Promise<unknown>} work */
  async #tell(work) {
    await this.#store.database.write(["letters"], work).catch(() => {});
  }

  /** What is said until now goes along; from now on it is said in another letter. @param {Kept[]} next */
  async #closed(next) {
    const ids = next.map(({ letter }) => letter.edit.edit_id);
    for (const id of ids) this.#taken.add(id);
    await this.#turn;
    return ids;
  }

  /** @param {Letter} letter @returns {Promise<boolean>} */
  async #place(letter) {
    const { edit_id } = letter.edit;
    const isKept = this.#memory.knows(edit_id)
      ? await this.#memory.keep(letter)
      : // Two of one id must not say two things: what the disk has of it goes as it is.
        await this.#keep(letter).catch(() => !this.#put.has(edit_id) && this.#memory.keep(letter));
    if (!isKept) this.#goBack(edit_id);
    return isKept;
  }

  /** To the letter as it may have been sent. @param {string} id */
  #goBack(id) {
    const before = this.#put.get(id) ?? this.#memory.parting().find(({ edit }) => edit.edit_id === id);
    if (before && !this.#done.has(id)) this.#mine.set(id, before);
    else this.#mine.delete(id);
  }

  /** @param {Letter} letter */
  async #keep(letter) {
    const row = await this.#row(letter);
    const { edit_id } = row;
    const isKept = await this.#store.database.write(["letters"], async ({ letters }) => {
      /** @type {Row | undefined} */
      const before = await settled(letters.get(edit_id));
      if (before ? before.tries : this.#put.has(edit_id)) return false;
      await settled(letters.put(row));
      return true;
    });
    if (isKept) this.#put.set(edit_id, letter);
    return isKept;
  }

  /** @param {Letter} wrong @param {Refusal} refusal @param {Letter | null} rest */
  async #setAside(wrong, refusal, rest) {
    const aside = { ...(await this.#row(wrong)), tries: 1, refusal: await this.#seal("refusal", wrong, refusal) };
    const waits = rest && (await this.#row(rest));
    await this.#store.database.write(["letters"], async ({ letters }) => {
      if (!(await settled(letters.get(aside.edit_id)))) return;
      letters.put(aside);
      if (waits) letters.put(waits);
    });
  }

  /** @param {Letter} wrong @param {Refusal} refusal @param {Letter | null} rest */
  async #setAsideHere(wrong, refusal, rest) {
    this.#done.add(wrong.edit.edit_id);
    await this.#memory.keep(wrong);
    await this.#memory.setAside(wrong, refusal, rest);
  }

  /** @param {Letter} letter @returns {Promise<Row>} */
  async #row(letter) {
    const { edit_id } = letter.edit;
    return { edit_id, tries: 0, faults: 0, letter: await this.#seal("letter", letter, letter), refusal: null };
  }

  /** @param {string} kind @param {Letter} letter @param {unknown} value */
  async #seal(kind, { edit }, value) {
    return (await this.#store.safe()).seal(`${kind}/${edit.edit_id}`, value);
  }

  /** @returns {Promise<Kept[]>} */
  async #all() {
    try {
      const rows = await this.#store.database.read(["letters"], ({ letters }) => settled(letters.getAll()));
      return await this.#opened(rows.filter(({ edit_id }) => !this.#done.has(edit_id)));
    } catch {
      return this.#unread();
    }
  }

  /** What this page put on a disk that cannot be read now. @returns {Kept[]} */
  #unread() {
    const unread = [...this.#mine.values()].filter(({ edit }) => this.#put.has(edit.edit_id));
    return unread.map((letter) => ({ letter, tries: 1, faults: 0, refusal: null }));
  }

  /** @param {Row[]} rows @returns {Promise<Kept[]>} */
  async #opened(rows) {
    if (!rows.length) return [];
    const safe = await this.#store.safe();
    const opened = await Promise.allSettled(
      rows.map(async ({ edit_id, tries, faults, letter, refusal }) => ({
        tries,
        faults,
        letter: await safe.open(`letter/${edit_id}`, letter),
        refusal: refusal && (await safe.open(`refusal/${edit_id}`, refusal)),
      })),
    );
    // One that was damaged on the disk does not hide the others.
    return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }

  /** Those that are still there; another tab may have sent one meanwhile. @param {string[]} ids @returns {Promise<Row[]>} */
  #mark(ids) {
    return this.#store.database.write(["letters"], async ({ letters }) => {
      const rows = [];
      for (const id of ids) {
        /** @type {Row | undefined} */
        const row = await settled(letters.get(id));
        if (row) rows.push({ ...row, tries: row.tries + 1 });
      }
      for (const row of rows) letters.put(row);
      return rows;
    });
  }
}
