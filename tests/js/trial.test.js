/** A test to a device, and what is said of it. */

import assert from "node:assert/strict";
import test from "node:test";

import { Trial } from "../../static/js/trial.js";
import { html, json, noNetwork } from "./server.js";

const TO = { url: "/devices/1/tests", token: "the page's" };
const state = (state) => () => json(200, { state, said: `said: ${state}` });

/** A trial whose questions are answered so, one after the other; the last one stays. */
function trial(begun, ...answers) {
  const [calls, said, pauses] = [[], [], []];
  const fetch = async (url, options) => {
    calls.push({ url, ...options });
    if (options.method === "POST") return begun();
    return answers.length > 1 ? answers.shift()() : answers[0]();
  };
  const one = new Trial({ fetch, pause: async (ms) => pauses.push(ms) });
  return { calls, said, pauses, go: () => one.go(TO, (words) => said.push(words)) };
}

const begun = () => json(200, { id: "7" });

test("it goes on asking until it was shown", async () => {
  const { calls, said, go } = trial(begun, state("waiting"), state("sent"), state("shown"));

  assert.equal(await go(), true);
  assert.deepEqual(said, ["said: waiting", "said: sent", "said: shown"]);
  assert.deepEqual(new Set(calls.slice(1).map(({ url }) => url)), new Set(["/devices/tests/7"]));
});

test("it is asked for with the page's token", async () => {
  const { calls, go } = trial(begun, state("shown"));

  await go();

  const [{ url, headers }] = calls;
  assert.equal(url, TO.url);
  assert.deepEqual(headers, { "Content-Type": "application/json", "X-CSRFToken": TO.token });
});

for (const end of ["refused", "gone", "failed", "late"]) {
  test(`it ends when it is ${end}`, async () => {
    const { said, go } = trial(begun, state(end));

    assert.equal(await go(), true);
    assert.deepEqual(said, [`said: ${end}`]);
  });
}

test("it is asked about once a second, for twenty seconds", async () => {
  const { pauses, go } = trial(begun, state("sent"));

  assert.equal(await go(), false);
  assert.deepEqual(pauses, Array(20).fill(1000));
});

test("a question that was not answered is asked again", async () => {
  const { said, go } = trial(begun, noNetwork, () => html(502), state("shown"));

  assert.equal(await go(), true);
  assert.deepEqual(said, ["said: shown"]);
});

test("a test that could not begin is no test", async () => {
  const { pauses, go } = trial(() => html(200), state("shown"));

  await assert.rejects(go());
  assert.deepEqual(pauses, []);
});
