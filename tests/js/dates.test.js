/** Days in words, without a server. */

import assert from "node:assert/strict";
import test from "node:test";

import { inWords } from "../../static/js/dates.js";

for (const [pattern, lang, words] of [
  ["EEEE d MMMM", "en", "Tuesday 24 November"],
  ["EEEE, d 'de' MMMM", "es", "martes, 24 de noviembre"],
  ["d MMM", "en", "24 Nov"],
  ["d ''MMM''", "en", "24 'Nov'"],
  ["EEE d", "en", "Tue 24"],
  ["EEEEE", "en", "T"],
  ["d MMMM y", "en", "24 November 2026"],
]) {
  test(`${pattern} in ${lang} is ${words}`, () => {
    assert.equal(inWords("2026-11-24", pattern, lang), words);
  });
}

test("a day is that day, wherever the phone is", () => {
  process.env.TZ = "Pacific/Kiritimati";
  assert.equal(inWords("2026-11-24", "EEEE d", "en"), "Tuesday 24");
  process.env.TZ = "Pacific/Midway";
  assert.equal(inWords("2026-11-24", "EEEE d", "en"), "Tuesday 24");
});
