/** The page of devices: notifications here on and off, and tests that say what became of them. */

import { pushHere } from "./push.js";
import { part } from "./question.js";
import { Trial } from "./trial.js";

/**
 * @typedef {import("./push.js").Push} Push
 * @typedef {import("./push.js").State} State
 */

/** The card about this browser: one part of it for each state. */
export class Here {
  #card;
  #push;
  #line;
  /** @type {State} */
  #state = "unsupported";

  /** @param {HTMLElement} card @param {Push} push @param {Line} line */
  constructor(card, push, line) {
    this.#card = card;
    this.#push = push;
    this.#line = line;
    this.#on("[data-turn-on]", () => push.turnOn());
    this.#on("[data-turn-off]", () => push.turnOff());
  }

  async show() {
    this.#state = await this.#push.state().catch(() => "unsupported");
    for (const one of this.#card.querySelectorAll("[data-push]")) {
      one.toggleAttribute("hidden", one.getAttribute("data-push") !== this.#state);
    }
  }

  /** @param {string} selector @param {() => Promise<void>} turn */
  #on(selector, turn) {
    this.#card.querySelector(selector)?.addEventListener("click", () => this.#turn(turn));
  }

  /** @param {() => Promise<void>} turn */
  async #turn(turn) {
    this.#line.say("turning");
    const before = this.#state;
    // First of all: browsers take a question for permission only from the click itself.
    const failed = await turn().then(() => false, () => true);
    await this.show();
    // The list below is the server's.
    if (before !== this.#state) location.reload();
    else this.#line.say(failed ? "failed" : "nothing");
  }
}

/** A live region that holds the sentences it may say. The same again is not said twice. */
export class Line {
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} name of one of its own sentences; one it has not is silence */
  say(name) {
    this.tell(this.#element.dataset[name] ?? "");
  }

  /** @param {string} words */
  tell(words) {
    if (this.#element.textContent !== words) this.#element.textContent = words;
  }
}

/** @param {HTMLFormElement} form @param {Trial} trial */
function offerTest(form, trial) {
  const line = new Line(part(form, "[role=status]", HTMLElement));
  const button = part(form, "button", HTMLElement);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.ariaDisabled === "true") return;
    // Not disabled: the keyboard would lose its place.
    button.ariaDisabled = "true";
    await test(form, trial, line);
    button.ariaDisabled = "false";
  });
}

/** @param {HTMLFormElement} form @param {Trial} trial @param {Line} line */
async function test(form, trial, line) {
  const token = String(new FormData(form).get("csrf_token"));
  line.say("sending");
  try {
    const hasEnded = await trial.go({ url: form.action, token }, (said) => line.tell(said));
    if (!hasEnded) line.say("late");
  } catch {
    line.say("failed");
  }
}

/** @param {HTMLElement} card */
async function start(card) {
  const push = pushHere(document.body.dataset.account ?? "");
  await new Here(card, push, new Line(part(card, "[role=status]", HTMLElement))).show();
}

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
const trial = new Trial({ fetch: (...call) => fetch(...call), pause });
for (const form of document.querySelectorAll("form[data-test]")) {
  if (form instanceof HTMLFormElement) offerTest(form, trial);
}
const card = document.getElementById("here");
if (card) start(card);
