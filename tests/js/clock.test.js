/** When an edit was made, whatever the phone's clock does. */

import assert from "node:assert/strict";
import test from "node:test";

import { EditClock, daysBefore, diaryDay } from "../../static/js/clock.js";

const NOON = Date.parse("2026-11-23T12:00:00.000Z");

/** A phone whose clock can be set, and what it remembers. */
function phone({ at = NOON, kept = {} } = {}) {
  const set = { at, kept };
  const keep = { getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value) };
  return { set, kept, clock: new EditClock({ now: () => set.at, keep }) };
}

test("an edit is stamped with the phone's time, in UTC and milliseconds", () => {
  const { clock } = phone({ at: NOON + 0.75 });

  assert.equal(clock.next(), "2026-11-23T12:00:00.000Z");
});

test("two edits in one millisecond still have an order", () => {
  const { clock } = phone();

  clock.next();

  assert.equal(clock.next(), "2026-11-23T12:00:00.001Z");
});

test("a clock set back never makes the newest tap look old", () => {
  const { clock, set } = phone();
  clock.next();

  set.at = NOON - 3_600_000;

  assert.equal(clock.next(), "2026-11-23T12:00:00.001Z");
});

test("the next page of the same phone goes on from there", () => {
  const { clock, kept } = phone();
  clock.next();

  const later = phone({ at: NOON - 60_000, kept });

  assert.equal(later.clock.next(), "2026-11-23T12:00:00.001Z");
});

test("a clock that is ahead follows the Date of our answers", () => {
  const { clock } = phone();

  clock.correct("Mon, 23 Nov 2026 11:50:00 GMT", NOON);

  assert.equal(clock.next(), "2026-11-23T11:50:01.000Z");
});

test("a clock that is behind is left alone", () => {
  const { clock } = phone();

  clock.correct("Mon, 23 Nov 2026 12:10:00 GMT", NOON);

  assert.equal(clock.next(), "2026-11-23T12:00:00.000Z");
});

test("the seconds that an answer took are not taken for a clock ahead", () => {
  const { clock, set } = phone();

  set.at = NOON + 8000;
  clock.correct("Mon, 23 Nov 2026 12:00:00 GMT", NOON);

  assert.equal(clock.next(), "2026-11-23T12:00:08.000Z");
});

test("an answer without a Date teaches nothing", () => {
  const { clock } = phone();

  clock.correct(null, NOON);
  clock.correct("yesterday", NOON);

  assert.equal(clock.next(), "2026-11-23T12:00:00.000Z");
});

test("a correction never makes time go backwards", () => {
  const { clock } = phone();
  clock.next();

  clock.correct("Mon, 23 Nov 2026 09:00:00 GMT", NOON);

  assert.equal(clock.next(), "2026-11-23T12:00:00.001Z");
});

test("where storage is refused, the page's own memory is enough", () => {
  const clock = new EditClock({ now: () => NOON, keep: null });

  clock.next();

  assert.equal(clock.next(), "2026-11-23T12:00:00.001Z");
});

test("where storage throws, the page's own memory is enough", () => {
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const clock = new EditClock({ now: () => NOON, keep: { getItem: full, setItem: full } });

  clock.next();

  assert.equal(clock.next(), "2026-11-23T12:00:00.001Z");
});

test("what storage holds is not believed when it makes no sense", () => {
  assert.equal(phone({ kept: { last: "soon" } }).clock.next(), "2026-11-23T12:00:00.000Z");
  assert.equal(phone({ kept: { last: "9e99" } }).clock.next(), "2026-11-23T12:00:00.000Z");
});

test("the diary day turns at four in the morning where she is", () => {
  const zone = "America/New_York";

  assert.equal(diaryDay(Date.parse("2026-11-24T08:59:59Z"), zone), "2026-11-23");
  assert.equal(diaryDay(Date.parse("2026-11-24T09:00:00Z"), zone), "2026-11-24");
});

test("nights in which the clocks change turn at four as well", () => {
  const zone = "America/New_York";

  assert.equal(diaryDay(Date.parse("2026-11-01T08:59:00Z"), zone), "2026-10-31");
  assert.equal(diaryDay(Date.parse("2026-11-01T09:00:00Z"), zone), "2026-11-01");
  assert.equal(diaryDay(Date.parse("2026-03-08T07:59:00Z"), zone), "2026-03-07");
  assert.equal(diaryDay(Date.parse("2026-03-08T08:00:00Z"), zone), "2026-03-08");
});

for (const [day, count, before] of [
  ["2026-11-24", 1, "2026-11-23"],
  ["2026-03-01", 1, "2026-02-28"],
  ["2028-03-01", 1, "2028-02-29"],
  ["2027-01-01", 1, "2026-12-31"],
  ["2026-11-24", 0, "2026-11-24"],
  ["2026-11-24", -7, "2026-12-01"],
  ["2026-11-02", 35, "2026-09-28"],
]) {
  test(`${count} days before ${day} it is ${before}`, () => {
    assert.equal(daysBefore(day, count), before);
  });
}
