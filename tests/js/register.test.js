/** Telling the server about this browser's subscription. */

import assert from "node:assert/strict";
import test from "node:test";

import { Register } from "../../static/js/register.js";
import { Server, html, json, noNetwork, problem, token } from "./server.js";

const SUBSCRIPTION = { endpoint: "https://push.example.org/1", keys: { p256dh: "p", auth: "a" } };
const kept = () => json(200, { id: "1" });
const KNOWN = { isKnown: true };

function register(answers) {
  const server = new Server(answers);
  return { server, register: new Register("ana", { fetch: server.fetch }) };
}

test("a subscription goes as JSON, with a fresh token", async () => {
  const { server, register: one } = register({ put: [kept] });

  assert.equal(await one.keep(SUBSCRIPTION, { isKnown: false }), true);

  const [{ url, headers, body, redirect }] = server.puts;
  assert.deepEqual([url, redirect], ["/push/devices", "manual"]);
  assert.deepEqual(headers, { "Content-Type": "application/json", "X-CSRFToken": "fresh" });
  assert.deepEqual(JSON.parse(body), SUBSCRIPTION);
});

test("one that the server knew is kept only if it still does", async () => {
  const { server, register: one } = register({ put: [() => problem(412, "removed")] });

  assert.equal(await one.keep(SUBSCRIPTION, KNOWN), false);
  assert.equal(server.puts[0].headers["If-Match"], "*");
});

test("someone else's session is not told", async () => {
  const { server, register: one } = register({ csrf: [() => token("ben")], put: [kept] });

  await assert.rejects(one.keep(SUBSCRIPTION, KNOWN));
  assert.deepEqual(server.puts, []);
});

for (const [what, answer] of [
  ["a portal's page", () => html(200)],
  ["a session that ran out", () => problem(401, "sign_in")],
  ["a server in trouble", () => html(502)],
  ["no network", noNetwork],
]) {
  test(`${what} is no answer`, async () => {
    await assert.rejects(register({ put: [answer] }).register.keep(SUBSCRIPTION, KNOWN));
  });
}

test("the key is read", async () => {
  const one = register({ csrf: [() => json(200, { key: "ours" })], put: [kept] }).register;

  assert.equal(await one.key(), "ours");
});

test("a browser that is turned off is named by its address", async () => {
  const { server, register: one } = register({ put: [kept] });

  await one.drop(SUBSCRIPTION.endpoint);

  const [, { method, body }] = server.calls;
  assert.deepEqual([method, JSON.parse(body)], ["DELETE", { endpoint: SUBSCRIPTION.endpoint }]);
});
