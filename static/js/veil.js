/**
 * Before the first paint: draws the curtain over a page that was left more than five minutes ago.
 * Loaded in <head> and waited for, so it is small and stands alone; js/away.js writes what it reads.
 */
(() => {
  const { account, session } = /** @type {HTMLElement} */ (document.currentScript).dataset;
  try {
    const [whose, since] = (localStorage.getItem("curtain") ?? "").split(" ");
    const isHers = Boolean(whose) && whose === (account ?? localStorage.getItem("account"));
    // With another session than then, she has typed her password in between.
    const isKnown = !session || session === since;
    const isAway = Math.abs(Date.now() - Number(localStorage.getItem("seen"))) >= 300_000;
    document.documentElement.classList.toggle("drawn", isHers && isKnown && isAway);
  } catch {
    // Where nothing may be kept, there is no curtain either.
    return;
  }
})();
