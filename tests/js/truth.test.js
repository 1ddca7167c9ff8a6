/** What the line says of where things are, for each standing. */

import assert from "node:assert/strict";
import test from "node:test";

import { Elsewhere, Truth } from "../../static/js/truth.js";

const WORDS = {
  saved: "In your journal",
  empty: "Nothing yet",
  saving: "Saving",
  kept: "On this phone: {n}",
  waiting: "Keep it open",
  signIn: "Sign in: {n}",
  stranger: "Someone else",
  refused: "Not accepted.",
  refusedMany: "Not accepted: {n}",
};
const QUIET = { waiting: 0, aside: [], isSafe: true, stopped: null, isStuck: false };
const SIGN_IN = { kind: "sign-in", said: "", isEnded: false };
const WAIT = { kind: "wait", seconds: null, isHeard: false, isFault: false };
const wrong = (said) => ({ letter: {}, refusal: { said, field: "note" } });

/** What stands where a page has its line: its words, and how often they were put there. */
class Line {
  times = 0;
  link = null;
  #words;

  constructor(state) {
    this.dataset = { state, ...WORDS };
    this.#words = WORDS[state];
  }

  get textContent() {
    return this.#words;
  }

  set textContent(words) {
    this.times += 1;
    [this.#words, this.link] = [words, null];
  }

  replaceChildren(link) {
    [this.#words, this.link] = [link.textContent, link.href];
  }
}

function truth(state = "saved", at = "/entries/2026-11-23") {
  globalThis.location = { pathname: at };
  globalThis.document = { createElement: () => ({}) };
  const line = new Line(state);
  return { line, truth: new Truth(line) };
}

for (const [what, standing, state, words, link] of [
  ["nothing waits", {}, "saved", "In your journal", null],
  ["a letter is on its way", { waiting: 1 }, "saving", "Saving", null],
  ["nothing is on its way", { waiting: 3, isStuck: true }, "kept", "On this phone: 3", "/waiting"],
  ["the last try met nobody", { waiting: 2, isStuck: true, stopped: WAIT }, "kept", "On this phone: 2", "/waiting"],
  ["the disk refused", { waiting: 1, isStuck: true, isSafe: false }, "waiting", "Keep it open", null],
  ["her session is over", { waiting: 1, isStuck: true, stopped: SIGN_IN }, "waiting", "Sign in: 1", "/sign-in"],
  ["someone else is here", { waiting: 1, isStuck: true, stopped: { kind: "stranger" } }, "stranger", "Someone else", null],
  ["one was refused", { aside: [wrong("Too long.")] }, "refused", "Not accepted. Too long.", "/waiting"],
  ["two were refused", { aside: [wrong("a"), wrong("b")] }, "refused", "Not accepted: 2", "/waiting"],
  ["one was refused and others wait", { waiting: 4, isStuck: true, aside: [wrong("No.")] }, "refused", "Not accepted. No.", "/waiting"],
]) {
  test(`where ${what}, the line says so`, () => {
    const { line, truth: one } = truth();

    one.tell({ ...QUIET, ...standing });

    assert.deepEqual([line.dataset.state, line.textContent, line.link], [state, words, link]);
  });
}

test("a day with nothing in it is not said to be in the journal", () => {
  const { line, truth: one } = truth("empty");

  one.tell(QUIET);

  assert.equal(line.textContent, "Nothing yet");
});

test("a day that got its first answer is", () => {
  const { line, truth: one } = truth("empty");

  one.settled = "saved";
  one.tell(QUIET);

  assert.equal(line.textContent, "In your journal");
});

test("a tap is being saved, from that moment on", () => {
  const { line, truth: one } = truth();

  one.saving();

  assert.equal(line.dataset.state, "saving");
});

test("a tap is not said to be kept before it is, whatever waits already", () => {
  const { line, truth: one } = truth();
  one.tell({ ...QUIET, waiting: 1, isStuck: true });

  one.saving();

  assert.equal(line.dataset.state, "saving");
});

test("the same again is not said twice: it would be read out twice", () => {
  const { line, truth: one } = truth();
  const standing = { ...QUIET, waiting: 1, isStuck: true };

  one.tell(standing);
  one.tell(standing);

  assert.equal(line.times, 1);
  assert.equal(line.link, "/waiting");
});

test("on the page of what waits, the line leads nowhere", () => {
  const { line, truth: one } = truth("saved", "/waiting");

  one.tell({ ...QUIET, waiting: 1, isStuck: true });

  assert.deepEqual([line.textContent, line.link], ["On this phone: 1", null]);
});

for (const [what, standing] of [
  ["nothing waits", {}],
  ["others wait", { waiting: 1, isStuck: true }],
]) {
  test(`where ${what}, what cannot be kept as it stands is said first`, () => {
    const { line, truth: one } = truth();
    line.dataset.unfinished = "Say how strong";

    one.tell({ ...QUIET, ...standing });

    assert.deepEqual([line.dataset.state, line.textContent], ["refused", "Say how strong"]);
  });
}

test("what cannot be kept as it stands is not said to be on its way", () => {
  const { line, truth: one } = truth();
  line.dataset.unfinished = "Say how strong";

  one.saving();

  assert.equal(line.textContent, "Say how strong");
});

const JULIA = "/clinic/patients/1/";
const letterTo = (url) => ({ url });

for (const [what, letters, isHidden] of [
  ["nothing waits", [], true],
  ["only hers wait", [letterTo("/clinic/patients/1/infusions/7")], true],
  ["someone else's waits", [letterTo("/clinic/patients/1/infusions/7"), letterTo("/clinic/patients/12/infusions/8")], false],
]) {
  test(`where ${what}, a page about Julia ${isHidden ? "says no word of others" : "says that something else waits"}`, () => {
    const hint = { dataset: { about: JULIA }, hidden: false };

    new Elsewhere(hint).tell(letters);

    assert.equal(hint.hidden, isHidden);
  });
}
