/** Going through the outbox, oldest first; one letter that is refused never holds up the others. */

import { split } from "./letter.js";
import { MOST } from "./outbox.js";

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./send.js").Outcome} Outcome
 * @typedef {import("./send.js").Kept} Kept
 *
 * @typedef {object} Told
 * @property {(day: Kept["day"]) => Promise<void>} kept
 * @property {(wrong: Letter) => Promise<void>} refused
 * @property {() => Promise<void>} stopped
 *
 * @typedef {object} Sending
 * @property {(letters: Letter[]) => Promise<Outcome[]>} send
 * @property {(letters: Letter[]) => Promise<Outcome[]>} rush
 */

const LONGEST_PAUSE = 60;
const LONGEST_WAIT = 900;

export class Round {
  #outbox;
  #sender;
  #now;
  #told;
  #uuid;
  #alone;
  /** @type {Promise<void> | null} */
  #going = null;
  /** @type {Promise<void> | null} */
  #rushing = null;
  #again = false;
  #isOver = false;
  #failed = 0;
  #notBefore = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Outcome | null} */
  #stopped = null;

  /**
   * @param {object} tools
   * @param {Outbox} tools.outbox
   * @param {Sending} tools.sender
   * @param {() => number} tools.now
   * @param {() => string} tools.uuid
   * @param {Told} tools.told
   * @param {(work: () => Promise<void>) => Promise<void>} [tools.alone] has one tab at a time do it
   */
  constructor({ outbox, sender, now, uuid, told, alone = (work) => work() }) {
    this.#outbox = outbox;
    this.#sender = sender;
    this.#now = now;
    this.#uuid = uuid;
    this.#told = told;
    this.#alone = alone;
  }

  /** Why the last round ended with letters left, or null. */
  get stopped() {
    return this.#stopped;
  }

  /** What there is was thrown away: nothing of it goes out any more, not as the page goes either. */
  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** Send what there is, unless we were told to wait; settles when nothing more can be sent now. */
  async go() {
    if (this.#now() >= this.#notBefore) await this.#start();
  }

  /** What can go in one request, as it is at hand; what is sent twice arrives once. */
  async rush() {
    if (this.#isOver || this.#now() < this.#notBefore) return;
    this.#rushing ??= this.#sendNow().finally(() => (this.#rushing = null));
    await this.#rushing;
  }

  async #sendNow() {
    // At once: asking the disk first would take longer than the page may live.
    const letters = this.#outbox.parting().slice(0, MOST);
    if (letters.length) await this.#settleAll(letters, await this.#sender.rush(letters));
  }

  #start() {
    this.#again = true;
    this.#going ??= this.#alone(() => this.#run()).finally(() => (this.#going = null));
    return this.#going;
  }

  async #run() {
    while (this.#again && !this.#isOver) {
      this.#again = false;
      await this.#empty();
    }
  }

  async #empty() {
    clearTimeout(this.#timer);
    for (let letters = await this.#outbox.take(); letters.length; letters = await this.#outbox.take()) {
      if (!(await this.#settleAll(letters, await this.#sender.send(letters)))) return;
    }
    this.#stopped = null;
  }

  /** Whether the round goes on. @param {Letter[]} letters @param {Outcome[]} outcomes */
  async #settleAll(letters, outcomes) {
    let goesOn = true;
    for (const [index, letter] of letters.entries()) {
      goesOn = (await this.#settle(letter, outcomes[index])) && goesOn;
    }
    return goesOn || this.#stop(outcomes);
  }

  /** Whether it is settled. @param {Letter} letter @param {Outcome} outcome */
  async #settle(letter, outcome) {
    if (outcome.kind === "kept") {
      await this.#outbox.drop(letter);
      await this.#told.kept(outcome.day);
    } else if (outcome.kind === "refused") {
      const { wrong, rest } = split(letter, outcome.field, this.#uuid);
      await this.#outbox.setAside(wrong, { said: outcome.said, field: outcome.field }, rest);
      await this.#told.refused(wrong);
    } else {
      if (outcome.kind === "wait" && outcome.isFault) await this.#outbox.blame(letter);
      return false;
    }
    this.#failed = this.#notBefore = 0;
    this.#stopped = null;
    return true;
  }

  /** @param {Outcome[]} outcomes */
  async #stop(outcomes) {
    const stops = outcomes.filter(({ kind }) => kind !== "kept" && kind !== "refused");
    this.#stopped = stops.find(({ kind }) => kind !== "wait") ?? stops[0];
    if (this.#stopped.kind === "wait") this.#pause(this.#stopped.seconds);
    await this.#told.stopped();
    return false;
  }

  /** @param {number | null} asked in seconds */
  #pause(asked) {
    this.#failed += 1;
    const pause = Math.min(asked ?? 2 ** this.#failed, asked === null ? LONGEST_PAUSE : LONGEST_WAIT);
    if (asked !== null) this.#notBefore = this.#now() + pause * 1000;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), pause * 1000);
  }
}
