/**
 * What the phone keeps is sealed under a key that no script can read out: a copied file shows
 * nothing. It is no lock: whoever holds the open phone can open the page, and with it the safe.
 */

const KIND = "AES-GCM";

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, box: ArrayBuffer }} Sealed */

export class Safe {
  #key;

  /** @param {CryptoKey} key */
  constructor(key) {
    this.#key = key;
  }

  /** @returns {Promise<CryptoKey>} */
  static newKey() {
    return crypto.subtle.generateKey({ name: KIND, length: 256 }, false, ["encrypt", "decrypt"]);
  }

  /** Bound to its name: a box put in another's place does not open. @param {string} name @param {unknown} value @returns {Promise<Sealed>} */
  async seal(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, box: await crypto.subtle.encrypt(this.#how(name, iv), this.#key, text) };
  }

  /** @param {string} name @param {Sealed} sealed @returns {Promise<any>} */
  async open(name, { iv, box }) {
    const text = await crypto.subtle.decrypt(this.#how(name, iv), this.#key, box);
    return JSON.parse(new TextDecoder().decode(text));
  }

  /** @param {string} name @param {Uint8Array<ArrayBuffer>} iv */
  #how(name, iv) {
    return { name: KIND, iv, additionalData: new TextEncoder().encode(name) };
  }
}
