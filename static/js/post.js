/** What every page does about letters: sends what waits, hears what is new, and says how it stands. */

import { EditClock, daysBefore, diaryDay } from "./clock.js";
import { Curtain } from "./curtain.js";
import { Days } from "./days.js";
import { KeptOutbox } from "./kept_outbox.js";
import { Round } from "./round.js";
import { Sender } from "./send.js";
import { isHere, nobodyIsHere, storeOf } from "./store.js";
import { Elsewhere, Truth } from "./truth.js";

/**
 * @typedef {import("./days.js").DayKept} DayKept
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./store.js").Store} Store
 *
 * @typedef {object} Listener a page that shows what the letters are about
 * @property {(day: DayKept) => Promise<void>} [kept]
 * @property {(letter: Letter) => Promise<void>} [refused]
 * @property {() => Promise<void>} [told] how it stands may be another
 * @property {() => Promise<void>} [heard] days are new, or letters came and went in another tab
 */

const SINCE = "/entries";
const REMEMBERED = 35;
const PATIENCE = 30_000;
const LIMIT = 20_000;
const JSON_PLEASE = { Accept: "application/json" };

export class Post {
  account;
  store;
  days;
  outbox;
  clock;
  /** Whether everything that waits would outlive this page. */
  isSafe = true;
  /** Someone of the care team writes letters, and has no days. */
  isMember;
  #isLeft = false;
  #zone;
  #truth;
  #elsewhere;
  #round;
  #channel;
  /** @type {Listener} */
  #page = {};

  /**
   * @param {{ account: string, zone: string, token: string, isMember: boolean }} of whose post it is
   * @param {{ truth: Truth | null, elsewhere: Elsewhere | null, store: Store, now: () => number }} tools
   */
  constructor({ account, zone, token, isMember }, { truth, elsewhere, store, now }) {
    this.account = account;
    this.#zone = zone;
    this.isMember = isMember;
    this.#truth = truth;
    this.#elsewhere = elsewhere;
    this.store = store;
    this.days = new Days(store);
    this.outbox = new KeptOutbox(store);
    this.clock = new EditClock({ now, keep: keep() });
    const sender = new Sender(token, { fetch: (...call) => fetch(...call), now, clock: this.clock });
    const uuid = () => crypto.randomUUID();
    const told = { kept: this.#kept, refused: this.#refused, stopped: this.#stopped };
    this.#round = new Round({ outbox: this.outbox, sender, now, uuid, told, alone: this.#inTurn });
    this.#channel = new BroadcastChannel(`journal-${account}`);
    this.now = now;
  }

  /** @param {Listener} page */
  serve(page) {
    this.#page = page;
  }

  async start() {
    addEventListener("online", this.go);
    addEventListener("offline", this.tell);
    addEventListener("pagehide", this.rush);
    document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? this.rush() : this.go()));
    this.#channel.addEventListener("message", this.#heardElsewhere);
    this.store.database.arrived = this.#arrived;
    await this.go();
    await this.hear().catch(() => {});
  }

  /** She signs out: nothing more goes out from here, and that the session is over is no news. */
  leave() {
    this.#isLeft = true;
    this.#round.end();
    this.#channel.close();
  }

  /** Keep a letter; false where it was sent in the meantime, and must be said anew. @param {Letter} letter */
  async keep(letter) {
    this.#truth?.saving();
    const isKept = await this.outbox.keep(letter);
    this.#channel.postMessage("letters");
    return isKept;
  }

  go = async () => {
    await this.#round.go();
    await this.tell();
  };

  /** A page that goes away sends what it can. */
  rush = async () => {
    await this.#round.rush();
    await this.tell();
  };

  /** How it stands, as the truth line says it. */
  tell = async () => {
    const [waiting, aside] = [await this.outbox.waiting(), await this.outbox.aside()];
    const stopped = this.#round.stopped;
    const isStuck = stopped !== null || !navigator.onLine;
    this.isSafe = await this.outbox.isSafe();
    const isHere = this.#elsewhere?.isHere ?? (() => true);
    const mine = { waiting: waiting.filter(isHere).length, aside: aside.filter(({ letter }) => isHere(letter)) };
    this.#truth?.tell({ ...mine, isSafe: this.isSafe, stopped, isStuck });
    this.#elsewhere?.tell([...waiting, ...aside.map(({ letter }) => letter)]);
    await this.#page.told?.();
  };

  /** What the line says where nothing waits. @param {"saved" | "empty"} state */
  settled(state) {
    if (this.#truth) this.#truth.settled = state;
  }

  /** Why the last round ended with letters left, or null. */
  get stopped() {
    return this.#round.stopped;
  }

  async isUnsent() {
    return (await this.outbox.waiting()).length > 0;
  }

  /** What other devices said since this phone last heard; and whether this phone has lost something. */
  async hear() {
    if (this.isMember) return;
    const revision = await this.days.revision();
    const first = daysBefore(diaryDay(this.now(), this.#zone), REMEMBERED);
    const heard = await this.#ask(`${SINCE}?since=${revision ?? 0}&first=${first}`);
    if (!heard) return;
    // The journal came back from a backup: what this phone knows of it is of no use.
    if (heard.revision < (revision ?? 0)) return this.#hearAnew();
    if (revision === null && heard.edits) this.#truth?.sayLost();
    await this.days.learn(heard.days);
    await this.days.learned(heard.revision, first);
    await this.days.ask(heard);
    if (heard.days.length) await this.#page.heard?.();
  }

  async #hearAnew() {
    await this.store.wipeDays();
    await this.hear();
  }

  /** @param {string} url @returns {Promise<({ days: DayKept[], revision: number, edits: number } & import("./days.js").Asks) | null>} */
  async #ask(url) {
    const signal = AbortSignal.timeout(LIMIT);
    const answer = await fetch(url, { headers: JSON_PLEASE, redirect: "manual", cache: "no-store", signal });
    const body = await answer.json();
    const standing = standingIn(answer.status, body);
    if (standing) await this.#stand(standing);
    return answer.ok && Array.isArray(body.days) ? body : null;
  }

  /** The session is not what it was. @param {"expired" | "ended"} standing */
  async #stand(standing) {
    if (this.#isLeft) return;
    // A phone that could not keep anything has nothing to hide.
    await this.store.know("standing", standing).catch(() => {});
    if (standing === "expired") return;
    await this.store.wipeDays().catch(() => {});
    if (await this.#hasLetters()) return this.tell();
    await this.store.database.remove().catch(() => {});
    nobodyIsHere();
    this.#channel.postMessage("wiped");
    location.replace("/sign-in?ended=1");
  }

  async #hasLetters() {
    return (await this.isUnsent()) || (await this.outbox.aside()).length > 0;
  }

  #kept = async (/** @type {DayKept} */ day) => {
    if (!this.isMember) await this.days.learn([day]).catch(() => {});
    this.#channel.postMessage("letters");
    await this.#page.kept?.(day);
  };

  #refused = async (/** @type {Letter} */ letter) => {
    await this.#page.refused?.(letter);
  };

  #stopped = async () => {
    const stopped = this.#round.stopped;
    if (stopped?.kind === "sign-in") await this.#stand(stopped.isEnded ? "ended" : "expired");
  };

  /** What lies on a disk that answered late. */
  #arrived = async () => {
    await this.#page.heard?.();
    await this.go();
    await this.hear().catch(() => {});
  };

  /** @param {MessageEvent} event */
  #heardElsewhere = async ({ data }) => {
    if (data === "wiped") {
      this.#round.end();
      return location.reload();
    }
    await this.#page.heard?.();
    await this.tell();
  };

  /** A round that a timer began says how it stands as well. @param {() => Promise<void>} work */
  #inTurn = async (work) => {
    await this.#alone(work);
    await this.tell();
  };

  /** One tab sends; one that hangs does not hold up the others for ever. @param {() => Promise<void>} work */
  #alone = async (work) => {
    if (!navigator.locks) return work();
    const signal = AbortSignal.timeout(PATIENCE);
    let isTaken = false;
    try {
      await navigator.locks.request(`post-${this.account}`, { signal }, () => ((isTaken = true), work()));
    } catch (error) {
      if (isTaken) throw error;
      await work();
    }
  };
}

/** The post of whoever is signed in on this page. @type {Promise<Post | null> | null} */
let here = null;

/** @returns {Promise<Post | null>} null where nobody is, or nobody knows the PIN */
export function post() {
  here ??= open(document.body.dataset);
  return here;
}

/** @param {DOMStringMap} of */
async function open({ account, session, member, zone = "", began = "" }) {
  if (!account) return null;
  const store = storeOf(account);
  const token = tokenHere();
  const line = document.getElementById("truth");
  const truth = line && new Truth(line);
  const hint = document.getElementById("elsewhere");
  const elsewhere = hint && new Elsewhere(hint);
  isHere(account);
  if (token && (await isLocked(store, session))) return null;
  // Whoever sees this page is signed in: what was hidden or sealed is hers again.
  const profile = { zone, began, session, ...(member !== undefined && { member }) };
  if (token) await signedIn(store, profile).catch(() => {});
  const of = { account, zone, token, isMember: member !== undefined };
  return new Post(of, { truth, elsewhere, store, now: () => Date.now() });
}

/** @param {Store} store @param {string | undefined} session */
async function isLocked(store, session) {
  return (await new Curtain(store).meet(session).catch(() => "none")) === "locked";
}

/** @param {Store} store @param {import("./store.js").Profile} profile */
async function signedIn(store, profile) {
  await store.know("profile", profile);
  await store.know("standing", "open");
}

/** What the server gave this page to send with; empty on a page that the phone opened by itself. */
function tokenHere() {
  const field = document.querySelector("[name=csrf_token]");
  return field instanceof HTMLInputElement ? field.value : "";
}

/**
 * What an answer of ours says about the session, where it is over.
 * @param {number} status @param {any} body
 */
export function standingIn(status, body) {
  if (typeof body?.code !== "string") return null;
  return status === 401 ? "expired" : status === 410 ? "ended" : null;
}

/** Where the last moment is kept; some browsers refuse even to name it. */
function keep() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
