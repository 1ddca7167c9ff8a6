/** What a browser keeps for a site. */

export class Keep {
  #kept = new Map();

  getItem = (name) => this.#kept.get(name) ?? null;
  setItem = (name, value) => void this.#kept.set(name, value);
  removeItem = (name) => void this.#kept.delete(name);
}
