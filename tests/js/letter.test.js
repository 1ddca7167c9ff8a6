/** What gathers in one letter, when it is closed, and what becomes of one that is wrong in part. */

import assert from "node:assert/strict";
import test from "node:test";

import { Draft, same, split } from "../../static/js/letter.js";
import { letter, whole } from "./server.js";

const ABOUT = { url: "/entries/2026-11-23", day: "2026-11-23", zone: "America/New_York", account: "ana" };

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

  const said = day.say("note", null);

  assert.deepEqual(said, {
    url: "/entries/2026-11-23",
    day: "2026-11-23",
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

test("each tap gives the letter so far, to be kept at once", () => {
  const { draft: day } = draft();

  const [first, second] = [day.say("mood", 3), day.say("pain_avg", 1)];

  assert.deepEqual(first.edit.items, { mood: 3 });
  assert.deepEqual(second.edit.items, { mood: 3, pain_avg: 1 });
  assert.equal(first.edit.edit_id, second.edit.edit_id);
  day.close();
});

test("the last word about an item is the one that goes", () => {
  const { draft: day } = draft();
  day.say("mood", 3);

  assert.deepEqual(day.say("mood", 5).edit.items, { mood: 5 });
  day.close();
});

test("after closing, the next change begins another letter", () => {
  const { draft: day } = draft();
  day.say("mood", 3);
  day.close();

  const { edit } = day.say("pain_avg", 1);

  assert.equal(edit.edit_id, "letter-2");
  assert.deepEqual(edit.items, { pain_avg: 1 });
  day.close();
});

test("a letter that was given out cannot be changed", () => {
  const { draft: day } = draft();
  const said = day.say("mood", 3);

  day.say("mood", 9);

  assert.equal(said.edit.items.mood, 3);
  assert.throws(() => (said.edit.items.mood = 9), TypeError);
  assert.throws(() => (said.edit.edit_id = "other"), TypeError);
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
  day.close();
  assert.equal(day.has("mood"), false);
});

test("what another page sent meanwhile is said in a letter of its own, as it was said", () => {
  const { draft: day } = draft();
  const sent = day.say("mood", 3);

  const anew = day.anew(sent);

  assert.deepEqual(anew, { ...sent, edit: { ...sent.edit, edit_id: "letter-2" } });
  assert.equal(day.say("mood", 4).edit.edit_id, "letter-2");
  day.close();
});

test("a closed letter that is said anew leaves the one that is being written alone", () => {
  const { draft: day } = draft();
  const sent = day.say("mood", 3);
  day.close();
  const open = day.say("pain_avg", 1);

  day.anew(sent);

  assert.equal(day.say("pain_avg", 2).edit.edit_id, open.edit.edit_id);
  day.close();
});

test("of a letter with one wrong item the rest goes on, said when it was said", () => {
  const said = letter("1", 7, { mood: 5, note: "long" });

  const { wrong, rest } = split(said, "note", () => "2");

  assert.deepEqual(wrong, letter("1", 7, { note: "long" }));
  assert.deepEqual(rest, letter("2", 7, { mood: 5 }));
  assert.deepEqual(said.edit.items, { mood: 5, note: "long" });
});

for (const [what, items, field] of [
  ["with nothing but the wrong item", { note: "long" }, "note"],
  ["that is wrong as a whole", { mood: 5, note: "long" }, null],
  ["that is wrong in something that is no item", { mood: 5, note: "long" }, "edited_at"],
]) {
  test(`a letter ${what} stays whole`, () => {
    const said = letter("1", 0, items);

    assert.deepEqual(split(said, field, () => "2"), { wrong: said, rest: null });
  });
}

test("what is taken as a whole stays whole where one item is wrong", () => {
  const infusion = whole("a");

  assert.deepEqual(split(infusion, "dose_mg", () => "new"), { wrong: infusion, rest: null });
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
