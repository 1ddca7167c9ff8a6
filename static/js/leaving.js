/** Signing out, with a look at what would be lost. */

import { forget } from "./forgetting.js";
import { saveAsFile } from "./letter.js";

/** @typedef {import("./post.js").Post} Post */

const CSRF = "/csrf";
const LIMIT = 20_000;
const LEAVING = "leaving";
const HELP = "/help-now";

export class Leaving {
  #post;
  #isGoing = false;

  /** @param {Post | null} post */
  constructor(post) {
    this.#post = post;
  }

  start() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form instanceof HTMLFormElement && "signOut" in form.dataset) this.#asked(event, form);
    });
    if (localStorage.getItem(LEAVING)) this.#finish();
  }

  /** @param {SubmitEvent} event @param {HTMLFormElement} form */
  async #asked(event, form) {
    event.preventDefault();
    const letters = await this.#letters();
    if (letters.length) this.#ask("leaving", form, letters.length);
    else if (!navigator.onLine) this.#ask("leaving-offline", form, 0);
    else await this.#leave(form);
  }

  async #letters() {
    const outbox = this.#post?.outbox;
    if (!outbox) return [];
    return [...(await outbox.waiting()), ...(await outbox.aside()).map(({ letter }) => letter)];
  }

  /** @param {string} id @param {HTMLFormElement} form @param {number} count */
  #ask(id, form, count) {
    const template = document.getElementById(id);
    if (!(template instanceof HTMLTemplateElement)) return;
    const dialog = document.importNode(template.content, true).querySelector("dialog");
    if (!dialog) return;
    fill(dialog, count);
    const on = /** @param {string} name @param {() => unknown} work */ (name, work) =>
      dialog.querySelector(`[data-${name}]`)?.addEventListener("click", work);
    on("send", () => this.#send(dialog, form));
    on("save", async () => saveAsFile(await this.#letters()));
    on("throw", () => this.#throw(form));
    on("stay", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /** @param {HTMLDialogElement} dialog @param {HTMLFormElement} form */
  async #send(dialog, form) {
    await this.#post?.go();
    const failed = dialog.querySelector("[data-failed]");
    if (!(await this.#letters()).length) await this.#leave(form);
    else if (failed instanceof HTMLElement) failed.hidden = false;
  }

  /** @param {HTMLFormElement} form */
  async #throw(form) {
    const session = (await this.#post?.store.known("profile").catch(() => null))?.session ?? "";
    this.#post?.leave();
    await forget();
    if (navigator.onLine) return this.#leave(form);
    localStorage.setItem(LEAVING, session);
    location.assign(HELP);
  }

  /** A page that the phone opened by itself has no token, and one that is open for long an old one. @param {HTMLFormElement} form */
  async #leave(form) {
    // Two taps are one.
    if (this.#isGoing) return;
    this.#isGoing = true;
    const field = form.querySelector("[name=csrf_token]");
    const token = (await csrf())?.token;
    if (field instanceof HTMLInputElement && token) field.value = token;
    this.#post?.leave();
    form.submit();
  }

  /** She removed it without a network: the server hears of it now. */
  async #finish() {
    const said = await csrf();
    if (!said) return;
    const form = document.querySelector("form[data-sign-out]");
    // Whoever has signed in since then stays.
    if (said.session !== localStorage.getItem(LEAVING)) return localStorage.removeItem(LEAVING);
    if (form instanceof HTMLFormElement) await this.#leave(form);
  }
}

/** @returns {Promise<{ token: string, session: string } | null>} */
async function csrf() {
  try {
    const please = /** @type {const} */ ({ redirect: "manual", cache: "no-store" });
    const signal = AbortSignal.timeout(LIMIT);
    const answer = await fetch(CSRF, { headers: { Accept: "application/json" }, ...please, signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {HTMLDialogElement} dialog @param {number} count */
function fill(dialog, count) {
  const words = dialog.querySelector("[data-count]");
  if (!(words instanceof HTMLElement)) return;
  const { count: many = "", one = "" } = words.dataset;
  words.textContent = count === 1 ? one : many.replace("{n}", String(count));
}
