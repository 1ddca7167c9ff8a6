/** A disk of the tests, in place of the browser's: rows in a map, and writes that can be held up. */

/** What lies in place of something sealed where the disk went wrong. */
export const DAMAGED = "damaged";

export class Disk {
  rows = new Map();
  #held = Promise.resolve();

  /** What is written from now on stays on its way until the answer is called. */
  hold() {
    let letGo = () => {};
    this.#held = new Promise((resolve) => (letGo = () => resolve()));
    return letGo;
  }

  /** A store as a page has it; what is sealed lies open here. */
  get store() {
    const safe = { seal: async (_name, value) => value, open: async (_name, value) => opened(value) };
    const letters = {
      get: (id) => done(this.rows.get(id)),
      getAll: () => done([...this.rows.values()]),
      put: (row) => done(this.rows.set(row.edit_id, row) && undefined),
      delete: (id) => done(this.rows.delete(id) && undefined),
    };
    const read = async (_names, work) => work({ letters });
    const write = async (_names, work) => {
      await this.#held;
      return work({ letters });
    };
    return { safe: async () => safe, database: { read, write } };
  }
}

function opened(value) {
  if (value === DAMAGED) throw new Error("not what was sealed");
  return value;
}

/** A request that has its answer the next moment. */
function done(result) {
  const request = { result, onsuccess: null };
  queueMicrotask(() => request.onsuccess?.());
  return request;
}
