/** The last weeks as this phone knows them, sealed: what a page shows without a network. */

import { settled } from "./database.js";

/**
 * @typedef {import("./letter.js").Items} Items
 * @typedef {import("./safe.js").Sealed} Sealed
 * @typedef {import("./store.js").Store} Store
 * @typedef {{ day: string, items: Items, how: Readonly<Record<string, string>>, revision: number, night?: string }} DayKept
 * @typedef {{ day: string, revision: number, said: Sealed }} Row
 *
 * @typedef {object} Asks what the journal asks for around today, as this phone heard it last
 * @property {Readonly<Record<string, string[]>>} asks the parts due, by day
 * @property {string[]} [long_term] the days that ask first for what can come of a long treatment
 * @property {string[]} checklist what her clinics want seen to before an infusion
 * @property {string | null} goal
 */

const ASKS = "asks";

export class Days {
  #store;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** Up to which of the journal's revisions this phone has heard; null where of none. @returns {Promise<number | null>} */
  async revision() {
    return (await this.#store.known("revision")) ?? null;
  }

  /** What the server says about these days, unless the phone has heard newer. @param {DayKept[]} days */
  async learn(days) {
    const safe = await this.#store.safe();
    const rows = await Promise.all(
      days.map(async ({ day, items, how, revision }) => {
        return { day, revision, said: await safe.seal(`day/${day}`, { items, how }) };
      }),
    );
    await this.#store.database.write(["days"], async ({ days: kept }) => {
      for (const row of rows) {
        /** @type {Row | undefined} */
        const before = await settled(kept.get(row.day));
        if (!before || before.revision <= row.revision) kept.put(row);
      }
    });
  }

  /** All that happened up to this revision is learned. @param {number} revision @param {string} first older days go */
  async learned(revision, first) {
    await this.#store.know("revision", revision);
    await this.#store.database.write(["days"], async ({ days }) => {
      days.delete(IDBKeyRange.upperBound(first, true));
    });
  }

  /** @param {string} first @param {string} last @returns {Promise<DayKept[]>} in their order */
  async between(first, last) {
    const range = IDBKeyRange.bound(first, last);
    /** @type {Row[]} */
    const rows = await this.#store.database.read(["days"], ({ days }) => settled(days.getAll(range)));
    if (!rows.length) return [];
    const safe = await this.#store.safe();
    return Promise.all(
      rows.map(async ({ day, revision, said }) => ({ day, revision, ...(await safe.open(`day/${day}`, said)) })),
    );
  }

  /** Sealed as well: her goal is in it. @param {Asks} heard */
  async ask({ asks, long_term, checklist, goal }) {
    const safe = await this.#store.safe();
    await this.#store.know(ASKS, await safe.seal(ASKS, { asks, long_term, checklist, goal }));
  }

  /** @returns {Promise<Asks | null>} null where this phone has not heard of any */
  async asked() {
    const box = await this.#store.known(ASKS);
    return box ? (await this.#store.safe()).open(ASKS, box) : null;
  }
}
