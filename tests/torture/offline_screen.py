"""What is done to a page, and asked of it, in its own language."""

# Its clock can be set, and it can be turned to the wall: nobody looks at it then.
CLOCK = """
(() => {
  if (self.phone) return;
  const Real = Date;
  self.phone = { ahead: 0, set: -1, isHidden: false, born: Math.random() };
  self.Date = class extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(self.Date.now()); }
    static now() { return Real.now() + self.phone.ahead; }
  };
  const get = () => (self.phone.isHidden ? "hidden" : "visible");
  Object.defineProperty(document, "visibilityState", { get });
})();
"""
SET = "if (self.phone.set < {number}) {{ self.phone.set = {number}; self.phone.ahead = {ahead}; }}"
TAP = """
([item, value]) => {
  const form = document.querySelector("form#day[autocomplete=off]");
  const whole = form?.querySelector(`fieldset[data-item="${item}"]`);
  if (!whole) return "nothing is asked here";
  let isHeard = false;
  whole.addEventListener("input", () => { isHeard = true; }, { once: true, capture: true });
  const first = Date.now();
  const field = whole.querySelector("textarea");
  if (field) {
    if (field.value === (value ?? "")) return null;
    field.value = value ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (value === null) {
    if (!whole.querySelector("input:checked")) return null;
    whole.querySelector("[data-clear]").click();
  } else document.getElementById(`${item}-${value}`).click();
  return isHeard ? { day: form.dataset.day, first, last: Date.now(), born: self.phone.born } : null;
}
"""
TURN = """
(isHidden) => {
  self.phone.isHidden = isHidden;
  document.dispatchEvent(new Event("visibilitychange"));
}
"""
# Twice the same, and not on the way: a person does not see less.
LOOK = """
async (patience) => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const line = () => document.getElementById("truth");
  const said = () => `${line()?.dataset.state} ${line()?.textContent}`;
  for (let before = "", waited = 0; waited < patience; waited += 50) {
    if (line()?.dataset.state !== "saving" && said() === before) break;
    before = said();
    await pause(50);
  }
  const values = {};
  for (const whole of document.querySelectorAll("form#day[autocomplete=off] fieldset[data-item]")) {
    const chosen = whole.querySelector("input[type=radio]:checked")?.value;
    const text = whole.querySelector("textarea")?.value;
    values[whole.dataset.item] = chosen ? Number(chosen) : text || null;
  }
  return {
    born: self.phone.born,
    isSignedOut: "signedOut" in document.body.dataset,
    state: line()?.dataset.state ?? null,
    isOnPhone: Boolean(line()?.querySelector("a[href='/sign-in']")),
    day: document.querySelector("form#day")?.dataset.day ?? null,
    values,
  };
}
"""
ASIDE = """
() => [...document.querySelectorAll("[data-aside] [data-list] > li")].map((line) => ({
  href: line.querySelector("[data-day]").href,
  words: line.querySelector("[data-said]").textContent,
}))
"""
UPDATE = """
async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.update().catch(() => {});
}
"""
ANSWER = """
(how) => {
  const button = document.querySelector(`dialog[open] [data-${how}]`);
  button?.click();
  return Boolean(button);
}
"""
# How many letters lie on the phone, whatever the line says.
LEFT = """
async () => {
  const request = indexedDB.open(`journal-${document.body.dataset.account}`);
  // None is made where there is none.
  request.onupgradeneeded = () => request.transaction.abort();
  const database = await new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  if (!database) return 0;
  const letters = database.transaction("letters").objectStore("letters").count();
  await new Promise((resolve) => { letters.onsuccess = resolve; });
  database.close();
  return letters.result;
}
"""
