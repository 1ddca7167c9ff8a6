/** IndexedDB in promises: one database an account, opened when it is first needed. */

/** @typedef {Record<string, IDBObjectStore>} Stores */

const PREFIX = "journal-";
const PATIENCE = 3000;

/**
 * How each version is made from the one before it. What lies in a phone's outbox may be months
 * old: a step may add and convert, and never drops a letter.
 * @type {((database: IDBDatabase, change: IDBTransaction) => void)[]}
 */
export const STEPS = [
  (database) => {
    database.createObjectStore("letters", { keyPath: "edit_id" });
    database.createObjectStore("days", { keyPath: "day" });
    database.createObjectStore("known");
  },
];

export class Database {
  /** Called where it answers when nobody waited for it any more. @type {() => void} */
  arrived = () => {};
  #name;
  #steps;
  /** @type {Promise<IDBDatabase> | null} */
  #opening = null;

  /** @param {string} account @param {typeof STEPS} [steps] */
  constructor(account, steps = STEPS) {
    this.#name = PREFIX + account;
    this.#steps = steps;
  }

  /** @template T @param {string[]} names @param {(stores: Stores) => Promise<T>} work */
  read(names, work) {
    return this.#run(names, "readonly", work);
  }

  /**
   * Settles when it is on disk. All or nothing.
   * @template T @param {string[]} names @param {(stores: Stores) => Promise<T>} work
   */
  write(names, work) {
    return this.#run(names, "readwrite", work);
  }

  /** Away with all of it; a page of ours that still has it open lets go. */
  async remove() {
    (await this.#opening?.catch(() => null))?.close();
    this.#opening = null;
    await settled(indexedDB.deleteDatabase(this.#name));
  }

  /** @template T @param {string[]} names @param {IDBTransactionMode} mode @param {(stores: Stores) => Promise<T>} work */
  async #run(names, mode, work) {
    this.#opening ??= this.#open();
    const transaction = (await this.#opening).transaction(names, mode, { durability: "strict" });
    const done = finished(transaction);
    try {
      const stores = names.map((one) => [one, transaction.objectStore(one)]);
      const value = await work(Object.fromEntries(stores));
      await done;
      return value;
    } catch (error) {
      undo(transaction);
      await done.catch(() => {});
      throw error;
    }
  }

  /**
   * Another tab may hold it in an older version, and some private windows never answer: it is
   * waited for once, and what asks after that hears at once that there is none yet.
   * @returns {Promise<IDBDatabase>}
   */
  #open() {
    const opening = this.#ask();
    const inTime = Promise.race([opening, tooLong()]);
    opening.then(
      () => this.#opening === inTime && this.#arrive(opening, inTime),
      () => (this.#opening = null),
    );
    return inTime;
  }

  /** @param {Promise<IDBDatabase>} opening @param {Promise<IDBDatabase>} inTime */
  #arrive(opening, inTime) {
    this.#opening = opening;
    inTime.catch(() => this.arrived());
  }

  async #ask() {
    const opening = indexedDB.open(this.#name, this.#steps.length);
    opening.onupgradeneeded = ({ oldVersion }) => {
      const change = /** @type {IDBTransaction} */ (opening.transaction);
      for (const step of this.#steps.slice(oldVersion)) step(opening.result, change);
    };
    const database = await settled(opening);
    // A newer page wants to change it, or it is to go: this page must not stand in the way.
    database.onversionchange = () => this.#letGo(database);
    database.onclose = () => this.#letGo(database);
    return database;
  }

  /** @param {IDBDatabase} database */
  #letGo(database) {
    database.close();
    this.#opening = null;
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("undone"));
  });
}

/** @param {IDBTransaction} transaction */
function undo(transaction) {
  try {
    transaction.abort();
  } catch {
    // It had undone itself.
    return;
  }
}

/** @returns {Promise<never>} */
function tooLong() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no database yet")), PATIENCE));
}
