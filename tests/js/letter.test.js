/** What gathers in one letter, and when it is closed. */

import assert from "node:assert/strict";
import test from "node:test";

import { Draft, same } from "../../static/js/letter.js";

const ABOUT = { url: "/entries/2026-11-23", zone: "America/New_York", account: "ana" };

/** A draft whose n-th tap is at `t<n>` and whose n-th letter is `letter-<n>`. */
function draft() {
  const counted = { taps: 0, letters: 0, ripe: 0 };
  const started = new Draft(ABOUT, {
    clock: { next: () => `t${++counted.taps}` },
    uuid: () => `letter-${++counted.letters}`,
    ripe: () => (counted.ripe += 1),
  });
  return { draft: started, counted };
}

test("a letter says what changed, when, where and for whom, and no more", () => {
  const { draft: day } = draft();

  day.say("pain_avg", 7);
  day.say("note", null);

  assert.deepEqual(day.close(), {
    url: "/entries/2026-11-23",
    edit: {
      edit_id: "letter-1",
      edited_at: "t2",
      zone: "America/New_York",
      items: { pain_avg: 7, note: null },
      reason: null,
      account: "ana",
    },
  });
  day.close();
});

test("the last word about an item is the one that goes", () => {
  const { draft: day } = draft();

  day.say("mood", 3);
  day.say("mood", 5);

  assert.deepEqual(day.close().edit.items, { mood: 5 });
});

test("where nothing changed there is no letter", () => {
  assert.equal(draft().draft.close(), null);
});

test("after closing, the next change begins another letter", () => {
  const { draft: day } = draft();
  day.say("mood", 3);
  day.close();

  day.say("pain_avg", 1);

  const { edit } = day.close();
  assert.equal(edit.edit_id, "letter-2");
  assert.deepEqual(edit.items, { pain_avg: 1 });
});

test("a closed letter cannot be changed", () => {
  const { draft: day } = draft();
  day.say("mood", 3);
  const letter = day.close();

  day.say("mood", 9);

  assert.equal(letter.edit.items.mood, 3);
  assert.throws(() => (letter.edit.items.mood = 9), TypeError);
  assert.throws(() => (letter.edit.edit_id = "other"), TypeError);
  day.close();
});

test("a letter is ripe three seconds after the last change", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { draft: day, counted } = draft();
  day.say("mood", 3);
  t.mock.timers.tick(2000);
  day.say("pain_avg", 3);

  t.mock.timers.tick(2999);
  assert.equal(counted.ripe, 0);
  t.mock.timers.tick(1);

  assert.equal(counted.ripe, 1);
});

test("a letter that was closed early does not ripen again", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { draft: day, counted } = draft();
  day.say("mood", 3);

  day.close();
  t.mock.timers.tick(10_000);

  assert.equal(counted.ripe, 0);
});

test("a draft knows what is still in it", () => {
  const { draft: day } = draft();

  day.say("mood", null);

  assert.equal(day.has("mood"), true);
  assert.equal(day.has("pain_avg"), false);
  assert.equal(day.isEmpty, false);
  day.close();
  assert.equal(day.isEmpty, true);
});

test("a medicine is the same whatever order its parts come in", () => {
  const shown = [{ count: null, dose: 200, name: "Ibuprofen", unit: "mg" }];
  const read = [{ name: "Ibuprofen", dose: 200, unit: "mg", count: null }];

  assert.equal(same(shown, read), true);
  assert.equal(same(shown, [{ ...read[0], count: 2 }]), false);
});

test("nothing, zero and an empty list are three things", () => {
  assert.equal(same(null, 0), false);
  assert.equal(same(null, []), false);
  assert.equal(same(7.0, 7), true);
});
