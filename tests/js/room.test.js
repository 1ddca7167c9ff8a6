/** Room on Ana's phone. */

import assert from "node:assert/strict";
import test from "node:test";

import { Room } from "../../static/js/room.js";
import { Keep } from "./keep.js";

const MB = 1_000_000;

/** A phone: how much there is, whether it keeps what is ours, and how often it was asked to. */
class Phone {
  keep = new Keep();
  told = 0;
  asked = 0;

  constructor({ quota, usage, persisted = false } = {}) {
    this.shelf = {
      estimate: async () => ({ quota, usage }),
      persisted: async () => persisted,
      persist: async () => Boolean((this.asked += 1)),
    };
  }

  get room() {
    return new Room({ shelf: this.shelf, keep: this.keep, tell: () => (this.told += 1) });
  }
}

for (const [quota, usage, told] of [
  [1000 * MB, 10 * MB, 0],
  [1000 * MB, 949 * MB, 0],
  [1000 * MB, 951 * MB, 1],
  [40 * MB, 34 * MB, 0],
  [40 * MB, 36 * MB, 1],
  [4 * MB, 0, 1],
  [0, 0, 1],
  [undefined, undefined, 0],
]) {
  test(`of ${quota} bytes ${usage} are taken: said ${told} times`, async () => {
    const phone = new Phone({ quota, usage });

    await phone.room.look();

    assert.equal(phone.told, told);
  });
}

test("the browser is asked to keep it, and once only", async () => {
  const phone = new Phone();

  await phone.room.installed();
  await phone.room.installed();

  assert.equal(phone.asked, 1);
});

test("what is kept already is not asked for", async () => {
  const phone = new Phone({ persisted: true });

  await phone.room.installed();

  assert.equal(phone.asked, 0);
});

test("a browser that knows nothing of all this is left in peace", async () => {
  const phone = new Phone();
  phone.shelf = {};

  await phone.room.installed();
  await phone.room.look();

  assert.equal(phone.told, 0);
});
