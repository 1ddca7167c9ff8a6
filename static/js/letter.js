/** Letters: the changes of one day gather in a draft; once closed, a letter never changes. */

/**
 * @typedef {{ name: string, dose: number | null, unit: string | null, count: number | null }} Medicine
 * @typedef {number | string | true | Medicine[] | null} Value null clears
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
 * @typedef {Readonly<{ url: string, edit: Readonly<Edit> }>} Letter
 */

const PAUSE = 3000;

export class Draft {
  #about;
  #clock;
  #uuid;
  #ripe;
  /** @type {Record<string, Value>} */
  #items = {};
  #editedAt = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{ url: string, zone: string, account: string }} about
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

  get isEmpty() {
    return Object.keys(this.#items).length === 0;
  }

  /** @param {string} item */
  has(item) {
    return item in this.#items;
  }

  /** @param {string} item @param {Value} value */
  say(item, value) {
    this.#items[item] = value;
    // The moment of the tap, not of closing: three seconds may lie in another day.
    this.#editedAt = this.#clock.next();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ripe, PAUSE);
  }

  /** The letter of what was said since the last one, if anything was. @returns {Letter | null} */
  close() {
    clearTimeout(this.#timer);
    if (this.isEmpty) return null;
    const letter = this.#seal();
    this.#items = {};
    return letter;
  }

  /** @returns {Letter} */
  #seal() {
    const { url, zone, account } = this.#about;
    const items = Object.freeze(this.#items);
    const edit = { edit_id: this.#uuid(), edited_at: this.#editedAt, zone, items, account };
    return Object.freeze({ url, edit: Object.freeze({ ...edit, reason: null }) });
  }
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
