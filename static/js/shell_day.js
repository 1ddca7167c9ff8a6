/** Today or yesterday, from what this phone keeps. */

import { daysBefore, diaryDay } from "./clock.js";
import { clinicsOf } from "./clinics.js";
import { inWords } from "./dates.js";
import { open } from "./day.js";
import { part } from "./question.js";
import { Marks, questionsOf } from "./questions.js";
import { ask, openSaid } from "./shell_sections.js";

/**
 * @typedef {import("./days.js").DayKept} DayKept
 * @typedef {import("./post.js").Post} Post
 * @typedef {import("./question.js").Question} Question
 * @typedef {import("./shell.js").Sheet} Sheet
 * @typedef {import("./store.js").Profile} Profile
 */

const PATH = /^\/entries\/(\d{4}-\d\d-\d\d)$/;

/** @param {Sheet} sheet @param {Post} mine @param {Profile} profile */
export async function fillDay(sheet, mine, { zone, began }) {
  const today = diaryDay(mine.now(), zone);
  const yesterday = daysBefore(today, 1);
  const day = PATH.exec(location.pathname)?.[1] ?? today;
  if (day < began || (day !== today && day !== yesterday)) return void sheet.show("elsewhere");
  const { title = "" } = sheet.show("sheet");
  sheet.title(inWords(day, title, document.documentElement.lang));
  lead(day === today, yesterday < began ? null : yesterday);
  const [kept] = await mine.days.between(day, day);
  const form = about(day, day === today ? "live" : "late", zone, mine.account, kept);
  const questions = questionsOf(form);
  await lay(form, day, mine, questions);
  for (const question of questions) say(question, kept?.items[question.item] ?? null);
  openSaid(questions);
  mine.settled(kept && Object.keys(kept.items).length ? "saved" : "empty");
  await mine.tell();
  await open(form, mine, questions);
}

/** Where else one can go. @param {boolean} isToday @param {string | null} yesterday */
function lead(isToday, yesterday) {
  const back = part(document, "[data-yesterday]", HTMLAnchorElement);
  back.href = `/entries/${yesterday}`;
  back.hidden = !isToday || !yesterday;
  part(document, "[data-today]", HTMLAnchorElement).hidden = isToday;
  part(document, "[data-late]", HTMLElement).hidden = isToday;
}

/** @param {string} day @param {string} how @param {string} zone @param {string} account @param {DayKept | undefined} kept */
function about(day, how, zone, account, kept) {
  const form = part(document, "form#day", HTMLFormElement);
  const put = `/entries/${day}`;
  form.action = put;
  Object.assign(form.dataset, { day, how, zone, account, put, revision: String(kept?.revision ?? 0) });
  return form;
}

/** What is due on that day, as far as this phone knows. @param {HTMLFormElement} form @param {string} day @param {Post} mine @param {Question[]} questions */
async function lay(form, day, mine, questions) {
  const asked = await mine.days.asked();
  ask(form, day, asked, await clinicsOf(mine.store).all());
  for (const question of questions) if (question instanceof Marks) question.offer(asked?.checklist ?? []);
}

/** @param {Question} question @param {import("./letter.js").Value} value */
function say(question, value) {
  part(question.fieldset, "input[name^=was_]", HTMLInputElement).value = JSON.stringify(value);
  if (value !== null) question.show(value);
}
