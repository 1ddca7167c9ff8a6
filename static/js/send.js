/** Sending letters, and judging the answer: only one that is ours, and names a letter, counts. */

/**
 * @typedef {import("./letter.js").Letter} Letter
 * @typedef {import("./days.js").DayKept} DayKept
 *
 * @typedef {{ kind: "kept", day: DayKept & { edit_id: string } }} Kept
 * @typedef {{ kind: "wait", seconds: number | null, isHeard: boolean, isFault: boolean }} Wait null: as
 *   long as we see fit; whether anything answered; whether our server stumbled, perhaps over this letter
 * @typedef {{ kind: "sign-in", said: string, isEnded: boolean }} SignIn
 * @typedef {{ kind: "stranger" }} Stranger someone else is signed in here now
 * @typedef {{ kind: "refused", said: string, field: string | null }} Refused
 * @typedef {Kept | Wait | SignIn | Stranger | Refused} Outcome
 *
 * @typedef {{ status: number, body: any, seconds: number | null }} Answer
 */

const CSRF = "/csrf";
const MANY = "/entries";
const LIMIT = 20_000;
/** What a page may still send as it goes; a browser refuses more. */
const GOING = 60_000;
const LATER = new Set([408, 425, 429]);
const SIGN_IN = new Set([401, 410]);
const FAULT = 500;
/** @type {Wait} */
const WAIT = { kind: "wait", seconds: null, isHeard: false, isFault: false };

export class Sender {
  #fetch;
  #now;
  #clock;
  #token;

  /**
   * @param {string} token the page's own; empty where it was made without one
   * @param {object} tools
   * @param {typeof fetch} tools.fetch
   * @param {() => number} tools.now
   * @param {{ correct(date: string | null, asked: number): void }} tools.clock
   */
  constructor(token, { fetch, now, clock }) {
    this.#token = token;
    this.#fetch = fetch;
    this.#now = now;
    this.#clock = clock;
  }

  /** What becomes of each, in their order. @param {Letter[]} letters @returns {Promise<Outcome[]>} */
  async send(letters) {
    const stopped = await this.#renew(letters[0]);
    return stopped ? letters.map(() => stopped) : this.rush(letters);
  }

  /**
   * Send with the token at hand: a page that goes away has no time to ask for another.
   * @param {Letter[]} letters @returns {Promise<Outcome[]>}
   */
  async rush(letters) {
    if (letters.length === 1) return [await this.#one(letters[0])];
    if (letters.some(({ isWhole }) => isWhole)) return this.#oneByOne(letters);
    const outcome = await this.#withToken(letters[0], () => this.#putMany(letters));
    if (Array.isArray(outcome)) return outcome;
    // Something about them as a whole: then each for itself.
    if (outcome.kind === "refused" || isFault(outcome)) return this.#oneByOne(letters);
    return letters.map(() => outcome);
  }

  /** Where one finds nobody to take it, the others would not either. @param {Letter[]} letters */
  async #oneByOne(letters) {
    /** @type {Outcome[]} */
    const outcomes = [];
    for (const letter of letters) {
      const before = outcomes.at(-1);
      outcomes.push(before && isStopped(before) ? before : await this.#one(letter));
    }
    return outcomes;
  }

  /** @param {Letter} letter @returns {Promise<Outcome>} */
  #one(letter) {
    return this.#withToken(letter, () => this.#put(letter));
  }

  /**
   * Once more where the token was too old.
   * @template O @param {Letter} letter @param {() => Promise<O | "token">} put
   * @returns {Promise<O | Outcome>}
   */
  async #withToken(letter, put) {
    const first = await put();
    if (first !== "token") return first;
    const stopped = await this.#renew(letter);
    if (stopped) return stopped;
    const second = await put();
    return second === "token" ? WAIT : second;
  }

  /** @param {Letter} letter @returns {Promise<Outcome | "token">} */
  async #put({ url, edit }) {
    return judge(await this.#send(url, edit), edit.edit_id);
  }

  /** @param {Letter[]} letters @returns {Promise<Outcome[] | Outcome | "token">} */
  async #putMany(letters) {
    const edits = letters.map(({ day, edit }) => ({ day, ...edit }));
    const answer = await this.#send(MANY, { edits });
    const answers = answer?.status === 200 ? answer.body?.answers : null;
    if (!Array.isArray(answers)) return isOldToken(answer) ? "token" : judgeNo(answer);
    return letters.map(({ edit }) => judgeOne(answers, edit.edit_id));
  }

  /** @param {string} url @param {object} said */
  #send(url, said) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#token };
    const body = JSON.stringify(said);
    const keepalive = new TextEncoder().encode(body).length < GOING;
    return this.#ask(url, { method: "PUT", headers, body, keepalive });
  }

  /**
   * Fetch a token; an outcome where there is none.
   * @param {Letter} letter @returns {Promise<Outcome | null>}
   */
  async #renew({ edit }) {
    const answer = await this.#ask(CSRF, { headers: { Accept: "application/json" } });
    if (answer?.status !== 200 || typeof answer.body?.token !== "string") return judgeNoToken(answer);
    if (answer.body.account !== edit.account) return { kind: "stranger" };
    this.#token = answer.body.token;
    return null;
  }

  /**
   * What came back, or null for nothing.
   * @param {string} url @param {RequestInit} options @returns {Promise<Answer | null>}
   */
  async #ask(url, options) {
    const asked = this.#now();
    const signal = AbortSignal.timeout(LIMIT);
    try {
      const response = await this.#fetch(url, { ...options, redirect: "manual", cache: "no-store", signal });
      const body = isJson(response) ? await response.json() : null;
      if (body) this.#clock.correct(response.headers.get("Date"), asked);
      return { status: response.status, body, seconds: seconds(response, asked) };
    } catch {
      return null;
    }
  }
}

/** @param {Answer | null} answer @param {string} editId @returns {Outcome | "token"} */
function judge(answer, editId) {
  const { status, body } = answer ?? {};
  const ours = body?.edit_id === editId && typeof body.items === "object" && body.items;
  if (status === 200 && ours) return { kind: "kept", day: body };
  return isOldToken(answer) ? "token" : judgeNo(answer);
}

/** The answer to one letter among many. @param {any[]} answers @param {string} editId @returns {Outcome} */
function judgeOne(answers, editId) {
  const body = answers.find((one) => one?.edit_id === editId);
  const outcome = judge({ status: body?.status ?? 0, body, seconds: null }, editId);
  return outcome === "token" ? WAIT : outcome;
}

/** @param {Answer | null} answer */
function isOldToken(answer) {
  return answer?.status === 400 && answer.body?.code === "csrf";
}

/** @param {Answer | null} answer that does not give what was asked for @returns {Outcome} */
function judgeNo(answer) {
  if (!answer) return WAIT;
  const { status, body, seconds } = answer;
  const ours = typeof body?.code === "string" && typeof body.message === "string";
  if (!ours || status < 400 || status >= 500 || LATER.has(status)) {
    return { kind: "wait", seconds, isHeard: true, isFault: ours && status === FAULT };
  }
  if (SIGN_IN.has(status)) return { kind: "sign-in", said: body.message, isEnded: status === 410 };
  return { kind: "refused", said: body.message, field: body.field ?? null };
}

/** Where there is no token, nothing is said about any letter. @param {Answer | null} answer @returns {Outcome} */
function judgeNoToken(answer) {
  const outcome = judgeNo(answer);
  if (outcome.kind === "refused") return { ...WAIT, isHeard: true };
  return outcome.kind === "wait" ? { ...outcome, isFault: false } : outcome;
}

/** @param {Outcome} outcome */
function isFault(outcome) {
  return outcome.kind === "wait" && outcome.isFault;
}

/** @param {Outcome} outcome */
function isStopped(outcome) {
  return outcome.kind !== "kept" && outcome.kind !== "refused" && !isFault(outcome);
}

/** @param {Response} response */
function isJson(response) {
  return /^application\/json\b/i.test(response.headers.get("Content-Type") ?? "");
}

/** Retry-After, in seconds or as a date. @param {Response} response @param {number} now */
function seconds(response, now) {
  const text = response.headers.get("Retry-After");
  if (!text) return null;
  const wait = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
