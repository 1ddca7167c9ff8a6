/** Puts the words that were offered into the password field beside them, where they can be read. */
export class Offer {
  #words;
  #field;
  #said;

  /** @param {HTMLElement} words @param {HTMLInputElement} field @param {HTMLElement} said */
  constructor(words, field, said) {
    this.#words = words;
    this.#field = field;
    this.#said = said;
  }

  take() {
    this.#field.type = "text";
    this.#field.value = this.#words.textContent?.trim() ?? "";
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#said.textContent = this.#said.dataset.wordsUsed ?? "";
  }
}

const button = document.querySelector("[data-use-words]");
const words = document.getElementById("passphrase");
const field = document.getElementById("password");
const said = document.querySelector("[data-words-used]");

if (button && words && field instanceof HTMLInputElement && said instanceof HTMLElement) {
  const offer = new Offer(words, field, said);
  button.addEventListener("click", () => offer.take());
}
