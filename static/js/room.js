/** Room on this phone: asks the browser to keep what is ours, and says when there is hardly any left. */

/**
 * @typedef {Pick<Storage, "getItem" | "setItem">} Keep
 * @typedef {Partial<Pick<StorageManager, "persist" | "persisted" | "estimate">>} Shelf
 */

const ASKED = "persist";
const LITTLE = 5_000_000;
const SHARE = 0.05;

export class Room {
  #shelf;
  #keep;
  #tell;

  /** @param {{ shelf: Shelf, keep: Keep, tell: () => void }} tools `tell` says that the phone is nearly full */
  constructor({ shelf, keep, tell }) {
    this.#shelf = shelf;
    this.#keep = keep;
    this.#tell = tell;
  }

  /** It is an app here now. Asked once: browsers decide by themselves, or ask her. */
  installed = async () => {
    if (this.#keep.getItem(ASKED) || (await this.#shelf.persisted?.())) return;
    this.#keep.setItem(ASKED, "asked");
    await this.#shelf.persist?.();
  };

  async look() {
    const { quota, usage = 0 } = (await this.#shelf.estimate?.()) ?? {};
    if (quota !== undefined && quota - usage < Math.max(LITTLE, quota * SHARE)) this.#tell();
  }
}

/** After the line that says how it stands. */
function tell() {
  const template = document.getElementById("full");
  if (template instanceof HTMLTemplateElement) document.getElementById("truth")?.after(template.content.cloneNode(true));
}

export async function mindRoom() {
  if (!navigator.storage) return;
  const room = new Room({ shelf: navigator.storage, keep: localStorage, tell });
  addEventListener("appinstalled", room.installed);
  if (matchMedia("(display-mode: standalone)").matches) await room.installed();
  await room.look();
}
