/** A server that answers as it is told, one answer a request; the last one stays. */

export const ID = "8c5f1c52-0d5c-4d43-9f0c-3a7f6c1c0b11";

export const LETTER = {
  url: "/entries/2026-11-23",
  edit: {
    edit_id: ID,
    edited_at: "2026-11-23T12:00:00.000Z",
    zone: "America/New_York",
    items: { mood: 5 },
    reason: null,
    account: "ana",
  },
};

export const SAVED = { edit_id: ID, day: "2026-11-23", items: { mood: 5 }, revision: 4 };

const DATE = "Mon, 23 Nov 2026 12:00:00 GMT";

export const json = (status, body, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", Date: DATE, ...headers },
  });

export const problem = (status, code, headers) =>
  json(status, { code, message: `said: ${code}`, field: null }, headers);

export const html = (status, headers = {}) =>
  new Response("<!doctype html>", { status, headers: { "Content-Type": "text/html", ...headers } });

export const token = (account = "ana") => json(200, { token: "fresh", account });

export class Server {
  calls = [];
  #csrf;
  #put;

  /** @param {{ csrf?: (() => Response)[], put: (() => Response)[] }} answers */
  constructor({ csrf = [token], put }) {
    this.#csrf = [...csrf];
    this.#put = [...put];
  }

  fetch = async (url, options) => {
    this.calls.push({ url, ...options });
    const answers = options.method === "PUT" ? this.#put : this.#csrf;
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer();
  };

  get puts() {
    return this.calls.filter(({ method }) => method === "PUT");
  }
}

export const noNetwork = () => {
  throw new TypeError("Failed to fetch");
};
