/** What a day asks for, as the phone keeps it, and what is said on a page without a network. */

import assert from "node:assert/strict";
import test from "node:test";

import { Days } from "../../static/js/days.js";
import { Safe } from "../../static/js/safe.js";
import { reliefOf } from "../../static/js/sections.js";
import { partsBeside } from "../../static/js/shell_history.js";
import { valueInWords } from "../../static/js/shell_waiting.js";
import { Facts } from "./facts.js";

const HEARD = { asks: { "2026-11-25": ["infusion", "goal"] }, long_term: ["2026-11-25"], checklist: ["Someone takes you home"], goal: "Walk the dog" };
const NAMES = new Map([
  ["noticed.chest", "Pain in the chest"],
  ["noticed.2", "Moderate"],
  ["goal_met.partly", "Partly"],
]);
const WORDS = { cleared: "taken back", none: "none of these" };

/** Ana's phone. */
class Phone extends Facts {
  #safe = Safe.newKey().then((key) => new Safe(key));

  safe = () => this.#safe;
}

test("what the journal asked for is known without a network", async () => {
  const days = new Days(new Phone());

  await days.ask({ ...HEARD, days: [], revision: 7, edits: 0 });

  assert.deepEqual(await days.asked(), HEARD);
});

test("a phone that has not heard knows of nothing", async () => {
  assert.equal(await new Days(new Phone()).asked(), null);
});

test("nobody reads her goal in what is kept", async () => {
  const phone = new Phone();

  await new Days(phone).ask(HEARD);

  const { box } = await phone.known("asks");
  assert.doesNotMatch(Buffer.from(box).toString("latin1"), /dog/);
});

for (const [before, after, said] of [
  [6, 3, "6 before, 3 after"],
  [0, 0, "0 before, 0 after"],
  [6, null, ""],
  [null, 3, ""],
]) {
  test(`${before} before and ${after} after is said as "${said}"`, () => {
    assert.equal(reliefOf("{before} before, {after} after", before, after), said);
  });
}

for (const [item, value, said] of [
  ["into_bed", "22:30", "22:30"],
  ["waso", 45, "45"],
  ["too_much", true, "✓"],
  ["pain_avg", null, "taken back"],
  ["ready", ["Eaten", "A ride home"], "Eaten, A ride home"],
  ["rescue_med", [{ name: "Ibuprofen", dose: 400, unit: "mg", count: 1 }], "Ibuprofen"],
  ["noticed", { chest: 2 }, "Pain in the chest: Moderate"],
  ["noticed", {}, "none of these"],
  ["goal_met", "partly", "Partly"],
]) {
  test(`${item} ${JSON.stringify(value)} waits as "${said}"`, () => {
    assert.equal(valueInWords(item, value, NAMES, WORDS), said);
  });
}

const OF_AN_INFUSION = new Map([
  ["agent", "What was given"],
  ["agent:choice", ""],
  ["agent.racemic", "racemic ketamine"],
  ["dose_mg:decimal", ""],
  ["dose_mg:unit", "mg"],
  ["given_at:moment", ""],
  ["weight_on:date", ""],
  ["left_at:time", ""],
  ["note:text", ""],
]);

for (const [item, value, said] of [
  ["agent", "racemic", "racemic ketamine"],
  ["dose_mg", 42.5, "42.5 mg"],
  ["given_at", "2026-11-24T23:10", "24 Nov 2026, 23:10"],
  ["weight_on", "2026-11-24", "24 Nov 2026"],
  ["left_at", "14:30", "14:30"],
  ["note", "2026-11-24", "2026-11-24"],
]) {
  test(`of an infusion, ${item} ${value} waits as "${said}"`, () => {
    globalThis.document = { documentElement: { lang: "en-GB" } };

    assert.equal(valueInWords(item, value, OF_AN_INFUSION, WORDS), said);
  });
}

test("of a day the parts are named in which something was said", () => {
  assert.deepEqual(partsBeside({ pain_avg: 7, waso: 45, noticed: {}, goal_met: "no" }), ["sleep", "noticed", "goal"]);
});
