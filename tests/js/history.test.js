/** The calendar as a phone draws it by itself. */

import assert from "node:assert/strict";
import test from "node:test";

import { isOnlyWords, lastWeeks, short, stateOf } from "../../static/js/shell_history.js";

const [MONDAY, SUNDAY] = [0, 6];

test("a calendar shows five whole weeks, the newest first", () => {
  const weeks = lastWeeks("2026-11-24", MONDAY);

  assert.deepEqual(weeks.map((week) => week.length), [7, 7, 7, 7, 7]);
  assert.deepEqual([weeks[0][0], weeks[0][6]], ["2026-11-23", "2026-11-29"]);
  assert.deepEqual([weeks[4][0], weeks[4][6]], ["2026-10-26", "2026-11-01"]);
});

for (const [today, begins, first] of [
  ["2026-11-23", MONDAY, "2026-11-23"],
  ["2026-11-29", MONDAY, "2026-11-23"],
  ["2026-11-29", SUNDAY, "2026-11-29"],
  ["2026-11-28", SUNDAY, "2026-11-22"],
]) {
  test(`where weeks begin on day ${begins}, that of ${today} began on ${first}`, () => {
    assert.equal(lastWeeks(today, begins)[0][0], first);
  });
}

for (const [what, items, how, state] of [
  ["written that day", { mood: 5 }, { mood: "live" }, "live"],
  ["written the day after", { mood: 5 }, { mood: "late" }, "late"],
  ["as live as its liveliest answer", { mood: 5, pain_avg: 2 }, { mood: "corrected", pain_avg: "late" }, "late"],
  ["that has not arrived anywhere", { mood: 5 }, {}, "live"],
  ["that was too much", { too_much: true }, { too_much: "late" }, "too_much"],
  ["that was too much, and yet told", { too_much: true, mood: 2 }, { too_much: "live", mood: "live" }, "live"],
]) {
  test(`a day ${what} is ${state}`, () => {
    assert.equal(stateOf({ items, how }), state);
  });
}

test("quarters of an hour are written short", () => {
  assert.deepEqual([6.75, 6.5, 0.25, 7, 0].map(short), ["6¾", "6½", "¼", "7", "0"]);
});

for (const [what, items, only] of [
  ["side effects alone", { noticed: { nausea: 2 } }, true],
  ["a night and a goal", { into_bed: "22:30", goal_met: "yes" }, true],
  ["a number among words", { note: "Rain", mood: 0 }, false],
]) {
  test(`${what}: ${only ? "a mark stands for it" : "the number says it"}`, () => {
    assert.equal(isOnlyWords(items), only);
  });
}
