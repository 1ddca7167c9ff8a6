/** What something she noticed asks for, and at which strength. */

import assert from "node:assert/strict";
import test from "node:test";

import { dueFor } from "../../static/js/sections.js";

const CHEST = { call: "1", emergency: "2" };
const HEART = { call: "3" };
const CRAVING = {};
const [STILL_TO_SAY, MILD, MODERATE, SEVERE] = [0, 1, 2, 3];

for (const [what, ticked, due] of [
  ["nothing", [], ""],
  ["what has no mark, however strong", [{ ...CRAVING, strength: SEVERE }], ""],
  ["what is under its mark", [{ ...HEART, strength: MODERATE }], ""],
  ["what is at its mark", [{ ...HEART, strength: SEVERE }], "clinic"],
  ["what is ticked, its strength still to be said", [{ ...CHEST, strength: STILL_TO_SAY }], "clinic"],
  ["what is mild and yet marked", [{ ...CHEST, strength: MILD }], "clinic"],
  ["what is at the emergency mark", [{ ...CHEST, strength: MODERATE }], "emergency"],
  ["what is beyond it", [{ ...CHEST, strength: SEVERE }], "emergency"],
  ["the strongest of several", [{ ...HEART, strength: SEVERE }, { ...CHEST, strength: SEVERE }], "emergency"],
]) {
  test(`${what} asks for ${due || "nobody"}`, () => {
    assert.equal(dueFor(ticked), due);
  });
}
