/** What a letter's sender makes of everything that a network can answer. */

import assert from "node:assert/strict";
import test from "node:test";

import { Sender } from "../../static/js/send.js";
import { LETTER, SAVED, Server, html, json, noNetwork, problem, token } from "./server.js";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const WAIT = { kind: "wait", seconds: null };
const saved = () => json(200, SAVED);

function sender(answers) {
  const server = new Server(answers);
  const dates = [];
  const clock = { correct: (date) => dates.push(date) };
  const from = { csrf: "/csrf", token: "the page's" };
  return { server, dates, sender: new Sender(from, { fetch: server.fetch, now: () => NOW, clock }) };
}

/** What becomes of a letter whose PUT is answered so. */
const sent = (...put) => sender({ put }).sender.send(LETTER);

test("an answer that names our edit keeps it", async () => {
  assert.deepEqual(await sent(saved), { kind: "kept", day: SAVED });
});

test("a letter goes as JSON, with a fresh token, and outlives its page", async () => {
  const { server, sender: one } = sender({ put: [saved] });

  await one.send(LETTER);

  const [{ url, headers, body, keepalive, redirect }] = server.puts;
  assert.equal(url, "/entries/2026-11-23");
  assert.deepEqual(headers, { "Content-Type": "application/json", "X-CSRFToken": "fresh" });
  assert.deepEqual(JSON.parse(body), LETTER.edit);
  assert.equal(keepalive, true);
  assert.equal(redirect, "manual");
});

test("a page that goes away sends with the token it has", async () => {
  const { server, sender: one } = sender({ put: [saved] });

  await one.rush(LETTER);

  assert.equal(server.calls.length, 1);
  assert.equal(server.calls[0].headers["X-CSRFToken"], "the page's");
});

test("a token that ran out is fetched anew, once, and the same letter sent", async () => {
  const { server, sender: one } = sender({ put: [() => problem(400, "csrf"), saved] });

  const outcome = await one.send(LETTER);

  assert.equal(outcome.kind, "kept");
  assert.equal(server.puts.length, 2);
  assert.equal(server.puts[0].body, server.puts[1].body);
});

test("a token that is refused again waits, and is not asked for in a circle", async () => {
  const { server, sender: one } = sender({ put: [() => problem(400, "csrf")] });

  assert.deepEqual(await one.send(LETTER), WAIT);
  assert.equal(server.puts.length, 2);
});

test("someone else's session gets none of it", async () => {
  const { server, sender: one } = sender({ csrf: [() => token("bose")], put: [saved] });

  assert.deepEqual(await one.send(LETTER), { kind: "stranger" });
  assert.equal(server.puts.length, 0);
});

test("a session that ran out asks to sign in", async () => {
  const outcome = { kind: "sign-in", said: "said: sign_in" };

  assert.deepEqual(await sent(() => problem(401, "sign_in")), outcome);
});

test("a session that ran out is noticed before anything is sent", async () => {
  const { server, sender: one } = sender({ csrf: [() => problem(401, "sign_in")], put: [saved] });

  assert.equal((await one.send(LETTER)).kind, "sign-in");
  assert.equal(server.puts.length, 0);
});

test("a session ended from elsewhere keeps the letter until she signs in", async () => {
  assert.equal((await sent(() => problem(410, "session_ended"))).kind, "sign-in");
});

for (const status of [400, 403, 404, 409, 413, 422]) {
  test(`our ${status} sets the letter aside and says why`, async () => {
    const refused = { kind: "refused", said: "said: no", field: null };

    assert.deepEqual(await sent(() => problem(status, "no")), refused);
  });
}

test("a refusal says which item it is about", async () => {
  const about = { code: "invalid", message: "Too long.", field: "note" };

  assert.equal((await sent(() => json(400, about))).field, "note");
});

for (const status of [408, 425, 429, 500, 502, 503, 504]) {
  test(`our ${status} waits`, async () => {
    assert.deepEqual(await sent(() => problem(status, "later")), WAIT);
  });
}

test("Retry-After is waited for, in seconds", async () => {
  const busy = () => problem(429, "too_many", { "Retry-After": "120" });

  assert.deepEqual(await sent(busy), { kind: "wait", seconds: 120 });
});

test("Retry-After is waited for, as a date", async () => {
  const busy = () => problem(503, "unavailable", { "Retry-After": "Mon, 23 Nov 2026 12:00:30 GMT" });

  assert.deepEqual(await sent(busy), { kind: "wait", seconds: 30 });
});

test("a Retry-After that says nothing is as if there were none", async () => {
  assert.deepEqual(await sent(() => problem(503, "no", { "Retry-After": "soon" })), WAIT);
});

test("a gateway's own page is not an answer", async () => {
  assert.equal((await sent(() => html(502))).kind, "wait");
});

test("a captive portal's 200 is not an answer", async () => {
  assert.deepEqual(await sent(() => html(200)), WAIT);
});

test("a captive portal's 403 does not set the letter aside", async () => {
  assert.deepEqual(await sent(() => html(403)), WAIT);
});

test("JSON that is not ours does not set the letter aside", async () => {
  assert.deepEqual(await sent(() => json(403, { error: "log in to the hotel" })), WAIT);
});

test("a redirect is not followed and not an answer", async () => {
  const away = () => Object.defineProperty(html(200), "status", { value: 0 });

  assert.equal((await sent(away)).kind, "wait");
});

test("200 that names another edit is not an answer", async () => {
  assert.deepEqual(await sent(() => json(200, { ...SAVED, edit_id: "other" })), WAIT);
});

test("200 without a day is not an answer", async () => {
  assert.deepEqual(await sent(() => json(200, { edit_id: SAVED.edit_id })), WAIT);
});

test("201 is not an answer either", async () => {
  assert.deepEqual(await sent(() => json(201, SAVED)), WAIT);
});

test("JSON that was cut off is not an answer", async () => {
  const headers = { "Content-Type": "application/json" };
  const cut = () => new Response(JSON.stringify(SAVED).slice(0, 40), { headers });

  assert.deepEqual(await sent(cut), WAIT);
});

test("JSON null is not an answer", async () => {
  assert.deepEqual(await sent(() => json(200, null)), WAIT);
});

test("without a network the letter waits", async () => {
  assert.deepEqual(await sent(noNetwork), WAIT);
});

test("without a network at the token the letter waits as well", async () => {
  assert.deepEqual(await sender({ csrf: [noNetwork], put: [saved] }).sender.send(LETTER), WAIT);
});

test("a portal in the token's place is no token", async () => {
  const { server, sender: one } = sender({ csrf: [() => html(200)], put: [saved] });

  assert.equal((await one.send(LETTER)).kind, "wait");
  assert.equal(server.puts.length, 0);
});

test("the clock learns from our answers", async () => {
  const { dates, sender: one } = sender({ put: [saved] });

  await one.send(LETTER);

  assert.deepEqual(dates, ["Mon, 23 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"]);
});

test("the clock does not learn from a portal", async () => {
  const portal = () => html(200, { Date: "Thu, 01 Jan 2015 00:00:00 GMT" });
  const { dates, sender: one } = sender({ csrf: [portal], put: [portal] });

  await one.send(LETTER);

  assert.deepEqual(dates, []);
});
