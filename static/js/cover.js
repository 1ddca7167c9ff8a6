/** Draws the curtain over a page, and takes it away when the PIN is right. js/veil.js has drawn it before the first paint. */

import { Alert } from "./alert.js";
import { Away } from "./away.js";
import { Curtain } from "./curtain.js";
import { expire } from "./expiry.js";
import { part } from "./question.js";
import { storeOf, whoIsHere } from "./store.js";

/** @typedef {import("./curtain.js").Tried} Tried */

const DRAWN = "drawn";
const VEILED = "veiled";
const SIGN_IN = "/sign-in";
const TICK = 15_000;

export class Cover {
  #account;
  #dialog;
  #away;
  #curtain;
  #end;
  /** Whether the server has yet to hear that it is locked. */
  #isPending = false;

  /**
   * @param {string} account
   * @param {Sheet | null} dialog null on the page of help, which is never covered
   * @param {{ away: Away, curtain: Curtain, end: () => Promise<boolean> }} tools
   */
  constructor(account, dialog, { away, curtain, end }) {
    this.#account = account;
    this.#dialog = dialog;
    this.#away = away;
    this.#curtain = curtain;
    this.#end = end;
    dialog?.serve({ typed: this.#typed, again: this.#again });
  }

  /** @param {string | undefined} session of this page */
  async start(session) {
    const how = await this.#curtain.meet(session).catch(() => "broken");
    if (how === "none") this.#away.takeDown();
    else if (session && this.#away.isFresh(session)) this.#away.hang(this.#account, session);
    this.#listen();
    this.#look();
    this.#isPending = how === "locked";
    await this.#settle();
  }

  #listen() {
    addEventListener("storage", this.#show);
    addEventListener("pagehide", this.#leave);
    addEventListener("online", this.#settle);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : this.#look()));
    // It also sees that the computer has slept.
    setInterval(this.#tick, TICK);
  }

  #tick = () => {
    if (document.hidden) return;
    this.#look();
    this.#settle();
  };

  #look = () => {
    this.#show();
    if (this.#isHung && !this.#away.isAway && !document.hidden) this.#away.seen();
  };

  #show = () => {
    if (this.#isHung && this.#away.isAway) this.#draw();
    else this.#dialog?.takeAway();
  };

  /** What a phone shows of its open apps is not the page. */
  #leave = () => {
    if (!this.#isHung || this.#away.isAway) return;
    this.#away.seen();
    this.#dialog?.veil();
  };

  async #draw() {
    if (!this.#dialog || this.#dialog.isDrawn) return;
    this.#dialog.draw();
    const how = await this.#curtain.meet(undefined).catch(() => "broken");
    // Where the phone cannot look the PIN up, the password is left.
    if (how !== "hung") this.#dialog.lock();
  }

  /** The server hears of it when it can. */
  #settle = async () => {
    if (this.#isPending) this.#isPending = !(await this.#end());
  };

  #typed = async (/** @type {string} */ pin) => {
    const tried = await this.#curtain.try(pin);
    if (tried.is === "open") {
      this.#away.seen();
      return this.#look();
    }
    this.#dialog?.no(tried);
    if (tried.is !== "locked") return;
    this.#away.lock();
    this.#isPending = true;
    await this.#settle();
  };

  /** Where she does not know it (any more), her password opens it. */
  #again = async () => {
    if (!(await this.#end())) return this.#dialog?.offline();
    await this.#curtain.lock().catch(() => {});
    this.#away.lock();
    location.assign(SIGN_IN);
  };

  get #isHung() {
    return this.#away.isHung(this.#account);
  }
}

/** What is seen of it: js/cover.js decides, this shows. */
export class Sheet {
  isDrawn = false;
  #dialog;
  #form;
  #field;
  #said;

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog;
    this.#form = part(dialog, "form", HTMLFormElement);
    this.#field = part(dialog, "input", HTMLInputElement);
    this.#said = new Alert(part(dialog, "[role=alert]", HTMLElement));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    // Some browsers close it all the same when that is asked twice.
    dialog.addEventListener("close", () => this.isDrawn && dialog.showModal());
  }

  /** @param {{ typed: (pin: string) => Promise<void>, again: () => Promise<void> }} work */
  serve({ typed, again }) {
    this.#form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const pin = this.#field.value;
      if (!pin || this.#form.ariaBusy === "true") return;
      this.#field.value = "";
      this.#form.ariaBusy = "true";
      await typed(pin);
      this.#form.ariaBusy = "false";
    });
    for (const one of this.#dialog.querySelectorAll("[data-again]")) one.addEventListener("click", again);
  }

  veil() {
    this.#root.add(VEILED);
  }

  draw() {
    this.isDrawn = true;
    this.#turn(false);
    this.#root.add(DRAWN);
    this.#dialog.showModal();
    this.#field.focus();
  }

  takeAway() {
    this.isDrawn = false;
    this.#root.remove(DRAWN, VEILED);
    this.#said.say("");
    this.#dialog.close();
  }

  /** @param {Tried} tried */
  no(tried) {
    if (tried.is === "locked") return this.lock();
    this.#said.no(tried);
    this.#field.focus();
  }

  /** No PIN opens it any more. */
  lock() {
    this.#turn(true);
    part(this.#dialog, "[data-locked] [data-again]", HTMLElement).focus();
    this.#said.say("");
  }

  offline() {
    this.#said.say("offline");
  }

  /** @param {boolean} isLocked */
  #turn(isLocked) {
    this.#form.hidden = isLocked;
    part(this.#dialog, "[data-locked]", HTMLElement).hidden = !isLocked;
    this.#dialog.setAttribute("aria-labelledby", isLocked ? "curtain-locked" : "curtain-title");
  }

  get #root() {
    return document.documentElement.classList;
  }
}

/** @param {DOMStringMap} of whose page it is, and in which session */
export async function guard({ account = whoIsHere() ?? "", session }) {
  const away = new Away({ keep: localStorage, now: () => Date.now() });
  if (!away.isHung(account)) return;
  const dialog = document.getElementById("curtain");
  const sheet = dialog instanceof HTMLDialogElement ? new Sheet(dialog) : null;
  const curtain = new Curtain(storeOf(account));
  const end = async () => {
    const which = session ?? (await curtain.session().catch(() => null));
    return !which || expire(which, { fetch: (...call) => fetch(...call) });
  };
  await new Cover(account, sheet, { away, curtain, end }).start(session);
}
