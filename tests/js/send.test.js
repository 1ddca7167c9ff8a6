/** What a letter's sender makes of everything that a network can answer. */

import assert from "node:assert/strict";
import test from "node:test";

import { Sender } from "../../static/js/send.js";
import { LETTER, SAVED, Server, answers, cut, html, json, letter, named } from "./server.js";
import { noNetwork, problem, redirect, token, well, wellBut, whole } from "./server.js";

const NOW = Date.parse("2026-11-23T12:00:00Z");
/** Nothing came back. */
const SILENCE = { kind: "wait", seconds: null, isHeard: false, isFault: false };
/** Something did, and it was no yes. */
const WAIT = { ...SILENCE, isHeard: true };
const FAULT = { ...WAIT, isFault: true };
const REFUSED = { kind: "refused", said: "said: no", field: null };
const THREE = [letter("a", 1), letter("b", 2), letter("c", 3)];
const saved = () => json(200, SAVED);

function sender(answers) {
  const server = new Server(answers);
  const dates = [];
  const clock = { correct: (date) => dates.push(date) };
  return { server, dates, sender: new Sender("the page's", { fetch: server.fetch, now: () => NOW, clock }) };
}

/** What becomes of one letter whose PUTs are answered so. */
const sent = async (...put) => (await sender({ put }).sender.send([LETTER]))[0];

/** What becomes of each of three. */
const sentThree = async (...put) => (await sender({ put }).sender.send(THREE)).map(({ kind }) => kind);

test("an answer that names our edit keeps it", async () => {
  assert.deepEqual(await sent(saved), { kind: "kept", day: SAVED });
});

test("a letter goes as JSON, with a fresh token, and outlives its page", async () => {
  const { server, sender: one } = sender({ put: [saved] });

  await one.send([LETTER]);

  const [{ url, headers, body, keepalive, redirect }] = server.puts;
  assert.equal(url, "/entries/2026-11-23");
  assert.deepEqual(headers, { "Content-Type": "application/json", "X-CSRFToken": "fresh" });
  assert.deepEqual(JSON.parse(body), LETTER.edit);
  assert.equal(keepalive, true);
  assert.equal(redirect, "manual");
});

test("several letters go in one request, each with its day", async () => {
  const { server, sender: one } = sender({ put: [well] });

  const outcomes = await one.send(THREE);

  assert.deepEqual(outcomes.map(({ kind }) => kind), ["kept", "kept", "kept"]);
  const [{ url, body }] = server.puts;
  assert.equal(url, "/entries");
  assert.deepEqual(JSON.parse(body).edits[1], { day: "2026-11-23", ...THREE[1].edit });
});

test("thirty letters at once, and a page may go: a browser lets it send no more than 64 KB", async () => {
  const { server, sender: one } = sender({ put: [well] });
  const long = (id) => letter(id, 1, { note: "ä".repeat(1000) });
  const many = Array.from({ length: 30 }, (_, n) => long(String(n)));

  await one.send(many.slice(0, 20));
  await one.send(many);

  assert.deepEqual(server.puts.map(({ keepalive }) => keepalive), [true, false]);
});

test("each of many is judged by the answer that names it, in whatever order", async () => {
  const backwards = ({ edits }) => answers(edits.map(named).reverse());

  const outcomes = await sender({ put: [backwards] }).sender.send(THREE);

  assert.deepEqual(outcomes.map(({ day }) => day.edit_id), ["a", "b", "c"]);
});

test("one of many that is refused says why; the others are kept", async () => {
  const tooLong = ({ edit_id }) => ({ status: 400, edit_id, code: "invalid", message: "said: no", field: "note" });

  const outcomes = await sender({ put: [wellBut(["b"], tooLong)] }).sender.send(THREE);

  assert.deepEqual(outcomes[1], { ...REFUSED, field: "note" });
  assert.deepEqual([outcomes[0].kind, outcomes[2].kind], ["kept", "kept"]);
});

test("one of many that nothing is said about waits; the others are kept", async () => {
  const nothing = () => null;

  assert.deepEqual(await sentThree(wellBut(["b"], nothing)), ["kept", "wait", "kept"]);
});

test("many that are refused as a whole go each by itself", async () => {
  const { server, sender: one } = sender({ put: [() => problem(413, "too_large"), well] });

  const outcomes = await one.send(THREE);

  assert.deepEqual(server.sent, [["a", "b", "c"], ["a"], ["b"], ["c"]]);
  assert.deepEqual(outcomes.map(({ kind }) => kind), ["kept", "kept", "kept"]);
});

test("what goes as a whole goes by itself, each to its own address", async () => {
  const { server, sender: one } = sender({ put: [(body) => json(200, { ...SAVED, edit_id: body.edit_id })] });

  const outcomes = await one.send([whole("a", 1), whole("b", 2)]);

  assert.deepEqual(outcomes.map(({ kind }) => kind), ["kept", "kept"]);
  assert.deepEqual(server.puts.map(({ url }) => url), ["/clinic/patients/ana/infusions/a", "/clinic/patients/ana/infusions/b"]);
});

test("where one finds nobody to take it, the next is not tried", async () => {
  const { server, sender: one } = sender({ put: [noNetwork] });

  const outcomes = await one.send([whole("a", 1), whole("b", 2)]);

  assert.deepEqual(outcomes, [SILENCE, SILENCE]);
  assert.equal(server.puts.length, 1);
});

test("one of them that is refused does not hold up the next", async () => {
  const { sender: one } = sender({ put: [() => problem(409, "conflict"), (body) => json(200, { ...SAVED, edit_id: body.edit_id })] });

  const outcomes = await one.send([whole("a", 1), whole("b", 2)]);

  assert.deepEqual(outcomes.map(({ kind }) => kind), ["refused", "kept"]);
});

test("what the server stumbles over among many is found, and never holds up the others", async () => {
  const fault = () => problem(500, "fault");
  const stumbles = (body) => (JSON.stringify(body).includes('"b"') ? fault() : well(body));

  const outcomes = await sender({ put: [stumbles] }).sender.send(THREE);

  assert.deepEqual(outcomes.map(({ kind }) => kind), ["kept", "wait", "kept"]);
  assert.deepEqual(outcomes[1], FAULT);
});

for (const [what, put] of [
  ["a portal's page", () => html(200)],
  ["a gateway's page", () => html(502)],
  ["a server that is busy", () => problem(503, "unavailable")],
  ["a session that ran out", () => problem(401, "sign_in")],
]) {
  test(`many that meet ${what} are not tried one by one`, async () => {
    const { server, sender: one } = sender({ put: [put] });

    const outcomes = await one.send(THREE);

    assert.equal(server.puts.length, 1);
    assert.equal(new Set(outcomes).size, 1);
  });
}

test("a page that goes away sends with the token it has", async () => {
  const { server, sender: one } = sender({ put: [saved] });

  await one.rush([LETTER]);

  assert.equal(server.calls.length, 1);
  assert.equal(server.calls[0].headers["X-CSRFToken"], "the page's");
});

for (const letters of [[LETTER], THREE]) {
  test(`a token that ran out is fetched anew, once, and the same sent: ${letters.length}`, async () => {
    const { server, sender: one } = sender({ put: [() => problem(400, "csrf"), well] });

    const outcomes = await one.send(letters);

    assert.deepEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(["kept"]));
    assert.equal(server.puts.length, 2);
    assert.equal(server.puts[0].body, server.puts[1].body);
  });
}

test("a token that is refused again waits, and is not asked for in a circle", async () => {
  const { server, sender: one } = sender({ put: [() => problem(400, "csrf")] });

  assert.equal((await one.send([LETTER]))[0].kind, "wait");
  assert.equal(server.puts.length, 2);
});

test("someone else's session gets none of it", async () => {
  const { server, sender: one } = sender({ csrf: [() => token("bose")], put: [well] });

  assert.deepEqual(await one.send(THREE), THREE.map(() => ({ kind: "stranger" })));
  assert.equal(server.puts.length, 0);
});

test("a session that ran out asks to sign in", async () => {
  const outcome = { kind: "sign-in", said: "said: sign_in", isEnded: false };

  assert.deepEqual(await sent(() => problem(401, "sign_in")), outcome);
});

test("a session that ran out is noticed before anything is sent", async () => {
  const { server, sender: one } = sender({ csrf: [() => problem(401, "sign_in")], put: [saved] });

  assert.equal((await one.send([LETTER]))[0].kind, "sign-in");
  assert.equal(server.puts.length, 0);
});

test("a session ended from elsewhere keeps the letter until she signs in, and says so", async () => {
  const { kind, isEnded } = await sent(() => problem(410, "session_ended"));

  assert.deepEqual([kind, isEnded], ["sign-in", true]);
});

for (const status of [400, 403, 404, 409, 413, 422]) {
  test(`our ${status} sets the letter aside and says why`, async () => {
    assert.deepEqual(await sent(() => problem(status, "no")), REFUSED);
  });
}

test("a refusal says which item it is about", async () => {
  const about = { code: "invalid", message: "Too long.", field: "note" };

  assert.equal((await sent(() => json(400, about))).field, "note");
});

for (const status of [408, 425, 429, 502, 503, 504]) {
  test(`our ${status} waits`, async () => {
    assert.deepEqual(await sent(() => problem(status, "later")), WAIT);
  });
}

test("our 500 waits, and may be about the letter", async () => {
  assert.deepEqual(await sent(() => problem(500, "fault")), FAULT);
});

test("another's 500 is about nothing of ours", async () => {
  assert.deepEqual(await sent(() => html(500)), WAIT);
});

test("Retry-After is waited for, in seconds", async () => {
  const busy = () => problem(429, "too_many", { "Retry-After": "120" });

  assert.deepEqual(await sent(busy), { ...WAIT, seconds: 120 });
});

test("Retry-After is waited for, as a date", async () => {
  const busy = () => problem(503, "unavailable", { "Retry-After": "Mon, 23 Nov 2026 12:00:30 GMT" });

  assert.deepEqual(await sent(busy), { ...WAIT, seconds: 30 });
});

test("a Retry-After that says nothing is as if there were none", async () => {
  assert.deepEqual(await sent(() => problem(503, "no", { "Retry-After": "soon" })), WAIT);
});

test("a gateway's own page is not an answer", async () => {
  assert.deepEqual(await sent(() => html(502)), WAIT);
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
  assert.deepEqual(await sent(redirect), WAIT);
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
  assert.deepEqual(await sent(cut), SILENCE);
});

test("JSON null is not an answer", async () => {
  assert.deepEqual(await sent(() => json(200, null)), WAIT);
});

test("without a network the letter waits", async () => {
  assert.deepEqual(await sent(noNetwork), SILENCE);
});

test("without a network at the token the letter waits as well", async () => {
  const { sender: one } = sender({ csrf: [noNetwork], put: [saved] });

  assert.deepEqual(await one.send([LETTER]), [SILENCE]);
});

test("a portal in the token's place is no token", async () => {
  const { server, sender: one } = sender({ csrf: [() => html(200)], put: [saved] });

  assert.deepEqual(await one.send([LETTER]), [WAIT]);
  assert.equal(server.puts.length, 0);
});

test("the clock learns from our answers", async () => {
  const { dates, sender: one } = sender({ put: [saved] });

  await one.send([LETTER]);

  assert.deepEqual(dates, ["Mon, 23 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"]);
});

test("the clock does not learn from a portal", async () => {
  const portal = () => html(200, { Date: "Thu, 01 Jan 2015 00:00:00 GMT" });
  const { dates, sender: one } = sender({ csrf: [portal], put: [portal] });

  await one.send([LETTER]);

  assert.deepEqual(dates, []);
});
