/** What this phone keeps of one account: its letters, its recent days, and what it knows of them. */

import { Database, settled } from "./database.js";
import { Safe } from "./safe.js";

/**
 * @typedef {import("./safe.js").Sealed} Sealed
 *
 * @typedef {"key" | "revision" | "standing" | "profile" | "curtain" | "clinics" | "asks"} Fact
 * @typedef {{ zone: string, began: string, session?: string, member?: string }} Profile where her days are,
 *   since when, and who has signed in; someone of the care team has no days
 * @typedef {"open" | "expired" | "ended"} Standing of the session: expired hides the days until she
 *   signs in; ended by a person wipes them
 */

const HERE = "account";

export class Store {
  database;
  /** @type {Promise<Safe> | null} */
  #safe = null;

  /** @param {Database} database */
  constructor(database) {
    this.database = database;
  }

  /** @returns {Promise<Safe>} */
  async safe() {
    this.#safe ??= this.#unlock().catch((error) => {
      this.#safe = null;
      throw error;
    });
    return this.#safe;
  }

  /** @param {Fact} name @returns {Promise<any>} undefined where it is not known */
  known(name) {
    return this.database.read(["known"], ({ known }) => settled(known.get(name)));
  }

  /** @param {Fact} name @param {unknown} value */
  async know(name, value) {
    await this.database.write(["known"], ({ known }) => settled(known.put(value, name)));
  }

  /**
   * Make another of it, with nothing in between; undefined is not known.
   * @param {Fact} name @param {(value: any) => any} how @returns {Promise<any>} what it is now
   */
  change(name, how) {
    return this.database.write(["known"], async ({ known }) => {
      const value = how(await settled(known.get(name)));
      if (value === undefined) await settled(known.delete(name));
      else await settled(known.put(value, name));
      return value;
    });
  }

  /** @returns {Promise<Standing>} */
  async standing() {
    return (await this.known("standing")) ?? "open";
  }

  /** The days go, and what was asked of the server is asked anew; letters and their key stay. */
  async wipeDays() {
    await this.database.write(["days", "known"], async ({ days, known }) => {
      days.clear();
      known.delete("clinics");
      known.delete("asks");
      await settled(known.delete("revision"));
    });
  }

  async #unlock() {
    const fresh = await Safe.newKey();
    const key = await this.database.write(["known"], async ({ known }) => {
      const kept = await settled(known.get("key"));
      if (!kept) await settled(known.put(fresh, "key"));
      return kept ?? fresh;
    });
    return new Safe(key);
  }
}

/** @param {string} account */
export function storeOf(account) {
  return new Store(new Database(account));
}

/** Whose phone this is, as far as the phone knows; null where nobody's, or where it may not say. */
export function whoIsHere() {
  try {
    return localStorage.getItem(HERE);
  } catch {
    return null;
  }
}

/** @param {string} account */
export function isHere(account) {
  try {
    localStorage.setItem(HERE, account);
  } catch {
    // Then nothing opens without a network here, and everything else works.
    return;
  }
}

export function nobodyIsHere() {
  try {
    localStorage.removeItem(HERE);
  } catch {
    return;
  }
}
