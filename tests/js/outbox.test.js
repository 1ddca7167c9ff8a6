/** Where letters lie. */

import assert from "node:assert/strict";
import test from "node:test";

import { MemoryOutbox } from "../../static/js/outbox.js";
import { letter } from "./server.js";

const [first, second, third] = [letter("a", 1), letter("b", 2), letter("c", 3)];
const REFUSAL = { said: "Too long.", field: "note" };

async function outboxOf(...letters) {
  const outbox = new MemoryOutbox();
  for (const one of letters) await outbox.keep(one);
  return outbox;
}

test("letters wait in the order they were written, not in that of their keeping", async () => {
  const outbox = await outboxOf(second, first);

  assert.deepEqual(await outbox.waiting(), [first, second]);
});

test("two of one moment still have an order", async () => {
  const outbox = await outboxOf(letter("b", 1), letter("a", 1));

  assert.deepEqual(await outbox.waiting(), [letter("a", 1), letter("b", 1)]);
});

test("a letter that gathers more is kept in place of what it was", async () => {
  const outbox = await outboxOf(first);
  const more = letter("a", 4, { mood: 5, pain_avg: 2 });

  assert.equal(await outbox.keep(more), true);

  assert.deepEqual(await outbox.waiting(), [more]);
});

test("a letter once tried never changes", async () => {
  const outbox = await outboxOf(first);
  await outbox.take();

  assert.equal(await outbox.keep(letter("a", 4, { mood: 9 })), false);

  assert.deepEqual(await outbox.waiting(), [first]);
});

test("a letter that arrived, or was set aside, never changes either", async () => {
  const outbox = await outboxOf(first, second);
  await outbox.drop(first);
  await outbox.setAside(second, REFUSAL, null);

  assert.equal(await outbox.keep(first), false);
  assert.equal(await outbox.keep(second), false);

  assert.deepEqual(await outbox.waiting(), []);
});

test("what was taken still waits: only an answer takes a letter away", async () => {
  const outbox = await outboxOf(first);

  assert.deepEqual(await outbox.take(), [first]);

  assert.deepEqual(await outbox.waiting(), [first]);
  assert.deepEqual(await outbox.take(), [first]);
});

test("thirty are taken at a time, the oldest", async () => {
  const many = Array.from({ length: 60 }, (_, n) => letter(String(n).padStart(2, "0"), n));
  const outbox = await outboxOf(...many);

  assert.deepEqual(await outbox.take(), many.slice(0, 30));
});

test("a letter that arrived is gone", async () => {
  const outbox = await outboxOf(first, second);

  await outbox.drop(first);

  assert.deepEqual(await outbox.waiting(), [second]);
});

test("what the server stumbles over is taken after all others, and alone", async () => {
  const outbox = await outboxOf(first, second, third);

  await outbox.blame(first);
  assert.deepEqual(await outbox.take(), [second, third]);
  for (const one of [second, third]) await outbox.drop(one);

  assert.deepEqual(await outbox.take(), [first]);
});

test("two that the server stumbles over take turns", async () => {
  const outbox = await outboxOf(first, second);
  for (const one of [first, second, first]) await outbox.blame(one);

  assert.deepEqual(await outbox.take(), [second]);
});

test("what this page wrote is at hand without asking anybody", async () => {
  const outbox = await outboxOf(second, first);

  assert.deepEqual(outbox.parting(), [first, second]);
});

test("a letter set aside is not sent again, and not lost", async () => {
  const outbox = await outboxOf(first, second);

  await outbox.setAside(first, REFUSAL, null);

  assert.deepEqual(await outbox.waiting(), [second]);
  assert.deepEqual(await outbox.take(), [second]);
  assert.deepEqual(await outbox.aside(), [{ letter: first, refusal: REFUSAL }]);
});

test("of a letter that is wrong in part, the rest waits in its stead", async () => {
  const outbox = await outboxOf(letter("a", 1, { mood: 5, note: "long" }));
  const [wrong, rest] = [letter("a", 1, { note: "long" }), letter("d", 1, { mood: 5 })];

  await outbox.setAside(wrong, REFUSAL, rest);

  assert.deepEqual(await outbox.waiting(), [rest]);
  assert.deepEqual(await outbox.aside(), [{ letter: wrong, refusal: REFUSAL }]);
});

test("a letter set aside goes when it is not needed any more", async () => {
  const outbox = await outboxOf(first);
  await outbox.setAside(first, REFUSAL, null);

  await outbox.drop(first);

  assert.deepEqual(await outbox.aside(), []);
});

test("a letter that had arrived already cannot be set aside", async () => {
  const outbox = await outboxOf(first);
  await outbox.drop(first);

  await outbox.setAside(first, REFUSAL, second);

  assert.deepEqual(await outbox.aside(), []);
  assert.deepEqual(await outbox.waiting(), []);
});

test("a letter that was ever kept is known, also when it has gone", async () => {
  const outbox = await outboxOf(first);
  await outbox.drop(first);

  assert.deepEqual(["a", "b"].map((id) => outbox.knows(id)), [true, false]);
});
