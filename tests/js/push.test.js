/** Notifications in Ana's browser, whatever it allows. */

import assert from "node:assert/strict";
import test from "node:test";

import { Push } from "../../static/js/push.js";
import { Keep } from "./keep.js";

/** A browser: what it allows, and the subscription it has. */
class Browser {
  isTabOnIphone = false;
  can = true;
  permission = "default";
  answer = "granted";
  asked = 0;
  subscription = null;
  #made = 0;

  constructor(as = {}) {
    Object.assign(this, as);
  }

  get notification() {
    return this.can ? this : null;
  }

  async requestPermission() {
    this.asked += 1;
    this.permission = this.answer;
    return this.answer;
  }

  ready = async () => ({ pushManager: this });

  async getSubscription() {
    return this.subscription;
  }

  async subscribe({ applicationServerKey: key }) {
    if (this.subscription && this.subscription.key !== key) throw new DOMException("", "InvalidStateError");
    return (this.subscription ??= this.#make(key));
  }

  #make(key) {
    this.#made += 1;
    const unsubscribe = async () => void (this.subscription = null);
    return { key, endpoint: `https://push.example.org/${this.#made}`, unsubscribe };
  }
}

/** What the server is told. */
class Server {
  said = [];
  hasRemoved = false;
  isDown = false;

  key = async () => "our key";
  keep = async ({ endpoint }, { isKnown }) => this.#hear("keep", endpoint, isKnown) && !this.hasRemoved;
  drop = async (endpoint) => this.#hear("drop", endpoint);

  #hear(...what) {
    if (this.isDown) throw new TypeError("Failed to fetch");
    return this.said.push(what);
  }
}

function anas(as) {
  const [phone, register, keep] = [new Browser(as), new Server(), new Keep()];
  const tools = { phone, register, keep };
  return { phone, register, push: new Push("ana", tools), bens: new Push("ben", tools) };
}

async function turnedOn(as) {
  const parts = anas(as);
  await parts.push.turnOn();
  parts.register.said.length = 0;
  return parts;
}

const FIRST = "https://push.example.org/1";

for (const [state, as] of [
  ["off", {}],
  ["off", { permission: "granted" }],
  ["denied", { permission: "denied" }],
  ["unsupported", { can: false }],
  ["iphone", { can: false, isTabOnIphone: true }],
]) {
  test(`a browser that is ${JSON.stringify(as)} is ${state}`, async () => {
    assert.equal(await anas(as).push.state(), state);
  });
}

test("to look how things stand asks for nothing", async () => {
  const { phone, register, push } = anas();

  await push.state();
  await push.again();

  assert.deepEqual([phone.asked, phone.subscription, register.said], [0, null, []]);
});

test("turned on, the server is told where to send", async () => {
  const { register, push } = anas();

  await push.turnOn();

  assert.deepEqual(register.said, [["keep", FIRST, false]]);
  assert.equal(await push.state(), "on");
});

for (const answer of ["denied", "default"]) {
  test(`asked, and answered “${answer}”: nothing is subscribed`, async () => {
    const { phone, register, push } = anas({ answer });

    await push.turnOn();

    assert.deepEqual([phone.subscription, register.said], [null, []]);
  });
}

test("what the server did not hear of is not on", async () => {
  const { register, push } = anas();
  register.isDown = true;

  await assert.rejects(push.turnOn());

  assert.equal(await push.state(), "off");
});

test("a subscription for another key is made anew: nothing of ours would arrive", async () => {
  const { phone, push } = await turnedOn();
  phone.subscription.key = "an older key";

  await push.turnOn();

  assert.equal(phone.subscription.key, "our key");
  assert.equal(await push.state(), "on");
});

test("turned off, the browser and the server both forget it", async () => {
  const { phone, register, push } = await turnedOn();

  await push.turnOff();

  assert.equal(phone.subscription, null);
  assert.deepEqual(register.said, [["drop", FIRST]]);
  assert.equal(await push.state(), "off");
});

test("turned off without a network, it is off here all the same", async () => {
  const { phone, register, push } = await turnedOn();
  register.isDown = true;

  await push.turnOff();

  assert.equal(phone.subscription, null);
  assert.equal(await push.state(), "off");
});

test("at each start the server hears where to send", async () => {
  const { register, push } = await turnedOn();

  await push.again();

  assert.deepEqual(register.said, [["keep", FIRST, true]]);
});

test("a subscription that was lost is made anew at the next start", async () => {
  const { phone, register, push } = await turnedOn();
  phone.subscription = null;

  await push.again();

  assert.deepEqual(register.said, [["keep", "https://push.example.org/2", false]]);
  assert.equal(await push.state(), "on");
});

test("removed from another phone, it stays removed", async () => {
  const { phone, register, push } = await turnedOn();
  register.hasRemoved = true;

  await push.again();

  assert.equal(phone.subscription, null);
  assert.equal(await push.state(), "off");
});

test("a start without a network changes nothing", async () => {
  const { register, push } = await turnedOn();
  register.isDown = true;

  await assert.rejects(push.again());

  assert.equal(await push.state(), "on");
});

test("what Ana turned on is not Ben's, who signs in after her", async () => {
  const { register, bens } = await turnedOn();

  await bens.again();

  assert.equal(await bens.state(), "off");
  assert.deepEqual(register.said, []);
});

test("permission taken back in the browser's settings is not asked for again", async () => {
  const { phone, register, push } = await turnedOn();
  phone.permission = "denied";

  await push.again();

  assert.deepEqual([phone.asked, register.said], [1, []]);
  assert.equal(await push.state(), "denied");
});
