/** Guesses the time zone from the phone, where nobody has chosen one yet. */

/** @param {HTMLSelectElement} select @param {string} zone */
export function guess(select, zone) {
  // A form that came back with something to mend holds what the person chose.
  if (select.form?.querySelector("[aria-invalid=true]")) return;
  const option = [...select.options].find(({ value }) => value === zone);
  if (option) option.selected = true;
}

const select = document.querySelector("select[name=zone][data-guess]");
if (select instanceof HTMLSelectElement) {
  guess(select, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
