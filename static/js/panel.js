/** The panel by keyboard: j and k go from row to row, / to the search. Enter opens, as everywhere. */

const STEP = /** @type {Record<string, number>} */ ({ j: 1, k: -1 });

export class Panel {
  #page;

  /** @param {Document} page */
  constructor(page) {
    this.#page = page;
    page.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const next = event.key === "/" ? this.#search : this.#row(STEP[event.key]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** @returns {HTMLElement | null} */
  get #search() {
    return this.#page.querySelector("input[type=search]");
  }

  /** The row that many further; before the first j, the first. @param {number | undefined} step */
  #row(step) {
    if (!step) return null;
    /** @type {NodeListOf<HTMLElement>} */
    const links = this.#page.querySelectorAll("tr[data-row] a");
    const rows = [...links].filter((link, n) => link.closest("tr") !== links[n - 1]?.closest("tr"));
    const here = rows.findIndex((link) => link.closest("tr")?.contains(this.#page.activeElement));
    return rows[here < 0 ? 0 : here + step] ?? null;
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
}

new Panel(document);
