/** The curtain of Ana's phone: her PIN, and what becomes of wrong ones. */

import assert from "node:assert/strict";
import test from "node:test";

import { Curtain } from "../../static/js/curtain.js";
import { fits, isPin, markOf } from "../../static/js/pin.js";
import { Facts } from "./facts.js";

const PIN = "4711";
const WRONG = "0000";

async function hung() {
  const facts = new Facts();
  const curtain = new Curtain(facts);
  await curtain.hang(PIN, "monday");
  // As quick as it gets: how slow it is in earnest is tried below.
  const { salt, hash } = await quick(PIN);
  await facts.change("curtain", (was) => ({ ...was, salt, hash, rounds: 1 }));
  return { facts, curtain };
}

async function quick(pin) {
  const salt = new Uint8Array(16);
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 1 };
  return { salt, hash: new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)) };
}

async function tryOften(curtain, pin, times) {
  let tried;
  for (let time = 0; time < times; time += 1) tried = await curtain.try(pin);
  return tried;
}

for (const pin of ["0000", "1234", "12345678"]) {
  test(`${pin} is a PIN`, () => assert.equal(isPin(pin), true));
}

for (const pin of ["", "123", "123456789", "12a4", "12 34", "١٢٣٤", "1234\n"]) {
  test(`${JSON.stringify(pin)} is none`, () => assert.equal(isPin(pin), false));
}

test("what is kept of a PIN is slow to guess, and another one each time", async () => {
  const [one, other] = [await markOf(PIN), await markOf(PIN)];

  assert.ok(one.rounds >= 300_000);
  assert.equal(one.hash.length, 32);
  assert.notDeepEqual(one.salt, other.salt);
  assert.notDeepEqual(one.hash, other.hash);
});

test("the PIN fits, and another does not", async () => {
  const mark = await markOf(PIN);

  assert.equal(await fits(PIN, mark), true);
  assert.equal(await fits("47110", mark), false);
});

test("the right PIN opens it, and the wrong ones before are forgotten", async () => {
  const { facts, curtain } = await hung();
  await tryOften(curtain, WRONG, 9);

  assert.equal((await curtain.try(PIN)).is, "open");
  assert.equal((await facts.known("curtain")).wrong, 0);
});

test("each wrong one counts", async () => {
  const { curtain } = await hung();

  assert.deepEqual(await curtain.try(WRONG), { is: "wrong", wrong: 1, left: 9 });
  assert.deepEqual(await curtain.try(WRONG), { is: "wrong", wrong: 2, left: 8 });
});

test("many at once are many", async () => {
  const { facts, curtain } = await hung();

  await Promise.all(Array.from({ length: 5 }, () => curtain.try(WRONG)));

  assert.equal((await facts.known("curtain")).wrong, 5);
});

test("after ten it is as if her session had run out", async () => {
  const { facts, curtain } = await hung();

  assert.deepEqual(await tryOften(curtain, WRONG, 10), { is: "locked", wrong: 10, left: 0 });
  assert.equal(await facts.known("standing"), "expired");
});

test("the tenth try may still be the right one", async () => {
  const { facts, curtain } = await hung();
  await tryOften(curtain, WRONG, 9);

  assert.equal((await curtain.try(PIN)).is, "open");
  assert.equal(await facts.known("standing"), undefined);
});

test("then the right PIN does not open it either", async () => {
  const { curtain } = await hung();
  await tryOften(curtain, WRONG, 10);

  assert.equal((await curtain.try(PIN)).is, "locked");
  assert.equal(await curtain.meet("monday"), "locked");
  assert.equal(await curtain.meet(undefined), "locked");
});

test("her password opens it: she has another session", async () => {
  const { facts, curtain } = await hung();
  await tryOften(curtain, WRONG, 10);

  assert.equal(await curtain.meet("tuesday"), "hung");
  assert.equal((await curtain.try(PIN)).is, "open");
  assert.equal((await facts.known("curtain")).session, "tuesday");
});

test("where there is none, nothing is made", async () => {
  const facts = new Facts();
  const curtain = new Curtain(facts);

  assert.equal(await curtain.meet("monday"), "none");
  assert.equal((await curtain.try(WRONG)).is, "open");
  assert.equal(await facts.known("curtain"), undefined);
});

test("taken down, it is gone", async () => {
  const { curtain } = await hung();

  await curtain.takeDown();

  assert.equal(await curtain.meet("monday"), "none");
});
