/** Letters as a file, should the server never come back. */

/** @typedef {import("./letter.js").Letter} Letter */

/** In the form in which they would have been sent. @param {Letter[]} letters */
export function saveAsFile(letters) {
  const edits = letters.map(({ url, day, edit, isWhole }) => ({ ...(isWhole && { url }), day, ...edit }));
  const file = new Blob([JSON.stringify({ edits }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `journal-waiting-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
