/** Ending a session as if it had run out: nobody has signed out, so what was written on this phone stays. */

const CSRF = "/csrf";
const LIMIT = 20_000;
/** There is no such session of hers any more. */
const OVER = new Set([401, 404, 410]);

/** Whether it is over now. @param {string} session @param {{ fetch: typeof fetch }} tools */
export async function expire(session, { fetch }) {
  try {
    const asked = await ask(fetch, CSRF, {});
    if (OVER.has(asked.status)) return true;
    const { token } = await asked.json();
    const answer = await ask(fetch, `/account/sessions/${session}/locking`, { method: "POST", body: "{}" }, token);
    return answer.ok || OVER.has(answer.status);
  } catch {
    // Nothing of ours has answered.
    return false;
  }
}

/** @param {typeof fetch} fetch @param {string} url @param {RequestInit} how @param {string} [token] */
function ask(fetch, url, how, token = "") {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const signal = AbortSignal.timeout(LIMIT);
  return fetch(url, { ...how, headers, redirect: "manual", cache: "no-store", signal });
}
