/** Where letters lie. */

import assert from "node:assert/strict";
import test from "node:test";

import { MemoryOutbox } from "../../static/js/outbox.js";

const letter = (id) => ({ url: "/entries/2026-11-23", edit: { edit_id: id, items: { mood: 1 } } });
const [first, second] = [letter("1"), letter("2")];

async function outboxOf(...letters) {
  const outbox = new MemoryOutbox();
  for (const one of letters) await outbox.add(one);
  return outbox;
}

test("letters wait in the order they were written", async () => {
  const outbox = await outboxOf(first, second);

  assert.deepEqual(await outbox.waiting(), [first, second]);
});

test("a letter that arrived is gone", async () => {
  const outbox = await outboxOf(first, second);

  await outbox.drop(first);

  assert.deepEqual(await outbox.waiting(), [second]);
});

test("a letter set aside is not sent again, and not lost", async () => {
  const outbox = await outboxOf(first, second);

  await outbox.setAside(first);

  assert.deepEqual(await outbox.waiting(), [second]);
  assert.deepEqual(await outbox.aside(), [first]);
});

test("a letter set aside goes when it is not needed any more", async () => {
  const outbox = await outboxOf(first);
  await outbox.setAside(first);

  await outbox.drop(first);

  assert.deepEqual(await outbox.aside(), []);
});

test("a letter that had arrived already cannot be set aside", async () => {
  const outbox = await outboxOf(first);
  await outbox.drop(first);

  await outbox.setAside(first);

  assert.deepEqual(await outbox.aside(), []);
});
