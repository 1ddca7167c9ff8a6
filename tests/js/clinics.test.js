/** Whom Ana can call without a network. */

import assert from "node:assert/strict";
import test from "node:test";

import { Clinics } from "../../static/js/clinics.js";
import { Safe } from "../../static/js/safe.js";
import { Facts } from "./facts.js";
import { html, json, noNetwork, problem } from "./server.js";

const RIVERBEND = { name: "Riverbend", hours: "Weekdays, 9 to 17", telephone: "5550100" };
const HOUR = 3_600_000;
const told = () => json(200, { clinics: [RIVERBEND] });

/** Ana's phone. */
class Phone extends Facts {
  now = Date.parse("2026-11-24T20:00:00Z");
  asked = 0;
  answer = told;
  #safe = Safe.newKey().then((key) => new Safe(key));

  standing = async () => (await this.known("standing")) ?? "open";
  safe = () => this.#safe;

  get clinics() {
    return new Clinics(this, { now: () => this.now, fetch: async () => ((this.asked += 1), this.answer()) });
  }
}

test("what the server says is on the phone then", async () => {
  const phone = new Phone();

  await phone.clinics.refresh();

  assert.deepEqual(await phone.clinics.all(), [RIVERBEND]);
});

test("nobody reads it in what is kept", async () => {
  const phone = new Phone();

  await phone.clinics.refresh();

  const { box } = await phone.known("clinics");
  assert.doesNotMatch(Buffer.from(box.box).toString("latin1"), /Riverbend/);
});

for (const [later, asked] of [
  [23 * HOUR, 1],
  [24 * HOUR, 2],
]) {
  test(`after ${later / HOUR} hours it was asked for ${asked} times`, async () => {
    const phone = new Phone();
    await phone.clinics.refresh();

    phone.now += later;
    await phone.clinics.refresh();

    assert.equal(phone.asked, asked);
  });
}

for (const [what, answer] of [
  ["a stranger's page", () => html(200)],
  ["an answer that is not ours", () => json(200, { hello: 1 })],
  ["no session", () => problem(401, "sign_in")],
  ["no network", noNetwork],
]) {
  test(`${what}: what the phone knew stays`, async () => {
    const phone = new Phone();
    await phone.clinics.refresh();
    phone.answer = answer;

    phone.now += 25 * HOUR;
    await phone.clinics.refresh().catch(() => {});

    assert.deepEqual(await phone.clinics.all(), [RIVERBEND]);
  });
}

test("where her days are hidden, her clinics are too", async () => {
  const phone = new Phone();
  await phone.clinics.refresh();

  await phone.know("standing", "expired");

  assert.deepEqual(await phone.clinics.all(), []);
});

test("a phone that never heard of any shows none", async () => {
  assert.deepEqual(await new Phone().clinics.all(), []);
});
