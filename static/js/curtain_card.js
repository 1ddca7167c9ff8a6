/** The card that hangs a curtain on this phone, and takes it down. */

import { Away } from "./away.js";
import { Curtain } from "./curtain.js";
import { Alert } from "./alert.js";
import { isPin } from "./pin.js";
import { part } from "./question.js";
import { storeOf } from "./store.js";

class Card {
  #curtain;
  #away;
  #account;
  #session;
  #hang;
  #down;

  /** @param {HTMLElement} card @param {{ account: string, session: string }} whose @param {{ curtain: Curtain, away: Away }} tools */
  constructor(card, { account, session }, { curtain, away }) {
    this.#curtain = curtain;
    this.#away = away;
    this.#account = account;
    this.#session = session;
    this.#hang = part(card, "[data-hang]", HTMLFormElement);
    this.#down = part(card, "[data-take-down]", HTMLFormElement);
    this.#on(this.#hang, this.#hangIt);
    this.#on(this.#down, this.#takeDown);
  }

  show() {
    const isHung = this.#away.isHung(this.#account);
    [this.#hang.hidden, this.#down.hidden] = [isHung, !isHung];
  }

  /** What was typed never stays. @param {HTMLFormElement} form @param {(typed: string[], alert: Alert) => Promise<void>} work */
  #on(form, work) {
    const alert = new Alert(part(form, "[role=alert]", HTMLElement));
    const fields = [...form.querySelectorAll("input")];
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const typed = fields.map(({ value }) => value);
      for (const field of fields) field.value = "";
      fields[0].focus();
      await work(typed, alert);
    });
  }

  #hangIt = async (/** @type {string[]} */ [pin, again], /** @type {Alert} */ alert) => {
    if (!isPin(pin)) return alert.say("digits");
    if (pin !== again) return alert.say("same");
    try {
      await this.#curtain.hang(pin, this.#session);
      this.#away.hang(this.#account, this.#session);
    } catch {
      return alert.say("failed");
    }
    location.reload();
  };

  #takeDown = async (/** @type {string[]} */ [pin], /** @type {Alert} */ alert) => {
    if (!pin) return;
    const tried = await this.#curtain.try(pin);
    if (tried.is === "wrong") return alert.no(tried);
    if (tried.is === "locked") this.#away.lock();
    else {
      this.#away.takeDown();
      await this.#curtain.takeDown();
    }
    // Then it is drawn, or there is none.
    location.reload();
  };
}

const { account = "", session = "" } = document.body.dataset;
const card = document.getElementById("curtain-card");
if (card && account) {
  const away = new Away({ keep: localStorage, now: () => Date.now() });
  new Card(card, { account, session }, { curtain: new Curtain(storeOf(account)), away }).show();
}
