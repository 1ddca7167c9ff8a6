/** Going through the outbox while the network does what it likes. */

import assert from "node:assert/strict";
import test from "node:test";

import { MemoryOutbox } from "../../static/js/outbox.js";
import { Round } from "../../static/js/round.js";
import { letter, whole } from "./server.js";

const [first, second] = [letter("1", 1), letter("2", 2)];
const KEPT = { kind: "kept", day: { items: {} } };
const WAIT = { kind: "wait", seconds: null, isHeard: false, isFault: false };
const FAULT = { kind: "wait", seconds: null, isHeard: true, isFault: true };
const REFUSED = { kind: "refused", said: "No.", field: null };
const SIGN_IN = { kind: "sign-in", said: "Please.", isEnded: false };

/** Forty letters, a second apart. */
const forty = () => Array.from({ length: 40 }, (_, n) => letter(String(n + 10), n));

/** A round over these letters, each try of one answered by the next outcome; the last one stays. */
async function round(letters, ...outcomes) {
  const told = { kept: [], refused: [], stopped: 0 };
  const [outbox, tried, sent] = [new MemoryOutbox(), [], []];
  for (const one of letters) await outbox.keep(one);
  const answer = async (together) => {
    sent.push(together.length);
    tried.push(...together.map(({ edit }) => edit.edit_id));
    return together.map(() => (outcomes.length > 1 ? outcomes.shift() : outcomes[0]));
  };
  const one = new Round({
    outbox,
    sender: { send: answer, rush: answer },
    now: Date.now,
    uuid: () => "new",
    told: {
      kept: async (day) => void told.kept.push(day),
      refused: async (wrong) => void told.refused.push(wrong.edit.edit_id),
      stopped: async () => void (told.stopped += 1),
    },
  });
  return { outbox, tried, sent, told, round: one };
}

/** Lets everything that is due happen. */
async function pass(t, ms) {
  t.mock.timers.tick(ms);
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
}

test("letters go together, oldest first", async () => {
  const { outbox, tried, sent, told, round: one } = await round([second, first], KEPT);

  await one.go();

  assert.deepEqual([tried, sent], [["1", "2"], [2]]);
  assert.equal(told.kept.length, 2);
  assert.deepEqual(await outbox.waiting(), []);
});

test("many go thirty at a time, and each once", async () => {
  const { outbox, tried, sent, round: one } = await round(forty(), KEPT);

  await one.go();

  assert.deepEqual(sent, [30, 10]);
  assert.equal(new Set(tried).size, 40);
  assert.deepEqual(await outbox.waiting(), []);
});

test("a letter that is refused never holds up the others", async () => {
  const { outbox, told, round: one } = await round([first, second], REFUSED, KEPT);

  await one.go();

  assert.deepEqual(told.refused, ["1"]);
  assert.deepEqual(await outbox.waiting(), []);
  assert.deepEqual(await outbox.aside(), [{ letter: first, refusal: { said: "No.", field: null } }]);
});

test("of a letter that is wrong in part, the rest is sent in the same round", async () => {
  const said = letter("1", 1, { mood: 5, note: "long" });
  const { outbox, tried, told, round: one } = await round([said], { ...REFUSED, field: "note" }, KEPT);

  await one.go();

  assert.deepEqual(tried, ["1", "new"]);
  assert.equal(told.kept.length, 1);
  assert.deepEqual((await outbox.aside()).map(({ letter }) => letter.edit.items), [{ note: "long" }]);
});

test("an infusion that is wrong in part is set aside as it was written", async () => {
  const infusion = whole("1");
  const { outbox, told, round: one } = await round([infusion], { ...REFUSED, field: "dose_mg" });

  await one.go();

  assert.deepEqual(told.refused, ["1"]);
  assert.deepEqual(await outbox.waiting(), []);
  assert.deepEqual((await outbox.aside()).map((aside) => aside.letter), [infusion]);
});

test("a letter that the server stumbles over never holds up the others", async () => {
  const { outbox, told, round: one } = await round([first, second], FAULT, KEPT);

  await one.go();

  assert.equal(told.kept.length, 1);
  assert.deepEqual(await outbox.waiting(), [first]);
});

test("a letter that the server stumbles over comes after all others, and alone", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, sent, round: one } = await round(forty(), FAULT, KEPT);
  await one.go();

  await pass(t, 2000);

  assert.deepEqual(sent, [30, 10, 1]);
  assert.equal(tried.at(-1), "10");
});

test("what the server stumbles over and over is tried again, ever more rarely", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox, tried, round: one } = await round([first], FAULT);
  await one.go();

  await pass(t, 2000);
  await pass(t, 3999);
  assert.equal(tried.length, 2);
  await pass(t, 1);

  assert.equal(tried.length, 3);
  assert.deepEqual(await outbox.waiting(), [first]);
});

test("without a network nothing is lost and the others are not tried", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox, sent, told, round: one } = await round(forty(), WAIT);

  await one.go();

  assert.deepEqual(sent, [30]);
  assert.equal((await outbox.waiting()).length, 40);
  assert.equal(one.stopped, WAIT);
  assert.equal(told.stopped, 1);
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
  const { tried, round: one } = await round([first], { ...WAIT, seconds: 90 }, KEPT);
  await one.go();

  await one.go();
  await one.rush();
  await pass(t, 89_999);
  assert.deepEqual(tried, ["1"]);
  await pass(t, 1);

  assert.deepEqual(tried, ["1", "1"]);
});

test("a server that asks for a day is asked again after a quarter of an hour", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, round: one } = await round([first], { ...WAIT, seconds: 86_400 });
  await one.go();

  await pass(t, 900_000);

  assert.equal(tried.length, 2);
});

test("it waits for a person where nobody is signed in, and not for a timer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { tried, told, round: one } = await round([first], SIGN_IN);
  await one.go();

  await pass(t, 3_600_000);

  assert.deepEqual(tried, ["1"]);
  assert.equal(one.stopped, SIGN_IN);
  assert.equal(told.stopped, 1);
});

test("what needs a person is said before what only needs time", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { round: one } = await round([first, second], WAIT, SIGN_IN);

  await one.go();

  assert.equal(one.stopped, SIGN_IN);
});

test("two rounds are one", async () => {
  const { tried, round: one } = await round([first], KEPT);

  await Promise.all([one.go(), one.go()]);

  assert.deepEqual(tried, ["1"]);
});

test("a round waits for the other tabs' to end", async () => {
  const done = [];
  const alone = async (work) => {
    done.push("mine");
    await work();
    done.push("over");
  };
  const sender = { send: async () => (done.push("sent"), [KEPT]), rush: async () => [] };
  const outbox = new MemoryOutbox();
  await outbox.keep(first);
  const told = { kept: async () => {}, refused: async () => {}, stopped: async () => {} };

  await new Round({ outbox, sender, told, uuid: () => "", now: Date.now, alone }).go();

  assert.deepEqual(done, ["mine", "sent", "over"]);
});

test("a letter written while others are on their way goes too", async () => {
  const { outbox, tried, round: one } = await round([first], KEPT);

  const going = one.go();
  await outbox.keep(second);
  await one.go();
  await going;

  assert.deepEqual(tried, ["1", "2"]);
});

test("a page that goes away sends everything at once", async () => {
  const { outbox, tried, sent, round: one } = await round([first, second], KEPT);

  await one.rush();

  assert.deepEqual([tried, sent], [["1", "2"], [2]]);
  assert.deepEqual(await outbox.waiting(), []);
});

test("a page that goes away with nothing asks for nothing", async () => {
  const { sent, round: one } = await round([], KEPT);

  await one.rush();

  assert.deepEqual(sent, []);
});

test("a page that goes away twice sends once", async () => {
  const { tried, round: one } = await round([first], KEPT);

  await Promise.all([one.rush(), one.rush()]);

  assert.deepEqual(tried, ["1"]);
});
