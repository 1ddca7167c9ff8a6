/** A day on the phone: what is tapped is gathered, sent, and answered by the truth line. */

import { EditClock, diaryDay } from "./clock.js";
import { Glide } from "./glide.js";
import { Draft, same } from "./letter.js";
import { MemoryOutbox } from "./outbox.js";
import { part } from "./question.js";
import { questionsOf } from "./questions.js";
import { logged } from "./reminded.js";
import { Round } from "./round.js";
import { Sender } from "./send.js";
import { Truth } from "./truth.js";

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./question.js").Question} Question
 * @typedef {import("./send.js").DaySaid} DaySaid
 * @typedef {import("./send.js").Refused} Refused
 * @typedef {{ said: string, items: Set<string> }} Needed
 */

export class Day {
  #form;
  #truth;
  #questions;
  #outbox;
  #now;
  #logged;
  #draft;
  #round;
  /** What each item says as far as this page knows. @type {Map<string, Value>} */
  #known = new Map();
  /** What was refused, and has to be said anew. @type {Map<Letter, Needed>} */
  #needed = new Map();
  /** @type {DaySaid | null} */
  #kept = null;
  #isDone = false;

  /**
   * @param {HTMLFormElement} form
   * @param {Question[]} questions
   * @param {{ truth: Truth, outbox: import("./outbox.js").Outbox, clock: EditClock,
   *   fetch: typeof fetch, now: () => number, uuid: () => string, logged: (day: string) => void }} tools
   */
  constructor(form, questions, { truth, outbox, clock, fetch, now, uuid, logged }) {
    const { put = "", zone = "", account = "", csrf = "" } = form.dataset;
    const token = part(form, "[name=csrf_token]", HTMLInputElement).value;
    const sender = new Sender({ csrf, token }, { fetch, now, clock });
    this.#form = form;
    this.#truth = truth;
    this.#questions = questions;
    this.#outbox = outbox;
    this.#now = now;
    this.#logged = logged;
    this.#draft = new Draft({ url: put, zone, account }, { clock, uuid, ripe: this.#send });
    const told = { kept: this.#answer, refused: this.#refused };
    this.#round = new Round({ outbox, sender, now, told });
  }

  start() {
    for (const question of this.#questions) this.#known.set(question.item, question.shown);
    // A tap may have come before this script did.
    for (const question of this.#questions) this.#take(question);
    this.#form.addEventListener("input", this.#heard);
    this.#form.addEventListener("submit", this.#done);
    document.addEventListener("visibilitychange", this.#turned);
    addEventListener("pagehide", this.#leave);
    document.addEventListener("click", this.#follow);
    addEventListener("online", this.#send);
    addEventListener("beforeunload", this.#warn);
  }

  /** @param {Event} event */
  #heard = ({ target }) => {
    const question = this.#questions.find(({ fieldset }) => fieldset.contains(/** @type {Node} */ (target)));
    if (question) this.#take(question);
  };

  /** @param {Question} question */
  #take(question) {
    const { item, value } = question;
    if (value === undefined || same(value, this.#known.get(item))) return;
    this.#known.set(item, value);
    this.#isDone = false;
    this.#forgive(item);
    this.#draft.say(item, value);
    this.#tell();
  }

  #send = async () => {
    await this.#post();
    await this.#round.go();
    await this.#tell();
  };

  async #post() {
    const letter = this.#draft.close();
    if (letter) await this.#outbox.add(letter);
  }

  /** @param {DaySaid} day */
  #answer = async (day) => {
    if (day.revision < (this.#kept?.revision ?? 0)) return;
    this.#kept = day;
    if (Object.keys(day.items).length) this.#logged(day.day);
    const unsent = await this.#outbox.waiting();
    for (const question of this.#questions) {
      const { item } = question;
      const mine = this.#draft.has(item) || unsent.some(({ edit }) => item in edit.items);
      if (!mine && !this.#isNeeded(item)) this.#learn(question, day.items[item] ?? null);
    }
  };

  /** What another device said shows here too. @param {Question} question @param {Value} value */
  #learn(question, value) {
    this.#known.set(question.item, value);
    if (question.value !== undefined && !same(question.value, value)) question.show(value);
  }

  /** What was wrong waits for the person; the rest of its letter goes on without it. */
  #refused = async (/** @type {Letter} */ letter, /** @type {Refused} */ { said, field }) => {
    const items = Object.keys(letter.edit.items);
    const wrong = field && items.includes(field) ? [field] : items;
    this.#needed.set(letter, { said, items: new Set(wrong) });
    for (const item of items) if (!wrong.includes(item)) this.#resay(item);
    await this.#post();
  };

  /** @param {string} item */
  #resay(item) {
    if (!this.#draft.has(item)) this.#draft.say(item, this.#known.get(item) ?? null);
  }

  /** Whoever says an item anew has answered what was wrong with it. @param {string} item */
  #forgive(item) {
    for (const [letter, { items }] of this.#needed) {
      items.delete(item);
      if (items.size) continue;
      this.#needed.delete(letter);
      this.#outbox.drop(letter);
    }
  }

  /** @param {string} item */
  #isNeeded(item) {
    return [...this.#needed.values()].some(({ items }) => items.has(item));
  }

  async #tell() {
    const [needed] = this.#needed.values();
    if (needed) return this.#truth.say("refused", needed.said);
    if (await this.#isUnsent()) return this.#tellUnsent();
    if (this.#kept) this.#truth.say(Object.keys(this.#kept.items).length ? "saved" : "empty");
  }

  #tellUnsent() {
    const stopped = this.#round.stopped;
    if (stopped?.kind === "sign-in") return this.#truth.askToSignIn(stopped.said);
    if (stopped?.kind === "stranger") return this.#truth.say("refused");
    this.#truth.say(this.#isStuck ? "waiting" : "saving");
  }

  async #isUnsent() {
    return !this.#draft.isEmpty || (await this.#outbox.waiting()).length > 0;
  }

  get #isStuck() {
    return this.#round.stopped !== null || !navigator.onLine;
  }

  /** @param {SubmitEvent} event */
  #done = async (event) => {
    event.preventDefault();
    this.#isDone = true;
    await this.#send();
    this.#lookAt(this.#questions.find(({ item }) => this.#isNeeded(item)));
    if (this.#isDone && !this.#needed.size && !(await this.#isUnsent())) {
      location.assign(`${this.#form.dataset.put}?done=1`);
    }
  };

  /** @param {Question | undefined} question */
  #lookAt(question) {
    question?.fieldset.scrollIntoView({ block: "center" });
  }

  #turned = () => (document.visibilityState === "hidden" ? this.#leave() : this.#back());

  /** A page that is left by a link lives a moment longer than it looks. @param {Event} event */
  #follow = ({ target }) => {
    if (target instanceof Element && target.closest("a[href]")) this.#leave();
  };

  #leave = async () => {
    await this.#post();
    await this.#round.rush();
    await this.#tell();
  };

  #back = async () => {
    await this.#send();
    if (this.#isOver && !(await this.#isUnsent())) location.assign("/today");
  };

  /** Whether this page still says today, and it no longer is. */
  get #isOver() {
    const { how, day, zone = "" } = this.#form.dataset;
    return how === "live" && day !== diaryDay(this.#now(), zone);
  }

  /** What could not be sent lives in this page only; what is on its way goes on without it. */
  #warn = (/** @type {Event} */ event) => {
    const isStuck = this.#needed.size || this.#round.stopped;
    if (isStuck || (!this.#draft.isEmpty && !navigator.onLine)) event.preventDefault();
  };
}

/** Where the last moment is kept; some browsers refuse even to name it. */
function keep() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form */
function start(form) {
  // Browsers that restore a form would make old answers look like new taps.
  form.autocomplete = "off";
  const questions = questionsOf(form);
  const line = part(document, "#truth", HTMLElement);
  new Glide(questions, part(form, "[data-done]", HTMLElement), line);
  form.addEventListener("invalid", reveal, { capture: true });
  // It may have been said on another phone.
  if (line.dataset.state === "saved") logged(form.dataset.day ?? "");
  // An older day is corrected with a reason, as the plain form.
  if (form.dataset.how === "corrected") return;
  const now = () => Date.now();
  new Day(form, questions, {
    truth: new Truth(line),
    outbox: new MemoryOutbox(),
    clock: new EditClock({ now, keep: keep() }),
    fetch: (...call) => fetch(...call),
    now,
    uuid: () => crypto.randomUUID(),
    logged,
  }).start();
}

/** What has to be looked at must not hide. @param {Event} event */
function reveal({ target }) {
  const around = target instanceof Element ? target.closest("details") : null;
  if (around) around.open = true;
}

const form = document.querySelector("form#day");
if (form instanceof HTMLFormElement) start(form);
