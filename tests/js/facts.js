/** What a phone knows, in memory. */

export class Facts {
  #known = new Map();

  known = async (name) => this.#known.get(name);
  know = async (name, value) => void this.#known.set(name, value);

  change = async (name, how) => {
    const value = how(this.#known.get(name));
    this.#known.set(name, value);
    return value;
  };
}
