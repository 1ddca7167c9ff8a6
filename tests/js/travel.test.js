/** Ana's journal goes by New York, wherever her phone is. */

import assert from "node:assert/strict";
import test from "node:test";

import { Travel } from "../../static/js/travel.js";
import { Keep } from "./keep.js";

const HOME = "America/New_York";
const NOVEMBER = Date.parse("2026-11-24T20:14:00Z");
const words = "{here_time} in {here}, {home_time} in {home}, {else}";

function travel(here, { home = HOME, keep = new Keep(), now = NOVEMBER } = {}) {
  return new Travel({ home, here }, { now: () => now, lang: "en", keep });
}

test("in another zone she is asked", () => {
  assert.equal(travel("Europe/London").isNews, true);
});

for (const [here, home] of [
  [HOME, HOME],
  ["America/Toronto", HOME],
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["Europe/Kiev", "Europe/Kyiv"],
]) {
  test(`${here} is no news to a journal in ${home}: the clocks say the same`, () => {
    assert.equal(travel(here, { home }).isNews, false);
  });
}

test("half an hour is another clock", () => {
  assert.equal(travel("Australia/Adelaide", { home: "Australia/Sydney" }).isNews, true);
});

test("who keeps her zone is not asked again in this one", () => {
  const keep = new Keep();
  travel("Europe/London", { keep }).stay();

  assert.equal(travel("Europe/London", { keep }).isNews, false);
  assert.equal(travel("Asia/Tokyo", { keep }).isNews, true);
});

test("back home it is forgotten: the next journey is another one", () => {
  const keep = new Keep();
  travel("Europe/London", { keep }).stay();

  assert.equal(travel("America/Toronto", { keep }).isNews, false);
  assert.equal(travel("Europe/London", { keep }).isNews, true);
});

test("what both clocks say is filled in, and nothing else", () => {
  const said = travel("America/Argentina/Buenos_Aires").fill(words);

  assert.match(said, /^Tuesday.*5:14.* in Buenos Aires, Tuesday.*3:14.* in New York, \{else\}$/u);
});

test("a zone that this browser does not know is an error, not a guess", () => {
  assert.throws(() => travel("Europe/London", { home: "Mars/Olympus" }).isNews, RangeError);
});
