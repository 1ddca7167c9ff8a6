/** A PIN, and what is kept of it: PBKDF2 of SHA-256 with a salt of its own. */

/** @typedef {{ salt: Uint8Array<ArrayBuffer>, hash: Uint8Array<ArrayBuffer>, rounds: number }} Mark */

const PIN = /^\d{4,8}$/;
const ROUNDS = 310_000;
const BITS = 256;

/** @param {string} text */
export function isPin(text) {
  return PIN.test(text);
}

/** @param {string} pin @returns {Promise<Mark>} */
export async function markOf(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt, rounds: ROUNDS, hash: await hashed(pin, salt, ROUNDS) };
}

/** @param {string} pin @param {Mark} mark */
export async function fits(pin, { salt, hash, rounds }) {
  const tried = await hashed(pin, salt, rounds);
  return tried.every((byte, index) => byte === hash[index]);
}

/** @param {string} pin @param {Uint8Array<ArrayBuffer>} salt @param {number} rounds */
async function hashed(pin, salt, rounds) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, BITS));
}
