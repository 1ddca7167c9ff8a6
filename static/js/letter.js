/** Letters: the changes of one day gather in a draft; once closed or tried, a letter never changes. */

/**
 * @typedef {{ name: string, dose: number | null, unit: string | null, count: number | null }} Medicine
 * @typedef {number | string | true | Medicine[] | string[] | Readonly<Record<string, number>> | null} Value null clears
 * @typedef {Readonly<Record<string, Value>>} Items
 *
 * @typedef {object} Edit
 * @property {string} edit_id
 * @property {string} edited_at
 * @property {string} zone
 * @property {Items} items
 * @property {string | null} reason
 * @property {string} account
 *
 * @typedef {Readonly<{ url: string, day: string, edit: Readonly<Edit>, isWhole?: true, about?: About }>} Letter
 *   one that is whole goes by itself to its own address, and is taken as a whole or not at all
 * @typedef {Readonly<{ time: string, number: string }>} About what tells it from another of its day: when
 *   it began by the clinic's clock, and the clinic's own number of its patient, where there is one
 */

const PAUSE = 3000;

export class Draft {
  #about;
  #clock;
  #uuid;
  #ripe;
  #id = "";
  /** @type {Record<string, Value>} */
  #items = {};
  #editedAt = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{ url: string, day: string, zone: string, account: string }} about
   * @param {object} tools
   * @param {{ next(): string }} tools.clock
   * @param {() => string} tools.uuid
   * @param {() => void} tools.ripe when the pause after the last change is over
   */
  constructor(about, { clock, uuid, ripe }) {
    this.#about = about;
    this.#clock = clock;
    this.#uuid = uuid;
    this.#ripe = ripe;
  }

  get isOpen() {
    return this.#id !== "";
  }

  /** @param {string} item */
  has(item) {
    return item in this.#items;
  }

  /** The letter so far, to be kept at once. @param {string} item @param {Value} value @returns {Letter} */
  say(item, value) {
    this.#id ||= this.#uuid();
    this.#items = { ...this.#items, [item]: value };
    // The moment of the tap, not of closing: three seconds may lie in another day.
    this.#editedAt = this.#clock.next();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ripe, PAUSE);
    return this.#letter();
  }

  /** The next change begins another letter. */
  close() {
    clearTimeout(this.#timer);
    this.#id = "";
    this.#items = {};
  }

  /**
   * Another page has sent this letter meanwhile: what it says is said in one of its own.
   * @param {Letter} letter @returns {Letter}
   */
  anew(letter) {
    const isOpen = letter.edit.edit_id === this.#id;
    const edit = Object.freeze({ ...letter.edit, edit_id: this.#uuid() });
    if (isOpen) this.#id = edit.edit_id;
    return Object.freeze({ ...letter, edit });
  }

  /** @returns {Letter} */
  #letter() {
    const { url, day, zone, account } = this.#about;
    const said = { edit_id: this.#id, edited_at: this.#editedAt, zone, items: Object.freeze(this.#items) };
    return Object.freeze({ url, day, edit: Object.freeze({ ...said, reason: null, account }) });
  }
}

/**
 * A letter of which one item is wrong: that item, and the rest, which goes on without it.
 * @param {Letter} letter @param {string | null} field @param {() => string} uuid
 * @returns {{ wrong: Letter, rest: Letter | null }}
 */
export function split(letter, field, uuid) {
  const { items } = letter.edit;
  if (letter.isWhole) return { wrong: letter, rest: null };
  const others = Object.entries(items).filter(([item]) => item !== field);
  if (!others.length || field === null || !(field in items)) return { wrong: letter, rest: null };
  const wrong = { ...letter.edit, items: { [field]: items[field] } };
  // Said when it was said: what another device said since still is newer.
  const rest = { ...letter.edit, edit_id: uuid(), items: Object.fromEntries(others) };
  return { wrong: { ...letter, edit: wrong }, rest: { ...letter, edit: rest } };
}

/**
 * Whether two values say the same, in whatever order their parts come.
 * @param {unknown} one @param {unknown} other
 */
export function same(one, other) {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

/** @param {string} _key @param {any} value */
function sorted(_key, value) {
  const isPlain = value && typeof value === "object" && !Array.isArray(value);
  return isPlain ? Object.fromEntries(Object.entries(value).sort()) : value;
}

/** As a file, in the form in which they would have been sent, should the server never come back. @param {Letter[]} letters */
export function saveAsFile(letters) {
  const edits = letters.map(({ url, day, edit, isWhole }) => ({ ...(isWhole && { url }), day, ...edit }));
  const file = new Blob([JSON.stringify({ edits }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `journal-waiting-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
