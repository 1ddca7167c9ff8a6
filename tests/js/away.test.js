/** Five minutes away from Ana's phone, in whichever tab. */

import assert from "node:assert/strict";
import test from "node:test";

import { Away } from "../../static/js/away.js";
import { Keep } from "./keep.js";

const MINUTE = 60_000;

function phone() {
  const keep = new Keep();
  const clock = { now: Date.parse("2026-11-24T20:00:00Z") };
  const tab = () => new Away({ keep, now: () => clock.now });
  const away = tab();
  away.hang("ana", "monday");
  return { away, clock, tab };
}

for (const [later, isAway] of [
  [0, false],
  [5 * MINUTE - 1, false],
  [5 * MINUTE, true],
  [-5 * MINUTE, true],
]) {
  test(`after ${later} ms, away is ${isAway}`, () => {
    const { away, clock } = phone();

    clock.now += later;

    assert.equal(away.isAway, isAway);
  });
}

test("who is in another tab is here", () => {
  const { away, clock, tab } = phone();
  clock.now += 4 * MINUTE;
  tab().seen();

  clock.now += 4 * MINUTE;

  assert.equal(away.isAway, false);
});

test("locked, she is away whatever the time", () => {
  const { away } = phone();

  away.lock();

  assert.equal(away.isAway, true);
  assert.equal(away.isHung("ana"), true);
});

test("it is hers alone", () => {
  const { away } = phone();

  assert.equal(away.isHung("ben"), false);
  assert.equal(away.isHung(""), false);
});

test("another session means that she has signed in since", () => {
  const { away } = phone();

  assert.equal(away.isFresh("monday"), false);
  assert.equal(away.isFresh("tuesday"), true);
  assert.equal(away.isFresh(undefined), false);
});

test("taken down, nothing of it is kept", () => {
  const { away } = phone();

  away.takeDown();

  assert.equal(away.isHung("ana"), false);
});
