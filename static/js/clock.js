/** When something was said: never before what was said last, and not ahead of the server. */

const KEY = "last";
const DAY_BEGINS = 4;
const LATEST = Date.UTC(9999, 11, 31);

/** @typedef {Pick<Storage, "getItem" | "setItem">} Keep */

export class EditClock {
  #now;
  #keep;
  #last = 0;
  #ahead = 0;

  /** @param {{ now: () => number, keep: Keep | null }} tools `keep` is null where it is refused */
  constructor({ now, keep }) {
    this.#now = now;
    this.#keep = keep;
  }

  /** The moment of the next edit, as RFC 3339 with milliseconds. */
  next() {
    this.#last = Math.max(Math.floor(this.#now() - this.#ahead), this.#latest() + 1);
    this.#remember();
    return new Date(this.#last).toISOString();
  }

  /**
   * Learn from one of our answers how far this clock is ahead. Its Date holds whole seconds and
   * travelled for a while: only what is certainly ahead counts.
   * @param {string | null} date as the answer says it
   * @param {number} asked when the question left, by this clock
   */
  correct(date, asked) {
    const certain = asked - Date.parse(date ?? "") - 1000;
    if (!Number.isNaN(certain)) this.#ahead = Math.max(0, certain);
  }

  /** What was said last on this phone, also in another tab. */
  #latest() {
    const kept = Number(this.#quietly(() => this.#keep?.getItem(KEY)));
    return Math.max(this.#last, Number.isInteger(kept) && kept < LATEST ? kept : 0);
  }

  #remember() {
    this.#quietly(() => this.#keep?.setItem(KEY, String(this.#last)));
  }

  /**
   * Storage may refuse at any call (full, or forbidden); the memory of this page is enough then.
   * @template T
   * @param {() => T} ask
   */
  #quietly(ask) {
    try {
      return ask();
    } catch {
      return null;
    }
  }
}

/**
 * The diary day (04:00-03:59 on the wall) of a moment, as yyyy-mm-dd.
 * @param {number} at
 * @param {string} zone IANA
 */
export function diaryDay(at, zone) {
  const hour = Number(wall(at, zone, { hour: "2-digit", hourCycle: "h23" }));
  // Six hours before that it was the evening before, also when a clock change lies between.
  const within = hour < DAY_BEGINS ? at - 6 * 3_600_000 : at;
  return wall(within, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
}

/** @param {string} day yyyy-mm-dd @param {number} count may be negative */
export function daysBefore(day, count) {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - count);
  return noon.toISOString().slice(0, 10);
}

/** @param {number} at @param {string} zone @param {Intl.DateTimeFormatOptions} parts */
function wall(at, zone, parts) {
  // Swedish writes a date the way ISO 8601 does.
  return new Intl.DateTimeFormat("sv", { timeZone: zone, ...parts }).format(at);
}
