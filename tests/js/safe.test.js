/** What lies sealed on a phone. */

import assert from "node:assert/strict";
import test from "node:test";

import { Safe } from "../../static/js/safe.js";

const safe = async () => new Safe(await Safe.newKey());

test("what was sealed opens as it was", async () => {
  const one = await safe();

  const sealed = await one.seal("letter/1", { mood: 5, note: "Süß, sour ☕" });

  assert.deepEqual(await one.open("letter/1", sealed), { mood: 5, note: "Süß, sour ☕" });
});

test("a sealed letter shows nothing of what it says", async () => {
  const { box } = await (await safe()).seal("letter/1", "marker-of-ana");

  assert.equal(Buffer.from(box).includes("marker"), false);
});

test("the same sealed twice does not look the same", async () => {
  const one = await safe();

  const [first, second] = [await one.seal("letter/1", "x"), await one.seal("letter/1", "x")];

  assert.notDeepEqual(new Uint8Array(first.box), new Uint8Array(second.box));
});

test("a box put in another's place does not open", async () => {
  const one = await safe();
  const sealed = await one.seal("letter/1", "x");

  await assert.rejects(one.open("letter/2", sealed));
});

test("another phone's key opens nothing", async () => {
  const sealed = await (await safe()).seal("letter/1", "x");

  await assert.rejects((await safe()).open("letter/1", sealed));
});

test("no script can read the key out", async () => {
  const key = await Safe.newKey();

  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});
