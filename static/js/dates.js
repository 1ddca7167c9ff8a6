/** Days in words, by the same patterns as the server's pages. */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const PARTS = {
  EEEE: { weekday: "long" },
  EEE: { weekday: "short" },
  EEEEE: { weekday: "narrow" },
  MMMM: { month: "long" },
  MMM: { month: "short" },
  d: { day: "numeric" },
  y: { year: "numeric" },
};

/**
 * @param {string} day yyyy-mm-dd
 * @param {string} pattern of the parts above, as CLDR writes them; 'quoted' and anything else stands for itself
 * @param {string} lang
 */
export function inWords(day, pattern, lang) {
  const noon = new Date(`${day}T12:00:00Z`);
  return pattern.replace(/'[^']*'|E{3,5}|M{3,4}|d|y/g, (part) => {
    if (part.startsWith("'")) return part.slice(1, -1) || "'";
    return new Intl.DateTimeFormat(lang, { ...PARTS[part], timeZone: "UTC" }).format(noon);
  });
}
