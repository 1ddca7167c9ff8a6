/** The line that says where the day is: in the journal, on its way, or not yet. */

const SIGN_IN = "/sign-in";

/** @typedef {"saved" | "saving" | "waiting" | "refused" | "empty"} State */

export class Truth {
  #line;

  /** @param {HTMLElement} line holds the sentence of each state */
  constructor(line) {
    this.#line = line;
  }

  /** @param {State} state @param {string} [more] what the server said about it */
  say(state, more = "") {
    this.#show(state, [this.#line.dataset[state], more].filter(Boolean).join(" "));
  }

  /** @param {string} said */
  askToSignIn(said) {
    const words = this.#line.dataset.signIn ?? said;
    if (!this.#show("waiting", words)) return;
    const link = document.createElement("a");
    link.href = SIGN_IN;
    // In a window of its own: this page still holds what was not sent.
    link.target = "_blank";
    link.textContent = words;
    this.#line.replaceChildren(link);
  }

  /**
   * The same again is not said twice: a screen reader would read it twice.
   * @param {State} state @param {string} words
   */
  #show(state, words) {
    if (this.#line.dataset.state === state && this.#line.textContent === words) return false;
    this.#line.dataset.state = state;
    this.#line.textContent = words;
    return true;
  }
}
