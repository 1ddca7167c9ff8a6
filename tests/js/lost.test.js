/** Whatever answers in our place, and however ill our server is: nothing typed is lost. */

import assert from "node:assert/strict";
import test from "node:test";

import { MemoryOutbox } from "../../static/js/outbox.js";
import { Round } from "../../static/js/round.js";
import { Sender } from "../../static/js/send.js";
import { MISBEHAVIOURS, Server, letter, token, well } from "./server.js";

const ONE = [letter("only", 1)];
const MANY = Array.from({ length: 60 }, (_, n) => letter(`letter-${String(n).padStart(2, "0")}`, n));
const QUARTER = 900_000;

/** A phone with these letters, before a server that answers so. */
async function phone(letters, answers) {
  const [outbox, server, arrived] = [new MemoryOutbox(), new Server(answers), []];
  for (const one of letters) await outbox.keep(one);
  const tools = { fetch: server.fetch, now: () => 0, clock: { correct: () => {} } };
  const round = new Round({
    outbox,
    sender: new Sender("the page's", tools),
    now: () => 0,
    uuid: () => crypto.randomUUID(),
    told: {
      kept: async ({ edit_id }) => void arrived.push(edit_id),
      refused: async () => {},
      stopped: async () => {},
    },
  });
  return { outbox, server, arrived, round };
}

/** The ids of what is still here: waiting, or in need of a person. */
async function here(outbox) {
  const aside = (await outbox.aside()).map(({ letter }) => letter);
  return [...(await outbox.waiting()), ...aside].map(({ edit }) => edit.edit_id).sort();
}

const ids = (letters) => letters.map(({ edit }) => edit.edit_id);

for (const [what, answer] of Object.entries(MISBEHAVIOURS)) {
  for (const letters of [ONE, MANY]) {
    test(`${what} loses none of ${letters.length}`, async (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const { outbox, arrived, round } = await phone(letters, { put: [answer] });

      await round.go();

      assert.deepEqual(await here(outbox), ids(letters));
      assert.deepEqual(arrived, []);
    });
  }

  test(`${what} in place of the token is about none of the letters: they wait`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { outbox, server, round } = await phone(MANY, { csrf: [answer], put: [well] });

    await round.go();

    assert.deepEqual(ids(await outbox.waiting()), ids(MANY));
    assert.deepEqual(ids(await outbox.take()), ids(MANY.slice(0, 30)));
    assert.deepEqual(server.puts, []);
  });

  test(`${what} as a page goes away loses nothing`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { outbox, arrived, round } = await phone(MANY, { put: [answer] });

    await round.rush();

    assert.deepEqual(await here(outbox), ids(MANY));
    assert.deepEqual(arrived, []);
  });
}

for (const what of ["no network", "a portal's login page", "a token that ran out", "an answer cut in half"]) {
  test(`after ${what}, what waited arrives, each once`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { outbox, arrived, round } = await phone(MANY, { put: [MISBEHAVIOURS[what], MISBEHAVIOURS[what], well] });
    await round.go();

    await round.go();
    await round.go();

    assert.deepEqual(await here(outbox), []);
    assert.deepEqual(arrived.sort(), ids(MANY));
  });
}

test("a phone that was away for long sends sixty letters, thirty at a time, and each once", async () => {
  const { outbox, server, arrived, round } = await phone(MANY, { put: [well] });

  await round.go();

  assert.deepEqual(server.sent, [ids(MANY.slice(0, 30)), ids(MANY.slice(30))]);
  assert.deepEqual(arrived, ids(MANY));
  assert.deepEqual(await here(outbox), []);
});

test("sixty of which the server stumbles over one arrive but for that one", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const stumble = MISBEHAVIOURS["a fault of ours"];
  const put = (body) => (JSON.stringify(body).includes("letter-07") ? stumble() : well(body));
  const { outbox, round } = await phone(MANY, { put: [put] });
  await round.go();

  t.mock.timers.tick(QUARTER);
  await round.go();

  assert.deepEqual(await here(outbox), ["letter-07"]);
});

test("a token of somebody else's session sends nothing and loses nothing", async () => {
  const { outbox, server, round } = await phone(MANY, { csrf: [() => token("ben")], put: [well] });

  await round.go();

  assert.deepEqual(server.puts, []);
  assert.equal((await here(outbox)).length, 60);
});
