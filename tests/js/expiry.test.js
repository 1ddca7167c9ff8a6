/** Ending Ana's session as if it had run out. */

import assert from "node:assert/strict";
import test from "node:test";

import { expire } from "../../static/js/expiry.js";
import { html, json, noNetwork, problem, token } from "./server.js";

/** A network that gives these answers, one after the other. */
function network(...answers) {
  const calls = [];
  const fetch = async (url, options) => {
    calls.push({ url, ...options });
    return answers.shift()();
  };
  return { calls, fetch };
}

const gone = () => new Response(null, { status: 204 });

test("the server is told which one, with a token of its own", async () => {
  const { calls, fetch } = network(token, gone);

  assert.equal(await expire("monday", { fetch }), true);

  const [, told] = calls;
  assert.deepEqual([told.method, told.url], ["POST", "/account/sessions/monday/locking"]);
  assert.equal(told.headers["X-CSRFToken"], "fresh");
  assert.equal(told.redirect, "manual");
});

for (const [status, code] of [
  [401, "sign_in"],
  [410, "session_ended"],
]) {
  test(`${status}: it was over before`, async () => {
    assert.equal(await expire("monday", network(() => problem(status, code))), true);
  });
}

test("of somebody else it is not there, so it is over for her", async () => {
  assert.equal(await expire("monday", network(token, () => problem(404, "not_there"))), true);
});

for (const [what, answers] of [
  ["no network", [noNetwork]],
  ["a network that breaks in between", [token, noNetwork]],
  ["a stranger's page", [() => html(200)]],
  ["a server in trouble", [() => json(503, { code: "unavailable" })]],
  ["a server in trouble later", [token, () => problem(500, "fault")]],
]) {
  test(`${what}: not yet`, async () => {
    assert.equal(await expire("monday", network(...answers)), false);
  });
}
