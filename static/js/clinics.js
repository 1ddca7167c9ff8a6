/** Her clinics' telephone numbers on the phone, sealed: help shows them without a network. */

/**
 * @typedef {{ name: string, hours: string | null, telephone: string | null, emergency?: string | null }} Clinic
 * @typedef {{ at: number, box: import("./safe.js").Sealed }} Kept
 *
 * @typedef {object} Shelf the store, as far as it is needed here
 * @property {(name: "clinics") => Promise<Kept | undefined>} known
 * @property {(name: "clinics", kept: Kept) => Promise<void>} know
 * @property {() => Promise<import("./store.js").Standing>} standing
 * @property {() => Promise<import("./safe.js").Safe>} safe
 */

const NAME = "clinics";
const CLINICS = "/help-now/clinics";
const DAY = 24 * 3_600_000;
const LIMIT = 20_000;

export class Clinics {
  #shelf;
  #fetch;
  #now;

  /** @param {Shelf} shelf @param {{ fetch: typeof fetch, now: () => number }} tools */
  constructor(shelf, { fetch, now }) {
    this.#shelf = shelf;
    this.#fetch = fetch;
    this.#now = now;
  }

  /** No older than a day. */
  async refresh() {
    const kept = await this.#shelf.known(NAME);
    if (kept && Math.abs(this.#now() - kept.at) < DAY) return;
    const clinics = await this.#ask();
    if (!clinics) return;
    const box = await (await this.#shelf.safe()).seal(NAME, clinics);
    await this.#shelf.know(NAME, { at: this.#now(), box });
  }

  /** None where her days are hidden. @returns {Promise<Clinic[]>} */
  async all() {
    const [standing, kept] = [await this.#shelf.standing(), await this.#shelf.known(NAME)];
    if (standing !== "open" || !kept) return [];
    return (await this.#shelf.safe()).open(NAME, kept.box);
  }

  /** @returns {Promise<Clinic[] | null>} */
  async #ask() {
    const headers = { Accept: "application/json" };
    const signal = AbortSignal.timeout(LIMIT);
    const answer = await this.#fetch(CLINICS, { headers, redirect: "manual", cache: "no-store", signal });
    const { clinics } = answer.ok ? await answer.json() : {};
    return Array.isArray(clinics) ? clinics : null;
  }
}

/** @param {Shelf} shelf */
export function clinicsOf(shelf) {
  return new Clinics(shelf, { fetch: (...call) => fetch(...call), now: () => Date.now() });
}
