/** Reading a chart: the nearest day, by pointer and by arrow keys. */

/**
 * A day of the table: its place in percent from the left and the top; y is null without a value.
 * @typedef {{ x: number, y: number | null, text: string }} Day
 */

export class ChartReader {
  #days;
  #svg;
  #line;
  #cursor;
  #rest;
  #at = -1;

  /** @param {HTMLElement} figure a figure.chart */
  constructor(figure) {
    this.#days = daysOf(figure);
    this.#svg = part(figure, ".chart__svg", SVGElement);
    this.#cursor = part(figure, ".chart__cursor", SVGElement);
    this.#line = part(figure, ".chart__reading", HTMLElement);
    this.#rest = this.#line.textContent;
    if (this.#days.length) this.#listen(part(figure, ".chart__plot", HTMLElement));
  }

  /** @param {HTMLElement} plot */
  #listen(plot) {
    this.#svg.setAttribute("tabindex", "0");
    for (const kind of ["pointerdown", "pointermove"]) plot.addEventListener(kind, this.#point);
    plot.addEventListener("pointerleave", this.#leave);
    this.#svg.addEventListener("keydown", this.#press);
    this.#svg.addEventListener("blur", () => this.#clear());
  }

  /** @param {Event} event */
  #point = (event) => {
    const { left, width } = this.#svg.getBoundingClientRect();
    const place = (100 * (/** @type {PointerEvent} */ (event).clientX - left)) / width;
    this.#say(nearest(this.#days.map((day) => day.x), place));
  };

  /**
   * A finger that lifts leaves its day standing: it covered what it read.
   * @param {PointerEvent} event
   */
  #leave = (event) => {
    if (event.pointerType === "mouse") this.#clear();
  };

  /** @param {KeyboardEvent} event */
  #press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = step(event.key, this.#at, this.#days.length);
    if (next === null) return;
    event.preventDefault();
    this.#say(next);
  };

  /** @param {number} index */
  #say(index) {
    if (index === this.#at) return;
    this.#at = index;
    const { x, y, text } = this.#days[index];
    this.#line.textContent = text;
    const ring = y === null ? "hidden" : "inherit";
    draw(this.#cursor, "line", { x1: `${x}%`, x2: `${x}%` });
    draw(this.#cursor, "circle", { cx: `${x}%`, cy: `${y ?? 0}%`, visibility: ring });
    this.#cursor.setAttribute("visibility", "visible");
  }

  #clear() {
    this.#at = -1;
    this.#line.textContent = this.#rest;
    this.#cursor.setAttribute("visibility", "hidden");
  }
}

/**
 * The index of the place nearest to `at`; the earlier of two that are equally near.
 * @param {readonly number[]} places ascending, at least one
 * @param {number} at in the same unit
 */
export function nearest(places, at) {
  return places.reduce(
    (best, place, index) => (Math.abs(place - at) < Math.abs(places[best] - at) ? index : best),
    0,
  );
}

/**
 * Where a key leads among `count` days, or null when it leads nowhere. From -1, no day yet,
 * every arrow comes to the newest.
 * @param {string} key as in KeyboardEvent
 * @param {number} index of the day being read, or -1
 * @param {number} count at least 1
 * @returns {number | null}
 */
export function step(key, index, count) {
  const last = count - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  if (index < 0) return last;
  return Math.min(last, Math.max(0, index + (key === "ArrowRight" ? 1 : -1)));
}

/** The table's days, oldest first. @param {HTMLElement} figure @returns {Day[]} */
function daysOf(figure) {
  /** @type {NodeListOf<HTMLTableRowElement>} */
  const rows = figure.querySelectorAll("tr[data-place]");
  return [...rows].reverse().map((row) => ({
    x: Number(row.dataset.place),
    y: row.dataset.drop ? Number(row.dataset.drop) : null,
    text: [...row.cells].map((cell) => cell.textContent).filter(Boolean).join(" · "),
  }));
}

/** @param {Element} group @param {string} name @param {Record<string, string>} attributes */
function draw(group, name, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    group.querySelector(name)?.setAttribute(key, value);
  }
}

/**
 * @template {Element} T
 * @param {Element} figure @param {string} selector @param {new () => T} kind
 * @returns {T}
 */
function part(figure, selector, kind) {
  const found = figure.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`a chart without ${selector}`);
}

for (const figure of globalThis.document?.querySelectorAll("figure.chart") ?? []) {
  new ChartReader(/** @type {HTMLElement} */ (figure));
}
