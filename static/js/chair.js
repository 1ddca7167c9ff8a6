/** An infusion at the chair-side: written down at once, kept on the device until it is recorded. */

import { ChairField } from "./chair_field.js";
import { post } from "./post.js";
import { number, part } from "./question.js";

/**
 * @typedef {import("./letter.js").Items} Items
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./post.js").Post} Post
 */

const MOST_AHEAD = 5 * 60_000;
const USUAL_PAUSE = 6 * 60 * 60_000;
/** Begins the name of what is not as the page showed it. */
const SHOWN = "was_";

export class Chair {
  #form;
  #fields;
  #post;
  #uuid;
  /** The letter that was written last on this page. @type {Letter | null} */
  #last = null;
  /** Whether something was typed that is in no letter yet. */
  #isTouched = false;

  /** @param {HTMLFormElement} form @param {{ post: Post, uuid: () => string }} tools */
  constructor(form, { post, uuid }) {
    this.#form = form;
    this.#fields = [...form.querySelectorAll("[data-item]")].map((box) => new ChairField(/** @type {HTMLElement} */ (box)));
    this.#post = post;
    this.#uuid = uuid;
  }

  async start() {
    this.#form.noValidate = true;
    this.#form.addEventListener("submit", this.#record);
    this.#form.addEventListener("input", this.#typed);
    this.#form.querySelector("[data-now]")?.addEventListener("click", () => this.#show({ given_at: this.#wall(this.#post.now()) }));
    this.#form.querySelector("[data-offered]")?.addEventListener("click", this.#takeOver);
    addEventListener("beforeunload", this.#warn);
    this.#post.serve({ kept: this.#kept, refused: this.#refused });
    await this.#recall();
    await this.#post.tell();
  }

  /** What was written here before, and is not recorded yet. */
  async #recall() {
    const { outbox } = this.#post;
    const aside = (await outbox.aside()).filter(({ letter }) => this.#isMine(letter));
    const waiting = (await outbox.waiting()).filter((letter) => this.#isMine(letter));
    for (const { letter } of aside) this.#show(letter.edit.items);
    for (const { letter } of aside) if (letter.edit.reason) this.#reason.value = letter.edit.reason;
    for (const { edit } of waiting) this.#show(edit.items);
    for (const { edit } of waiting) this.#told(edit.items);
    this.#last = waiting.at(-1) ?? null;
    const refused = aside.at(-1);
    if (refused) this.#blame(refused.refusal);
  }

  /** @param {SubmitEvent} event */
  #record = async (event) => {
    event.preventDefault();
    const wrong = this.#wrong();
    if (wrong) return wrong.look();
    if (this.#stopped.getAttribute("aria-invalid")) return this.#stopped.focus();
    if (this.#lacksReason()) return this.#reason.focus();
    if (this.#asks()) return;
    const items = this.#changed();
    if (!Object.keys(items).length && !this.#last) return location.assign(this.#words.list ?? "");
    if (Object.keys(items).length) await this.#keep(this.#letter(items));
    await this.#post.go();
    if (this.#last) scrollTo({ top: 0 });
  };

  /** @param {Letter} letter */
  async #keep(letter) {
    // Before anything is waited for: two taps are one.
    this.#told(letter.edit.items);
    this.#last = letter;
    this.#isTouched = false;
    const instead = (await this.#post.outbox.aside()).filter((one) => this.#isMine(one.letter));
    await this.#post.keep(letter);
    for (const one of instead) await this.#post.outbox.drop(one.letter);
    await this.#post.tell();
  }

  /** @param {Items} items @returns {Letter} */
  #letter(items) {
    const { put = "", zone = "", number = "" } = this.#words;
    const reason = this.#reason.value.trim() || null;
    // As the page showed it: whoever changed it meanwhile is not written over unseen.
    const shown = Object.freeze(Object.fromEntries(Object.keys(items).map((name) => [name, this.#field(name).told])));
    const said = { edit_id: this.#uuid(), edited_at: this.#post.clock.next(), zone, items: Object.freeze(items) };
    const edit = Object.freeze({ ...said, reason, account: this.#post.account, shown });
    const about = Object.freeze({ time: this.#began.slice(11), number });
    return Object.freeze({ url: put, day: this.#began.slice(0, 10), edit, isWhole: true, about });
  }

  /** @returns {Record<string, Value>} */
  #changed() {
    const changed = this.#fields.filter((field) => field.isNew && (field.item !== "sure" || field.value));
    return Object.fromEntries(changed.map((field) => [field.item, /** @type {Value} */ (field.value)]));
  }

  /** The first field that cannot be as it is, once each has said so. */
  #wrong() {
    for (const field of this.#fields) field.check();
    for (const field of this.#fields) if (field.excess) field.blame(this.#tooLong(field.excess));
    const start = this.#field("given_at");
    const latest = this.#wall(this.#post.now() + MOST_AHEAD);
    if (!start.value) start.blame(this.#words.needed ?? "");
    else if (start.value > latest) start.blame(this.#words.future ?? "");
    this.#offerPlanned(start);
    for (const name of ["agent", "dose_mg"]) if (this.#field(name).value === null) this.#field(name).blame(this.#words.needed ?? "");
    return this.#fields.find((field) => field.isWrong);
  }

  /** At the minute of a planned one, that one is meant. @param {ChairField} start */
  #offerPlanned(start) {
    const plan = JSON.parse(this.#words.plans ?? "{}")[String(start.value)];
    const line = part(this.#form, "[data-plan]", HTMLElement);
    line.hidden = !plan;
    if (!plan) return;
    part(line, "a", HTMLAnchorElement).href = plan;
    start.blame(this.#words.planned ?? "");
  }

  /** Whether why it is corrected is not said, or at too great length. */
  #lacksReason() {
    const box = part(this.#form, "[data-why]", HTMLElement);
    const said = [...this.#reason.value.trim()].length;
    const longest = Number(box.dataset.longest);
    const isMissing = !box.hidden && !said && this.#corrects;
    const wrong = isMissing ? this.#words.reason : said > longest ? this.#tooLong({ length: said, longest }) : "";
    blame(this.#reason, wrong ?? "");
    return Boolean(wrong);
  }

  /** A second look is no correction. */
  get #corrects() {
    return Object.keys(this.#changed()).some((name) => name !== "sure");
  }

  /** @param {{ length: number, longest: number }} excess */
  #tooLong({ length, longest }) {
    return (this.#words.long ?? "").replace("{length}", String(length)).replace("{longest}", String(longest));
  }

  /** What is unusual, each in its sentence. */
  get #doubts() {
    const doubts = this.#fields.flatMap((field) => field.doubt ?? []);
    const { doubt = "" } = this.#each.dataset;
    if (this.#isOddForWeight) doubts.push(doubt);
    return [...doubts, ...this.#doubtsAround()];
  }

  /** What is unusual about its moment, beside the plan and the patient's others. @returns {string[]} */
  #doubtsAround() {
    const { first = "", second = "", moved = "", given = "[]" } = this.#words;
    const [at, standing] = [this.#field("given_at"), this.#field("standing")];
    if (!at.value || !(at.isNew || standing.isNew)) return [];
    const [began, day, was] = [this.#began, this.#began.slice(0, 10), String(at.recorded).slice(0, 10)];
    /** @type {string[]} */
    const others = JSON.parse(given);
    const isFirst = others.length > 0 && others.every((other) => day < other.slice(0, 10));
    const isMoved = standing.recorded !== "given" || was !== day;
    return [
      ...(standing.recorded === "planned" && was !== day ? [moved] : []),
      ...(isFirst && isMoved ? [first] : []),
      ...(others.some((other) => isSoon(began, other)) ? [second] : []),
    ];
  }

  /** Whether something unusual has to be looked at again first. */
  #asks() {
    const doubts = this.#doubts;
    const box = part(this.#form, "[data-doubts]", HTMLElement);
    const sure = part(box, "input[type=checkbox]", HTMLInputElement);
    const isAnswered = !doubts.length || (sure.checked && !box.hidden);
    this.#list(box, doubts);
    box.hidden = !doubts.length;
    if (!isAnswered) sure.focus();
    return !isAnswered;
  }

  /** @param {HTMLElement} box @param {string[]} doubts */
  #list(box, doubts) {
    const lines = [...new Set(doubts)].map((doubt) => Object.assign(document.createElement("p"), { textContent: doubt }));
    part(box, "[data-list]", HTMLElement).replaceChildren(...lines);
  }

  #typed = (/** @type {Event} */ { target }) => {
    const field = this.#fields.find(({ box }) => box.contains(/** @type {Node} */ (target)));
    field?.blame("");
    if (target === this.#reason) blame(this.#reason, "");
    this.#isTouched = true;
    // What was looked at again was what stood there then.
    if (field && field.item !== "sure") this.#doubtAnew();
    const weighed = this.#field("weight_on");
    if (field?.item === "weight_kg" && !weighed.value) weighed.show(this.#wall(this.#post.now()).slice(0, 10));
    if (target === this.#stopped || field?.item === "given_at") this.#countMinutes();
    this.#reckon();
  };

  #doubtAnew() {
    this.#field("sure").show(null);
    const box = part(this.#form, "[data-doubts]", HTMLElement);
    if (box.hidden) return;
    this.#list(box, this.#doubts);
    box.hidden = !this.#doubts.length;
  }

  /** From when it began to when it stopped, on the same day. */
  #countMinutes() {
    const [start, end] = [String(this.#field("given_at").value ?? "").slice(11), this.#stopped.value];
    const minutes = start && end ? inMinutes(end) - inMinutes(start) : null;
    blame(this.#stopped, minutes !== null && minutes < 0 ? (this.#words.stopped ?? "") : "");
    if (minutes !== null && minutes >= 0) this.#field("minutes").show(minutes);
  }

  #reckon() {
    const each = this.#mgPerKg;
    const said = each === null ? "" : new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 }).format(each);
    this.#each.textContent = said && (this.#each.dataset.said ?? "").replace("{n}", said);
  }

  get #mgPerKg() {
    const [dose, weight] = ["dose_mg", "weight_kg"].map((name) => this.#field(name).value);
    return typeof dose === "number" && typeof weight === "number" && weight > 0 ? dose / weight : null;
  }

  get #isOddForWeight() {
    const { low, high } = this.#each.dataset;
    const [each, isNew] = [this.#mgPerKg, this.#field("dose_mg").isNew || this.#field("weight_kg").isNew];
    return isNew && each !== null && (each < Number(low) || each > Number(high));
  }

  /** @param {Event} event */
  #takeOver = (event) => {
    event.preventDefault();
    const link = /** @type {HTMLElement} */ (event.currentTarget);
    this.#show(JSON.parse(link.dataset.offered ?? "{}"));
    this.#field("dose_mg").look();
  };

  /** @param {Items} items */
  #show(items) {
    for (const [name, value] of Object.entries(items)) this.#fields.find(({ item }) => item === name)?.show(value);
    this.#reckon();
  }

  /** It is in a letter: only what differs from it is said anew. @param {Items} items */
  #told(items) {
    for (const [name, value] of Object.entries(items)) this.#fields.find(({ item }) => item === name)?.tell(value);
  }

  /** @param {any} answer what stands of an infusion */
  #kept = async (answer) => {
    if (!this.#last || answer.edit_id !== this.#last.edit.edit_id) return;
    this.#post.settled("saved");
    // Whoever goes on writing stays, and so does what asks her something.
    if (Object.keys(this.#changed()).length || document.querySelector("dialog[open]")) return;
    location.assign(`${this.#words.list}?recorded=${answer.id}`);
  };

  /** @param {Letter} letter */
  #refused = async (letter) => {
    if (!this.#isMine(letter)) return;
    for (const field of this.#fields) field.forget();
    const refused = (await this.#post.outbox.aside()).find((one) => one.letter.edit.edit_id === letter.edit.edit_id);
    if (!refused) return;
    this.#blame(refused.refusal);
    // What stands now is known to the server alone; what was typed comes back from the disk.
    if (refused.refusal.field?.startsWith(SHOWN) && this.#post.isSafe) location.reload();
  };

  /** @param {import("./outbox.js").Refusal} refusal */
  #blame({ said, field }) {
    const box = part(this.#form, "[data-why]", HTMLElement);
    box.hidden = box.hidden && field !== "reason";
    if (field === "reason") {
      blame(this.#reason, said);
      return this.#reason.focus();
    }
    if (field === "sure") return this.#doubt(said);
    const wrong = this.#fields.find(({ item }) => item === field || SHOWN + item === field);
    wrong?.blame(said);
    wrong?.look();
  }

  /** @param {string} said */
  #doubt(said) {
    const box = part(this.#form, "[data-doubts]", HTMLElement);
    this.#list(box, [said]);
    box.hidden = false;
    part(box, "input", HTMLInputElement).focus();
  }

  /** @param {Letter} letter */
  #isMine({ url }) {
    return url === this.#words.put;
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {ChairField} */ (this.#fields.find(({ item }) => item === name));
  }

  get #words() {
    return this.#form.dataset;
  }

  get #began() {
    return String(this.#field("given_at").value);
  }

  get #each() {
    return part(this.#form, "[data-each]", HTMLElement);
  }

  get #reason() {
    return part(this.#form, "[name=reason]", HTMLTextAreaElement);
  }

  get #stopped() {
    return part(this.#form, "[name=stopped]", HTMLInputElement);
  }

  /** A moment by the clock on the clinic's wall. @param {number} at */
  #wall(at) {
    /** @type {Intl.DateTimeFormatOptions} */
    const parts = { timeZone: this.#words.zone, dateStyle: "short", timeStyle: "short" };
    // Swedish writes a date and a time the way ISO 8601 does.
    return new Intl.DateTimeFormat("sv", parts).format(at).replace(" ", "T");
  }

  /** What the device could not keep, or was not told to, lives in this page only. */
  #warn = (/** @type {Event} */ event) => {
    if (!this.#post.isSafe || this.#isTouched) event.preventDefault();
  };
}

/** Whether both are of one day, and hardly apart. @param {string} one @param {string} other */
function isSoon(one, other) {
  const apart = Math.abs(Date.parse(`${one}Z`) - Date.parse(`${other}Z`));
  return one.slice(0, 10) === other.slice(0, 10) && apart < USUAL_PAUSE;
}

/** What is wrong with an input that is no item, beside it. @param {HTMLElement} input @param {string} words none where all is well */
function blame(input, words) {
  const error = part(document, `#${input.getAttribute("aria-describedby")}`, HTMLElement);
  error.hidden = !words;
  part(error, "span", HTMLElement).textContent = words;
  if (words) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** @param {string} time as "14:30" */
function inMinutes(time) {
  const [hours, minutes] = time.split(":");
  return Number(number(hours)) * 60 + Number(number(minutes));
}

const form = document.querySelector("form#infusion");
if (form instanceof HTMLFormElement) {
  post().then((mine) => mine && new Chair(form, { post: mine, uuid: () => crypto.randomUUID() }).start());
}
