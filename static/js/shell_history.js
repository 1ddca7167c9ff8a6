/** The last weeks, from what this phone keeps: the calendar, and the days in words. */

import { daysBefore, diaryDay } from "./clock.js";
import { inWords } from "./dates.js";
import { part } from "./question.js";

/**
 * @typedef {import("./days.js").DayKept} DayKept
 * @typedef {import("./letter.js").Value} Value
 * @typedef {import("./post.js").Post} Post
 * @typedef {import("./shell.js").Sheet} Sheet
 * @typedef {import("./store.js").Profile} Profile
 * @typedef {{ items: Record<string, Value>, how: Readonly<Record<string, string>>, isWaiting: boolean }} Told
 */

const WEEKS = 5;
const SHOWN = 30;
const SAID = ["pain_avg", "pain_worst", "interference", "mood", "sleep_hours", "sleep_quality", "too_much", "note", "rescue_med"];
const NUMBERS = ["pain_avg", "mood", "sleep_hours"];
/** What is said of the other parts of a day: that there is something. @type {Record<string, string[]>} */
const BESIDE = {
  sleep: ["into_bed", "try_sleep", "sol", "awakenings", "waso", "final_awake", "out_bed"],
  infusion: ["ready", "before_pain", "before_mood", "after_pain", "after_mood"],
  noticed: ["noticed"],
  goal: ["goal_met"],
};
/** @type {Record<string, string>} */
const QUARTERS = { 0.25: "¼", 0.5: "½", 0.75: "¾" };

/** @param {Sheet} sheet @param {Post} mine @param {Profile} profile */
export async function fillHistory(sheet, mine, { zone, began }) {
  const today = diaryDay(mine.now(), zone);
  const from = daysBefore(today, SHOWN - 1);
  const first = from > began ? from : began;
  const page = new History(sheet, mine, sheet.show("sheet"), { today, first });
  mine.serve({ kept: page.show, heard: page.show });
  await page.show();
}

class History {
  #sheet;
  #mine;
  #words;
  #today;
  #first;
  #lang = document.documentElement.lang;

  /** @param {Sheet} sheet @param {Post} mine @param {DOMStringMap} words @param {{ today: string, first: string }} days */
  constructor(sheet, mine, words, { today, first }) {
    this.#sheet = sheet;
    this.#mine = mine;
    this.#words = words;
    this.#today = today;
    this.#first = first;
  }

  show = async () => {
    const told = await this.#told();
    const weeks = lastWeeks(this.#today, Number(this.#words.weekBegins));
    part(document, "[data-weekdays]", HTMLElement).replaceChildren(...weeks[0].map((day) => this.#weekday(day)));
    part(document, "[data-weeks]", HTMLElement).replaceChildren(...weeks.map((week) => this.#week(week, told)));
    const days = [...told.keys()].sort().reverse();
    part(document, "[data-days]", HTMLElement).replaceChildren(...days.map((day) => this.#line(day, told)));
    part(document, "[data-in-words]", HTMLElement).hidden = !days.length;
    part(document, "[data-nothing]", HTMLElement).hidden = days.length > 0;
  };

  /** What the journal says, and over it what has not arrived there. @returns {Promise<Map<string, Told>>} */
  async #told() {
    /** @type {Map<string, Told>} */
    const told = new Map();
    for (const { day, items, how } of await this.#mine.days.between(this.#first, this.#today)) {
      if (Object.keys(items).length) told.set(day, { items: { ...items }, how, isWaiting: false });
    }
    for (const { day, edit } of await this.#mine.outbox.waiting()) {
      const before = told.get(day) ?? { items: {}, how: {} };
      const items = Object.entries({ ...before.items, ...edit.items }).filter(([, value]) => value !== null);
      told.set(day, { items: Object.fromEntries(items), how: before.how, isWaiting: true });
    }
    return told;
  }

  /** @param {string} day */
  #weekday(day) {
    const cell = document.createElement("th");
    cell.scope = "col";
    const name = document.createElement("abbr");
    name.title = inWords(day, "EEEE", this.#lang);
    name.textContent = inWords(day, "EEEEE", this.#lang);
    cell.append(name);
    return cell;
  }

  /** @param {string[]} week @param {Map<string, Told>} told */
  #week(week, told) {
    const row = document.createElement("tr");
    for (const day of week) row.insertCell().append(this.#cell(day, told.get(day)));
    return row;
  }

  /** @param {string} day @param {Told | undefined} told */
  #cell(day, told) {
    if (day > this.#today || day < this.#first) return this.#blank(day);
    const cell = this.#sheet.piece("cell");
    const state = told ? stateOf(told) : "empty";
    cell.classList.add(`cell--${state}`);
    /** @type {HTMLAnchorElement} */ (cell).href = `/entries/${day}`;
    if (day === this.#today) cell.setAttribute("aria-current", "date");
    const { day: name = "", firstDay = "" } = this.#words;
    const words = [inWords(day, name, this.#lang), this.#words[state]].filter(Boolean).join(", ");
    part(cell, "[data-name]", HTMLElement).textContent = `${words}. `;
    part(cell, "[data-number]", HTMLElement).textContent = inWords(day, day.endsWith("-01") ? firstDay : "d", this.#lang);
    if (state !== "too_much") part(cell, "[data-much]", HTMLElement).remove();
    const items = told && state !== "too_much" ? told.items : null;
    const isWords = items !== null && isOnlyWords(items);
    if (!isWords) part(cell, "[data-written]", HTMLElement).remove();
    const { pain_avg, mood, sleep_hours } = items ?? {};
    for (const [series, value] of Object.entries({ pain: pain_avg, mood, sleep: sleep_hours })) {
      number(cell, series, value, !items || isWords);
    }
    return cell;
  }

  /** @param {string} day */
  #blank(day) {
    const cell = document.createElement("span");
    cell.className = "cell";
    if (day > this.#today) {
      const name = document.createElement("span");
      name.className = "cell__day";
      name.textContent = inWords(day, "d", this.#lang);
      cell.append(name);
    }
    return cell;
  }

  /** @param {string} day @param {Map<string, Told>} told */
  #line(day, told) {
    const line = this.#sheet.piece("told");
    part(line, "a", HTMLAnchorElement).href = `/entries/${day}`;
    part(line, ".told__day", HTMLElement).textContent = inWords(day, this.#words.day ?? "", this.#lang);
    part(line, ".told__words", HTMLElement).textContent = this.#sentence(/** @type {Told} */ (told.get(day)));
    return line;
  }

  /** @param {Told} told */
  #sentence({ items, isWaiting }) {
    const parts = SAID.filter((item) => item in items).map((item) => this.#part(item, items[item]));
    parts.push(...partsBeside(items).map((name) => this.#words[name] ?? ""));
    const line = parts.join(", ") || (this.#words.other ?? "");
    const said = line.charAt(0).toLocaleUpperCase(this.#lang) + line.slice(1);
    return isWaiting ? `${said} (${this.#words.waiting})` : said;
  }

  /** @param {string} item @param {Value} value */
  #part(item, value) {
    const said = typeof value === "number" ? new Intl.NumberFormat(this.#lang).format(value) : "";
    return (this.#words[item] ?? "").replace("{n}", said);
  }
}

/** Whole weeks up to today's, the newest first. @param {string} today @param {number} begins 0 is Monday */
export function lastWeeks(today, begins) {
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay();
  // The server counts from Monday, this clock from Sunday.
  const start = daysBefore(today, (weekday - begins + 6) % 7);
  return Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => daysBefore(start, week * 7 - day)),
  );
}

/** The parts of a day beside the usual one in which something was said. @param {Readonly<Record<string, Value>>} items */
export function partsBeside(items) {
  return Object.keys(BESIDE).filter((name) => BESIDE[name].some((item) => item in items));
}

/** A day is as live as its liveliest answer. @param {Pick<Told, "items" | "how">} told */
export function stateOf({ items, how }) {
  const names = Object.keys(items);
  if (names.length === 1 && items.too_much) return "too_much";
  const hows = names.map((name) => how[name] ?? "live");
  return ["live", "late", "corrected"].find((one) => hows.includes(one)) ?? "live";
}

/** Whether none of a day's numbers was said. @param {Readonly<Record<string, Value>>} items */
export function isOnlyWords(items) {
  return NUMBERS.every((item) => typeof items[item] !== "number");
}

/** @param {HTMLElement} cell @param {string} series @param {Value | undefined} value @param {boolean} isBare */
function number(cell, series, value, isBare) {
  const figure = part(cell, `[data-${series}]`, HTMLElement);
  const whole = /** @type {HTMLElement} */ (figure.parentElement);
  if (typeof value === "number") figure.textContent = short(value);
  else if (isBare) whole.remove();
  else whole.textContent = "\u00a0";
}

/** 6.75 is "6¾". @param {number} value */
export function short(value) {
  const part = QUARTERS[value % 1] ?? "";
  return value >= 1 || !part ? `${Math.floor(value)}${part}` : part;
}
