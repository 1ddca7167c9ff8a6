/** A day on the phone: what is tapped is kept at once, gathered, sent, and answered by the truth line. */

import { diaryDay } from "./clock.js";
import { Glide } from "./glide.js";
import { Draft, same } from "./letter.js";
import { post } from "./post.js";
import { part } from "./question.js";
import { questionsOf } from "./questions.js";
import { logged } from "./reminded.js";
import { isAboutTheDay, isOfNight, sayNight, sayRelief } from "./sections.js";

/**
 * @typedef {import("./days.js").DayKept} DayKept
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./post.js").Post} Post
 * @typedef {import("./question.js").Question} Question
 */

const HELP = /^(?:tel|sms):|\/help-now$/;

export class Day {
  #form;
  #line;
  #questions;
  #post;
  #logged;
  #draft;
  #day;
  /** What each item says as far as this page knows. @type {Map<string, Value>} */
  #known = new Map();
  /** What was refused, and has to be said anew: the items of each letter. @type {Map<Letter, Set<string>>} */
  #needed = new Map();
  #revision;
  #isDone = false;
  #isShown = false;

  /**
   * @param {HTMLFormElement} form
   * @param {Question[]} questions
   * @param {{ post: Post, uuid: () => string, logged: (day: string) => void, line: HTMLElement }} tools
   */
  constructor(form, questions, { post, uuid, logged, line }) {
    const { put = "", day = "", zone = "", revision = "0" } = form.dataset;
    this.#form = form;
    this.#line = line;
    this.#questions = questions;
    this.#post = post;
    this.#logged = logged;
    this.#day = day;
    this.#revision = Number(revision);
    const about = { url: put, day, zone, account: post.account };
    this.#draft = new Draft(about, { clock: post.clock, uuid, ripe: this.#send });
  }

  async start() {
    for (const question of this.#questions) this.#known.set(question.item, question.shown);
    // A tap may have come before this script did.
    for (const question of this.#questions) this.#take(question);
    this.#form.addEventListener("input", this.#heard);
    // Half a time on the clock's face is no input.
    this.#form.addEventListener("focusout", this.#weigh);
    this.#form.addEventListener("submit", this.#done);
    document.addEventListener("visibilitychange", this.#turned);
    document.addEventListener("click", this.#follow);
    addEventListener("beforeunload", this.#warn);
    this.#post.serve({ kept: this.#answer, refused: this.#refused, heard: this.#news, told: this.#told });
    await this.#hear();
  }

  /** What was written here before, in this tab or another, and is not in the journal yet. */
  async #recall() {
    this.#needed.clear();
    for (const { letter } of await this.#post.outbox.aside()) this.#need(letter);
    const unsent = await this.#unsent();
    for (const question of this.#questions) this.#overlay(question, unsent);
  }

  /** @param {Question} question @param {Letter[]} unsent */
  #overlay(question, unsent) {
    const { item } = question;
    const last = unsent.findLast(({ edit }) => item in edit.items);
    if (last && !this.#draft.has(item)) this.#learn(question, last.edit.items[item]);
  }

  /** What waits and what was set aside about this day, in the order of writing. */
  async #unsent() {
    const aside = (await this.#post.outbox.aside()).map(({ letter }) => letter);
    const all = [...(await this.#post.outbox.waiting()), ...aside].filter(({ day }) => day === this.#day);
    return all.sort((one, other) => (one.edit.edited_at < other.edit.edited_at ? -1 : 1));
  }

  /** @param {Event} event */
  #heard = ({ target }) => {
    const question = this.#questions.find(({ fieldset }) => fieldset.contains(/** @type {Node} */ (target)));
    document.querySelector("[data-again]")?.remove();
    this.#weigh();
    if (question) this.#take(question);
  };

  #weigh = () => {
    const unfinished = this.#questions.find((one) => one.unfinished)?.unfinished ?? "";
    if (unfinished === (this.#line.dataset.unfinished ?? "")) return;
    this.#line.dataset.unfinished = unfinished;
    this.#isShown = false;
    void this.#post.tell();
  };

  /** @param {Question} question */
  #take(question) {
    const { item } = question;
    // The beginning of a number that went on is no answer.
    const value = question.value === undefined && this.#draft.has(item) ? null : question.value;
    if (value === undefined || same(value, this.#known.get(item))) return;
    this.#known.set(item, value);
    this.#isDone = false;
    // What was reckoned no longer holds; the answer reckons anew.
    if (isOfNight(question.fieldset)) sayNight(this.#form, "");
    this.#keep(this.#draft.say(item, value), this.#forgive(item));
  }

  /** @param {Letter} letter @param {Letter[]} instead those that are not needed any more @returns {Promise<void>} */
  async #keep(letter, instead) {
    if (!(await this.#post.keep(letter))) return this.#keep(this.#draft.anew(letter), instead);
    for (const one of instead) await this.#post.outbox.drop(one);
    await this.#post.tell();
  }

  #send = async () => {
    this.#draft.close();
    await this.#post.go();
  };

  /** What the journal says about this day, wherever it was said. @param {DayKept} day */
  #answer = async (day) => {
    if (day.day !== this.#day || day.revision < this.#revision) return;
    this.#revision = day.revision;
    sayNight(this.#form, day.night);
    const isEmpty = Object.keys(day.items).length === 0;
    this.#post.settled(isEmpty ? "empty" : "saved");
    if (this.#questions.some((one) => one.item in day.items && isAboutTheDay(one))) this.#logged(day.day);
    const unsent = await this.#unsent();
    for (const question of this.#questions) {
      const { item } = question;
      const mine = this.#draft.has(item) || unsent.some(({ edit }) => item in edit.items);
      if (!mine && !this.#isNeeded(item)) this.#learn(question, day.items[item] ?? null);
    }
  };

  /**
   * Another tab wrote or sent, or another device wrote: what was tapped here before that must not
   * be said once more, as if it were newer.
   */
  #news = async () => {
    const sent = this.#draft.isOpen && this.#send();
    await this.#hear();
    await sent;
  };

  async #hear() {
    const [day] = await this.#post.days.between(this.#day, this.#day).catch(() => []);
    if (day) await this.#answer(day);
    await this.#recall();
    await this.#post.tell();
  }

  /** What another device said shows here too. @param {Question} question @param {Value} value */
  #learn(question, value) {
    this.#known.set(question.item, value);
    if (question.value !== undefined && !same(question.value, value)) question.show(value);
  }

  #refused = async (/** @type {Letter} */ letter) => {
    this.#draft.close();
    this.#need(letter);
  };

  /** @param {Letter} letter */
  #need(letter) {
    if (letter.day === this.#day) this.#needed.set(letter, new Set(Object.keys(letter.edit.items)));
  }

  /** Whoever says an item anew has answered what was wrong with it. @param {string} item */
  #forgive(item) {
    for (const items of this.#needed.values()) items.delete(item);
    const answered = [...this.#needed].filter(([, items]) => !items.size).map(([letter]) => letter);
    for (const letter of answered) this.#needed.delete(letter);
    return answered;
  }

  /** @param {string} item */
  #isNeeded(item) {
    return [...this.#needed.values()].some((items) => items.has(item));
  }

  /** @param {SubmitEvent} event */
  #done = async (event) => {
    event.preventDefault();
    this.#isDone = true;
    await this.#send();
    this.#lookAt(this.#questions.find(({ item }) => this.#isNeeded(item)));
    if (!this.#isDone || this.#needed.size) return;
    if (await this.#post.isUnsent()) return this.#end();
    location.assign(`${this.#form.dataset.put}?done=1`);
  };

  /** Without a network the top is the end of it: whom to call, else that it is kept. */
  async #end() {
    const end = (await unplugged())?.repeatCalls(this.#form, this.#line) ?? this.#line;
    end.tabIndex = -1;
    end.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  #told = async () => {
    if (!this.#form.querySelector("[data-section=sleep][open]") || (!this.#post.stopped && navigator.onLine)) return;
    (await unplugged())?.sayLater(this.#form, this.#questions);
  };

  /** @param {Question | undefined} question */
  #lookAt(question) {
    if (question) unfold(question.fieldset);
    question?.fieldset.scrollIntoView({ block: "center" });
  }

  #turned = () => (document.visibilityState === "hidden" ? this.#draft.close() : this.#back());

  /** A page that is left by a link lives a moment longer than it looks. @param {Event} event */
  #follow = (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!link) return;
    if (this.#holds(/** @type {HTMLAnchorElement} */ (link))) return event.preventDefault();
    this.#draft.close();
    this.#post.rush();
  };

  /** Once, and never on the way to help. @param {HTMLAnchorElement} link */
  #holds({ href }) {
    if (this.#isShown || !this.#line.dataset.unfinished || HELP.test(href)) return false;
    this.#isShown = true;
    return !this.#form.reportValidity();
  }

  #back = async () => {
    await this.#send();
    if (this.#isOver && !(await this.#post.isUnsent())) location.assign("/today");
  };

  /** Whether this page still says today, and it no longer is. */
  get #isOver() {
    const { how, zone = "" } = this.#form.dataset;
    return how === "live" && this.#day < diaryDay(this.#post.now(), zone);
  }

  /** What the phone could not keep lives in this page only. */
  #warn = (/** @type {Event} */ event) => {
    if (!this.#post.isSafe) event.preventDefault();
  };
}

/** @param {HTMLFormElement} form @param {Post | null} post @param {Question[]} [questions] */
export async function open(form, post, questions = questionsOf(form)) {
  // Browsers that restore a form would make old answers look like new taps.
  form.autocomplete = "off";
  const line = part(document, "#truth", HTMLElement);
  // A day beside the usual one is answered in its own time: nothing glides there.
  const daily = questions.filter(({ fieldset }) => !fieldset.closest("[data-section]"));
  new Glide(daily, part(form, "[data-done]", HTMLElement), line);
  form.addEventListener("invalid", reveal, { capture: true });
  form.addEventListener("input", forgive, { capture: true });
  sayRelief(form, questions);
  // It may have been said on another phone.
  const isSaid = questions.some((one) => one.shown !== null && isAboutTheDay(one));
  if (line.dataset.state === "saved" && isSaid) logged(form.dataset.day ?? "");
  // An older day is corrected with a reason, as the plain form.
  if (form.dataset.how === "corrected" || !post) return;
  await new Day(form, questions, { post, uuid: () => crypto.randomUUID(), logged, line }).start();
}

/** Null on a phone that does not hold it yet. */
function unplugged() {
  return import("./unplugged.js").catch(() => null);
}

/** What has to be looked at must not hide, and says why in our words. @param {Event} event */
function reveal({ target }) {
  if (!(target instanceof HTMLInputElement)) return;
  const wrong = target.title || target.closest("fieldset")?.dataset.unfinished;
  if (wrong) target.setCustomValidity(wrong);
  unfold(target);
  // The line at the top would cover it.
  if (target !== target.form?.querySelector(":invalid:not(fieldset)")) return;
  (target.closest(".tick") ?? target).scrollIntoView({ block: "center", behavior: "instant" });
}

/** @param {Event} event */
function forgive({ target }) {
  if (target instanceof HTMLInputElement) target.setCustomValidity("");
}

/** @param {Element} element */
function unfold(element) {
  for (const around of document.querySelectorAll("details")) around.open ||= around.contains(element);
}

const form = document.querySelector("form#day");
if (form instanceof HTMLFormElement) post().then((mine) => open(form, mine));
