/** Going through the outbox, oldest first; one letter that is refused never holds up the others. */

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./send.js").Outcome} Outcome
 * @typedef {import("./send.js").Kept} Kept
 * @typedef {import("./send.js").Refused} Refused
 *
 * @typedef {object} Told
 * @property {(day: Kept["day"]) => Promise<void>} kept
 * @property {(letter: Letter, refused: Refused) => Promise<void>} refused
 */

const LONGEST_PAUSE = 60;
const LONGEST_WAIT = 900;

export class Round {
  #outbox;
  #sender;
  #now;
  #told;
  /** @type {Promise<void> | null} */
  #going = null;
  /** @type {Promise<void> | null} */
  #rushing = null;
  #again = false;
  #failed = 0;
  #notBefore = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Outcome | null} */
  #stopped = null;

  /**
   * @param {object} tools
   * @param {Outbox} tools.outbox
   * @param {{ send(letter: Letter): Promise<Outcome>, rush(letter: Letter): Promise<Outcome> }} tools.sender
   * @param {() => number} tools.now
   * @param {Told} tools.told
   */
  constructor({ outbox, sender, now, told }) {
    this.#outbox = outbox;
    this.#sender = sender;
    this.#now = now;
    this.#told = told;
  }

  /** Why the last round ended with letters left, or null. */
  get stopped() {
    return this.#stopped;
  }

  /** Send what there is, unless we were told to wait; settles when nothing more can be sent now. */
  async go() {
    if (this.#now() >= this.#notBefore) await this.#start();
  }

  /** Everything at once, with what is at hand; what is sent twice arrives once. */
  async rush() {
    if (this.#now() < this.#notBefore) return;
    this.#rushing ??= this.#sendAll().finally(() => (this.#rushing = null));
    await this.#rushing;
  }

  async #sendAll() {
    const letters = await this.#outbox.waiting();
    await Promise.all(
      letters.map(async (letter) => this.#settle(letter, await this.#sender.rush(letter))),
    );
  }

  #start() {
    this.#again = true;
    this.#going ??= this.#run().finally(() => (this.#going = null));
    return this.#going;
  }

  async #run() {
    while (this.#again) {
      this.#again = false;
      await this.#empty();
    }
  }

  async #empty() {
    clearTimeout(this.#timer);
    for (let [letter] = await this.#outbox.waiting(); letter; ) {
      if (!(await this.#settle(letter, await this.#sender.send(letter)))) return;
      [letter] = await this.#outbox.waiting();
    }
  }

  /** Whether the round goes on. @param {Letter} letter @param {Outcome} outcome */
  async #settle(letter, outcome) {
    if (outcome.kind !== "kept" && outcome.kind !== "refused") return this.#stop(outcome);
    this.#failed = this.#notBefore = 0;
    this.#stopped = null;
    if (outcome.kind === "kept") {
      await this.#outbox.drop(letter);
      await this.#told.kept(outcome.day);
    } else {
      await this.#outbox.setAside(letter);
      await this.#told.refused(letter, outcome);
    }
    return true;
  }

  /** @param {Exclude<Outcome, Kept | Refused>} outcome */
  #stop(outcome) {
    this.#stopped = outcome;
    if (outcome.kind === "wait") this.#pause(outcome.seconds);
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
