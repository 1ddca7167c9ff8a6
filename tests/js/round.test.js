/** Going through the outbox while the network does what it likes. */

import assert from "node:assert/strict";
import test from "node:test";

import { MemoryOutbox } from "../../static/js/outbox.js";
import { Round } from "../../static/js/round.js";

const letter = (id) => ({ url: "/entries/2026-11-23", edit: { edit_id: id, items: { mood: 1 } } });
const [first, second] = [letter("1"), letter("2")];
const KEPT = { kind: "kept", day: { items: {} } };
const WAIT = { kind: "wait", seconds: null };
const REFUSED = { kind: "refused", said: "No.", field: null };

/** A round over these letters, each try answered by the next outcome; the last one stays. */
async function round(letters, ...outcomes) {
  const [outbox, tried, kept, refused] = [new MemoryOutbox(), [], [], []];
  for (const one of letters) await outbox.add(one);
  const answer = async (one) => {
    tried.push(one.edit.edit_id);
    return outcomes.length > 1 ? outcomes.shift() : outcomes[0];
  };
  const sender = { send: answer, rush: answer };
  const told = {
    kept: async (day) => void kept.push(day),
    refused: async (one) => void refused.push(one.edit.edit_id),
  };
  return { outbox, tried, kept, refused, round: new Round({ outbox, sender, told, now: Date.now }) };
}

/** Lets everything that is due happen. */
async function pass(t, ms) {
  t.mock.timers.tick(ms);
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

test("letters go one after the other, oldest first", async () => {
  const { outbox, tried, kept, round: one } = await round([first, second], KEPT);

  await one.go();

  assert.deepEqual(tried, ["1", "2"]);
  assert.equal(kept.length, 2);
  assert.deepEqual(await outbox.waiting(), []);
});

test("a letter that is refused never holds up the others", async () => {
  const { outbox, refused, round: one } = await round([first, second], REFUSED, KEPT);

  await one.go();

  assert.deepEqual(refused, ["1"]);
  assert.deepEqual(await outbox.waiting(), []);
  assert.deepEqual(await outbox.aside(), [first]);
});

test("without a network nothing is lost and the others are not tried", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox, tried, round: one } = await round([first, second], WAIT);

  await one.go();

  assert.deepEqual(tried, ["1"]);
  assert.equal((await outbox.waiting()).length, 2);
  assert.equal(one.stopped, WAIT);
});

test("it tries again after 2, 4 and 8 seconds", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, round: one } = await round([first], WAIT);
  await one.go();

  await pass(t, 1999);
  assert.equal(tried.length, 1);
  await pass(t, 1);
  assert.equal(tried.length, 2);
  await pass(t, 4000);
  assert.equal(tried.length, 3);
  await pass(t, 7999);
  assert.equal(tried.length, 3);
  await pass(t, 1);

  assert.equal(tried.length, 4);
});

test("it never waits longer than a minute by itself", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, round: one } = await round([first], WAIT);
  for (let turn = 0; turn < 9; turn += 1) await one.go();

  await pass(t, 60_000);

  assert.equal(tried.length, 10);
});

test("when the network is back, the letter goes at once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox, round: one } = await round([first], WAIT, KEPT);
  await one.go();

  await one.go();

  assert.deepEqual(await outbox.waiting(), []);
  assert.equal(one.stopped, null);
});

test("a server that says when is not asked before", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, round: one } = await round([first], { kind: "wait", seconds: 90 }, KEPT);
  await one.go();

  await one.go();
  await one.rush();
  await pass(t, 89_999);
  assert.deepEqual(tried, ["1"]);
  await pass(t, 1);

  assert.deepEqual(tried, ["1", "1"]);
});

test("it waits for a person where nobody is signed in, and not for a timer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, round: one } = await round([first], { kind: "sign-in", said: "Please." });
  await one.go();

  await pass(t, 3_600_000);

  assert.deepEqual(tried, ["1"]);
  assert.equal(one.stopped.kind, "sign-in");
});

test("two rounds are one", async () => {
  const { tried, round: one } = await round([first], KEPT);

  await Promise.all([one.go(), one.go()]);

  assert.deepEqual(tried, ["1"]);
});

test("a letter written while others are on their way goes too", async () => {
  const { outbox, tried, round: one } = await round([first], KEPT);

  const going = one.go();
  await outbox.add(second);
  await one.go();
  await going;

  assert.deepEqual(tried, ["1", "2"]);
});

test("a page that goes away sends everything at once", async () => {
  const { outbox, tried, round: one } = await round([first, second], KEPT);

  await one.rush();

  assert.deepEqual(tried, ["1", "2"]);
  assert.deepEqual(await outbox.waiting(), []);
});

test("a page that goes away twice sends once", async () => {
  const { tried, round: one } = await round([first], KEPT);

  await Promise.all([one.rush(), one.rush()]);

  assert.deepEqual(tried, ["1"]);
});
