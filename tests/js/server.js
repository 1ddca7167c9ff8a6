/** A server that answers as it is told, one answer a request; the last one stays. */

export const ID = "8c5f1c52-0d5c-4d43-9f0c-3a7f6c1c0b11";

/** The letter of that id, with the n-th second as its moment. */
export const letter = (id = ID, second = 0, items = { mood: 5 }) => ({
  url: "/entries/2026-11-23",
  day: "2026-11-23",
  edit: {
    edit_id: id,
    edited_at: `2026-11-23T12:00:${String(second).padStart(2, "0")}.000Z`,
    zone: "America/New_York",
    items,
    reason: null,
    account: "ana",
  },
});

export const LETTER = letter();

/** A letter about an infusion, which is taken as a whole or not at all. */
export const whole = (id, second = 0) => ({
  ...letter(id, second, { dose_mg: 35, agent: "racemic" }),
  url: `/clinic/patients/ana/infusions/${id}`,
  isWhole: true,
});

export const SAVED = { edit_id: ID, day: "2026-11-23", items: { mood: 5 }, how: { mood: "live" }, revision: 4 };

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

export const noNetwork = () => {
  throw new TypeError("Failed to fetch");
};

/** What fetch gives for a redirect that it was told not to follow. */
export const redirect = () => Object.defineProperty(html(200), "status", { value: 0 });

export const cut = () =>
  new Response(JSON.stringify(SAVED).slice(0, 40), { headers: { "Content-Type": "application/json" } });

/** A server in good health: whatever it is sent is in the journal. */
export const well = (body) => (body.edits ? answers(body.edits.map(named)) : json(200, named(body)));

/** Of many, those of these ids are answered so instead. */
export const wellBut = (ids, instead) => (body) => {
  return answers(body.edits.map((edit) => (ids.includes(edit.edit_id) ? instead(edit) : named(edit))));
};

export const answers = (each) => json(200, { answers: each });

export const named = ({ edit_id }) => ({ ...SAVED, status: 200, edit_id });

/** Everything between a phone and our journal that is not our journal's yes. */
export const MISBEHAVIOURS = {
  "no network": noNetwork,
  "a session that ran out": () => problem(401, "sign_in"),
  "a session ended elsewhere": () => problem(410, "session_ended"),
  "our 403": () => problem(403, "refused"),
  "our 404": () => problem(404, "not_there"),
  "our 409": () => problem(409, "conflict"),
  "our 413": () => problem(413, "too_large"),
  "our 422": () => problem(422, "unprocessable"),
  "too many requests": () => problem(429, "too_many", { "Retry-After": "120" }),
  "a fault of ours": () => problem(500, "fault"),
  "a database that is away": () => problem(503, "unavailable", { "Retry-After": "5" }),
  "a gateway's page": () => html(502),
  "a portal's login page": () => html(200),
  "a portal's 403": () => html(403),
  "a redirect to a login page": redirect,
  "an answer cut in half": cut,
  "a 200 that names nothing": () => json(200, {}),
  "a 200 that names another": () => json(200, { ...SAVED, edit_id: "other" }),
  "many answers that name none": () => answers([{ status: 200 }, null, 7]),
  "JSON null": () => json(200, null),
  "a token that ran out": () => problem(400, "csrf"),
};

export class Server {
  calls = [];
  #csrf;
  #put;

  /** @param {{ csrf?: (() => Response)[], put: ((body: any) => Response)[] }} answers */
  constructor({ csrf = [token], put }) {
    this.#csrf = [...csrf];
    this.#put = [...put];
  }

  fetch = async (url, options) => {
    this.calls.push({ url, ...options });
    const answers = options.method === "PUT" ? this.#put : this.#csrf;
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer(options.body && JSON.parse(options.body));
  };

  get puts() {
    return this.calls.filter(({ method }) => method === "PUT");
  }

  /** The ids of the letters in each request, in its order. */
  get sent() {
    return this.puts.map(({ body }) => {
      const said = JSON.parse(body);
      return (said.edits ?? [said]).map(({ edit_id }) => edit_id);
    });
  }
}
