/** Letters on disk: what may leave a page that goes away, in which words. */

import assert from "node:assert/strict";
import test from "node:test";

import { KeptOutbox } from "../../static/js/kept_outbox.js";
import { DAMAGED, Disk } from "./disk.js";
import { letter } from "./server.js";

const first = letter("a", 1, { mood: 7 });
const more = letter("a", 2, { mood: 7, pain_avg: 3 });

function outboxOn(disk) {
  return new KeptOutbox(disk.store, () => "another");
}

test("what lies on disk goes in the words that it has there", async () => {
  const outbox = outboxOn(new Disk());
  await outbox.keep(first);

  assert.deepEqual(outbox.parting(), [first]);
});

test("what is still on its way to the disk goes as a letter of its own", async () => {
  const disk = new Disk();
  const outbox = outboxOn(disk);
  await outbox.keep(first);
  const letGo = disk.hold();
  const kept = outbox.keep(more);

  assert.deepEqual(outbox.parting(), [letter("another", 2, { mood: 7, pain_avg: 3 })]);

  letGo();
  assert.equal(await kept, true);
  assert.deepEqual(outbox.parting(), [more]);
});

test("another page may have sent the older words meanwhile", async () => {
  const disk = new Disk();
  const [mine, theirs] = [outboxOn(disk), outboxOn(disk)];
  await mine.keep(first);
  assert.deepEqual(await theirs.take(), [first]);

  const kept = mine.keep(more);
  assert.deepEqual(mine.parting(), [letter("another", 2, { mood: 7, pain_avg: 3 })]);

  assert.equal(await kept, false);
  assert.deepEqual(mine.parting(), [first]);
});

test("what the disk refuses goes as the page has it", async () => {
  const disk = new Disk();
  const store = { ...disk.store, database: { ...disk.store.database, write: () => Promise.reject(new Error("full")) } };
  const outbox = new KeptOutbox(store, () => "another");
  await outbox.keep(first);

  assert.deepEqual(outbox.parting(), [first]);
});

test("a letter that was damaged on the disk does not hide the others", async () => {
  const disk = new Disk();
  const outbox = outboxOn(disk);
  await outbox.keep(first);
  disk.rows.set("b", { edit_id: "b", tries: 0, faults: 0, letter: DAMAGED, refusal: null });

  assert.deepEqual(await outbox.waiting(), [first]);
  assert.deepEqual(await outbox.take(), [first]);
});
