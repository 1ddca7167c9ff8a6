/** What our service worker makes of a bad network, a push, a tap, and a subscription that changed. */

import assert from "node:assert/strict";
import test from "node:test";

import { ORIGIN, Scope, dataOf } from "./scope.js";

const RECEIPT = `${ORIGIN}/push/receipts/5b1d`;
const NOTIFICATION = {
  title: "Journal",
  body: "A minute for your day?",
  navigate: `${ORIGIN}/today`,
  lang: "en",
  tag: "day-2026-11-24",
  data: { id: "5b1d", receipt: RECEIPT },
  actions: [{ action: "later", title: "In an hour" }],
};
const MESSAGE = { web_push: 8030, notification: NOTIFICATION, app_badge: 1 };
const noNetwork = async () => {
  throw new TypeError("Failed to fetch");
};
const saying = (more) => ({ ...MESSAGE, notification: { ...NOTIFICATION, ...more } });

/** A window of ours that remembers what was done to it. */
function windowOfOurs(done, navigate = async (url) => void done.push(url)) {
  const one = { focus: async () => (done.push("focused"), one), navigate };
  return one;
}

async function reminded(as) {
  const scope = new Scope(as);
  await scope.push(MESSAGE);
  scope.sent.length = 0;
  return scope;
}

const tap = (scope, action = "") => scope.happen("notificationclick", { notification: scope.shown[0], action });

test("a reminder is shown as it was sent, with our pictures", async () => {
  const scope = new Scope();

  await scope.push(MESSAGE);

  const [{ title, body, tag, lang, actions, icon, badge }] = scope.shown;
  assert.deepEqual([title, body, tag, lang], ["Journal", "A minute for your day?", "day-2026-11-24", "en"]);
  assert.deepEqual(actions, NOTIFICATION.actions);
  assert.match(`${icon} ${badge}`, /^\/static\/icons\/.+\.png \/static\/icons\/.+\.png$/);
  assert.equal(scope.badge, 1);
});

test("the receipt is sent once it is shown, and carries no session", async () => {
  const scope = new Scope();

  await scope.push(MESSAGE);

  assert.deepEqual(scope.told, ["shown", "sent"]);
  const [{ url, method, credentials, body }] = scope.sent;
  assert.deepEqual([url, method, credentials], [RECEIPT, "POST", "omit"]);
  assert.deepEqual(body, { event: "shown" });
});

for (const [what, data] of [
  ["nothing", null],
  ["no JSON", dataOf("{")],
  ["JSON null", dataOf("null")],
  ["a number", dataOf("8030")],
  ["a notification that is none", dataOf('{"notification":"x"}')],
  ["parts of the wrong kind", dataOf('{"notification":{"title":7,"body":[],"tag":null,"navigate":{},"data":3}}')],
]) {
  test(`a push with ${what} in it is shown, in neutral words`, async () => {
    const scope = new Scope();

    await scope.happen("push", { data });

    const [{ title, body, tag, data: kept }] = scope.shown;
    assert.deepEqual([title, body, tag], ["Journal", "Tap to open your journal.", "day"]);
    assert.equal(kept.navigate, "/today");
    assert.deepEqual(scope.sent, []);
  });
}

test("what a browser refuses to show is shown without its frills", async () => {
  const refuse = ({ actions }) => {
    if (actions) throw new TypeError("actions");
  };
  const scope = new Scope({ refuse });

  await scope.push(MESSAGE);

  assert.deepEqual(scope.shown.map(({ body }) => body), ["A minute for your day?"]);
  assert.equal(scope.sent[0].url, RECEIPT);
});

test("where the browser reads the message itself, it is shown again with an address", async () => {
  const scope = new Scope();

  await scope.happen("push", { data: null, notification: NOTIFICATION });

  assert.equal(scope.shown[0].navigate, NOTIFICATION.navigate);
  assert.equal(scope.sent[0].url, RECEIPT);
});

test("a receipt that fails breaks nothing", async () => {
  const scope = new Scope({ answer: noNetwork });

  await scope.push(MESSAGE);

  assert.equal(scope.shown.length, 1);
});

test("a receipt for another site is not sent, and a tap does not lead there", async () => {
  const scope = new Scope();
  const elsewhere = "https://elsewhere.example.org/today";

  await scope.push(saying({ navigate: elsewhere, data: { id: "1", receipt: elsewhere } }));

  assert.deepEqual(scope.sent, []);
  assert.equal(scope.shown[0].data.navigate, "/today");
});

test("the same message twice is on the screen once, and sounds once", async () => {
  const scope = new Scope();

  await scope.push(MESSAGE);
  await scope.push(MESSAGE);

  assert.equal(scope.shown.length, 1);
  assert.equal(scope.shown[0].renotify, false);
});

test("a nudge takes the place of what it repeats, and sounds", async () => {
  const scope = new Scope();
  await scope.push(MESSAGE);

  await scope.push(saying({ data: { id: "another", receipt: RECEIPT } }));

  assert.equal(scope.shown.length, 1);
  assert.equal(scope.shown[0].renotify, true);
});

test("yesterday's reminder goes when today's comes; another kind stays", async () => {
  const scope = new Scope();
  await scope.push(saying({ tag: "day-2026-11-23" }));
  await scope.push(saying({ tag: "infusion-2026-11-23" }));

  await scope.push(MESSAGE);

  assert.deepEqual([...scope.screen.keys()].sort(), ["day-2026-11-24", "infusion-2026-11-23"]);
});

test("once the day is in the journal its reminder goes, and the badge", async () => {
  const scope = await reminded();

  await scope.happen("message", { data: { type: "logged", tag: "day-2026-11-24" } });

  assert.deepEqual(scope.shown, []);
  assert.equal(scope.badge, 0);
});

test("yesterday in the journal leaves today's reminder, and the badge", async () => {
  const scope = await reminded();

  await scope.happen("message", { data: { type: "logged", tag: "day-2026-11-23" } });

  assert.equal(scope.shown.length, 1);
  assert.equal(scope.badge, 1);
});

test("a message without a tag takes nothing down", async () => {
  const scope = await reminded();

  await scope.happen("message", { data: { type: "logged" } });

  assert.equal(scope.shown.length, 1);
});

test("a tap brings forward the window there is, and leads it to the day", async () => {
  const done = [];
  const scope = await reminded({ windows: [windowOfOurs(done)] });

  await tap(scope);

  assert.deepEqual(done, ["focused", `${ORIGIN}/today`]);
  assert.deepEqual([scope.opened, scope.shown, scope.badge], [[], [], 0]);
});

test("a tap without a window opens one", async () => {
  const scope = await reminded();

  await tap(scope);

  assert.deepEqual(scope.opened, [`${ORIGIN}/today`]);
});

test("a window that cannot be led is left alone, and another one opened", async () => {
  const refusing = windowOfOurs([], () => Promise.reject(new TypeError("not controlled")));
  const scope = await reminded({ windows: [refusing] });

  await tap(scope);

  assert.deepEqual(scope.opened, [`${ORIGIN}/today`]);
});

test("a notification of nobody's making leads to today", async () => {
  const scope = new Scope();

  await scope.happen("notificationclick", { notification: { close: () => {} }, action: "" });

  assert.deepEqual(scope.opened, ["/today"]);
});

test("“in an hour” is told to the server and opens nothing", async () => {
  const done = [];
  const scope = await reminded({ windows: [windowOfOurs(done)] });

  await tap(scope, "later");

  const [{ url, body }] = scope.sent;
  assert.equal(url, RECEIPT);
  assert.deepEqual(body, { event: "later" });
  assert.deepEqual([done, scope.opened, scope.shown], [[], [], []]);
});

for (const [why, answer] of [
  ["there is no network", noNetwork],
  ["the server is in trouble", async () => new Response(null, { status: 503 })],
]) {
  test(`“in an hour” is not lost when ${why}: it stays on the screen`, async () => {
    const scope = await reminded({ answer });

    await tap(scope, "later");

    const [{ tag, body, actions, data }] = scope.shown;
    assert.deepEqual([tag, body], ["day-2026-11-24", "A minute for your day?"]);
    assert.deepEqual(actions, NOTIFICATION.actions);
    assert.equal(data.receipt, RECEIPT);
  });
}

const OLD = { endpoint: "https://push.example.org/old", options: { applicationServerKey: "ours" } };

test("a subscription that the browser renewed is passed on", async () => {
  const scope = new Scope();

  await scope.happen("pushsubscriptionchange", { oldSubscription: OLD, newSubscription: { endpoint: "e" } });

  const [{ url, method, credentials, body }] = scope.sent;
  assert.deepEqual([url, method, credentials], ["/push/renewals", "POST", "omit"]);
  assert.deepEqual(body, { old: OLD.endpoint, new: { endpoint: "e" } });
});

test("a subscription that ended is made anew, with the key it had", async () => {
  const scope = new Scope();

  await scope.happen("pushsubscriptionchange", { oldSubscription: OLD, newSubscription: null });

  const [{ userVisibleOnly, applicationServerKey }] = scope.subscribed;
  assert.deepEqual([userVisibleOnly, applicationServerKey], [true, "ours"]);
  assert.deepEqual(scope.sent[0].body.new, { endpoint: "https://push.example.org/new" });
});

test("where the browser forgot the key, it is asked for", async () => {
  const scope = new Scope({ answer: async () => Response.json({ key: "asked for" }) });

  await scope.happen("pushsubscriptionchange", { oldSubscription: { endpoint: "e" }, newSubscription: null });

  assert.equal(scope.subscribed[0].applicationServerKey, "asked for");
});

test("without the old address there is nothing to pass on", async () => {
  const scope = new Scope();

  await scope.happen("pushsubscriptionchange", { oldSubscription: null, newSubscription: null });

  assert.deepEqual(scope.sent, []);
});

test("a new version still takes over when it is told to", async () => {
  const scope = new Scope();

  await scope.happen("message", { data: { type: "take-over" } });

  assert.equal(scope.hasTakenOver, true);
});

const OURS = { headers: { "Cross-Origin-Resource-Policy": "same-origin" } };

/** A network that says of each page which one it is, until it is told otherwise. */
class Network {
  answer = async (url) => new Response(`network ${new URL(url).pathname}`, OURS);
  fetch = (url) => this.answer(url);
}

/** A worker that has put the shell aside in good times. */
async function installed() {
  const network = new Network();
  const scope = new Scope({ answer: network.fetch });
  await scope.install();
  return { network, scope };
}

const kept = (path) => `network ${path}`;
const text = async (answer) => (await answer).text();
const never = () => new Promise(() => {});

test("what is put aside is what a stranger sees", async () => {
  const scope = new Scope({ answer: async () => new Response("ok", OURS) });

  await scope.happen("install", {});

  assert.equal(scope.sent.length, 6);
  assert.deepEqual(new Set(scope.sent.map(({ credentials }) => credentials)), new Set(["omit"]));
});

test("what a hotel's network says in our place is not put aside", async () => {
  const scope = new Scope({ answer: async () => new Response("Welcome to our Wi-Fi") });

  await assert.rejects(scope.happen("install", {}), /not ours/);
});

test("what a page sends as it goes does not wait for the worker to start", async () => {
  const { scope } = await installed();

  assert.deepEqual(JSON.parse(JSON.stringify(scope.routes)), [{ condition: { requestMethod: "PUT" }, source: "network" }]);
});

test("a new version takes the old one's shell away, and nothing else", async () => {
  const { scope } = await installed();
  for (const name of ["shell-0", "another"]) scope.caches.set(name, null);

  await scope.happen("activate", {});

  assert.deepEqual([...scope.caches.keys()], ["shell-1", "another"]);
});

for (const [path, shell] of [
  ["/", "/shell/day"],
  ["/today", "/shell/day"],
  ["/entries/2026-11-23", "/shell/day"],
  ["/history", "/shell/history"],
  ["/waiting", "/shell/waiting"],
  ["/help-now", "/help-now"],
  ["/sharing", "/offline"],
]) {
  test(`without a network ${path} is ${shell}`, async () => {
    const { network, scope } = await installed();
    network.answer = noNetwork;

    assert.equal(await text(scope.ask(path)), kept(shell));
  });
}

test("with a network a page is the network's", async () => {
  const { network, scope } = await installed();
  network.answer = async () => new Response("her page");

  assert.equal(await text(scope.ask("/today")), "her page");
});

test("a network that says nothing for three seconds is none", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { network, scope } = await installed();
  network.answer = never;

  const answer = scope.ask("/today");
  t.mock.timers.tick(3000);

  assert.equal(await text(answer), kept("/shell/day"));
});

test("a server in trouble is as good as none, for a page that opens by itself", async () => {
  const { network, scope } = await installed();
  network.answer = async () => new Response("trouble", { status: 502 });

  assert.equal(await text(scope.ask("/today")), kept("/shell/day"));
  assert.equal((await scope.ask("/sharing")).status, 502);
});

test("what the server refuses is the server's to say", async () => {
  const { network, scope } = await installed();
  network.answer = async () => new Response("gone", { status: 410 });

  assert.equal((await scope.ask("/today")).status, 410);
});

test("a redirect to a sign-in page is followed by the browser, not hidden", async () => {
  const { network, scope } = await installed();
  const away = Object.defineProperty(new Response(null), "status", { value: 0 });
  network.answer = async () => away;

  assert.equal(await scope.ask("/today"), away);
});

test("scripts and styles come from the phone", async () => {
  const { network, scope } = await installed();
  network.answer = noNetwork;

  assert.equal(await text(scope.ask("/static/js/app.js", { mode: "cors" })), kept("/static/js/app.js"));
});

test("what is asked for by a script, or from elsewhere, is left to the browser", async () => {
  const { scope } = await installed();

  assert.equal(await scope.ask("/entries?since=0", { mode: "cors" }), undefined);
  assert.equal(await scope.ask("/static/x", { origin: "https://elsewhere.example.org", mode: "cors" }), undefined);
  assert.equal(await scope.ask("/sign-out", { method: "POST" }), undefined);
});

test("no answer with anything of anybody in it is ever kept", async () => {
  const { network, scope } = await installed();
  network.answer = async () => new Response("her page");
  for (const path of ["/today", "/history", "/sharing"]) await scope.ask(path);
  network.answer = noNetwork;

  assert.equal(await text(scope.ask("/today")), kept("/shell/day"));
  assert.equal(await text(scope.ask("/sharing")), kept("/offline"));
});
