/** What the journal asks for around today, kept on the phone, sealed: her goal is in it. */

/**
 * @typedef {import("./sections.js").Asks} Asks
 *
 * @typedef {object} Shelf the store, as far as it is needed here
 * @property {(name: "asks") => Promise<import("./safe.js").Sealed | undefined>} known
 * @property {(name: "asks", box: import("./safe.js").Sealed) => Promise<void>} know
 * @property {() => Promise<import("./safe.js").Safe>} safe
 */

const NAME = "asks";

export class Asked {
  #shelf;

  /** @param {Shelf} shelf */
  constructor(shelf) {
    this.#shelf = shelf;
  }

  /** @param {Asks} heard */
  async learn({ asks, checklist, goal }) {
    const safe = await this.#shelf.safe();
    await this.#shelf.know(NAME, await safe.seal(NAME, { asks, checklist, goal }));
  }

  /** @returns {Promise<Asks | null>} null where this phone has not heard of any */
  async all() {
    const box = await this.#shelf.known(NAME);
    return box ? (await this.#shelf.safe()).open(NAME, box) : null;
  }
}
