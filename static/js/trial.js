/** Sending a test to a device, and saying whether it was shown there. */

const OFTEN = 1000;
const TRIES = 20;
const ENDS = new Set(["shown", "refused", "gone", "failed", "late"]);

export class Trial {
  #fetch;
  #pause;

  /** @param {{ fetch: typeof fetch, pause: (ms: number) => Promise<unknown> }} tools */
  constructor({ fetch, pause }) {
    this.#fetch = fetch;
    this.#pause = pause;
  }

  /**
   * True when it ended with an answer, false when none came in time.
   * @param {{ url: string, token: string }} to
   * @param {(said: string) => void} say
   */
  async go({ url, token }, say) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const { id } = await this.#ask(url, { method: "POST", headers, body: "{}" });
    for (let n = 0; n < TRIES; n += 1) {
      await this.#pause(OFTEN);
      // A question that was not answered is asked again.
      const answer = await this.#ask(`/devices/tests/${id}`, {}).catch(() => null);
      if (answer) say(answer.said);
      if (ENDS.has(answer?.state)) return true;
    }
    return false;
  }

  /** @param {string} url @param {RequestInit} options */
  async #ask(url, options) {
    const answer = await this.#fetch(url, { ...options, redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return answer.json();
  }
}
