const AREA = /^[A-Z]{1,2}$/;
const DISTRICT = /^[A-Z]{1,2}\d[A-Z\d]?$/;
const SECTOR = /^([A-Z]{1,2}\d[A-Z\d]?) ?(\d)([A-Z]{0,2})$/;

/**
 * What was typed for a place, as a regular expression over postcodes (`WB1 4AB`): the name of one of the council’s own
 * areas, or the beginning of a postcode: `WB`, `WB1`, `WB1 4`, or all of it. Undefined for anything else.
 * @param areas name of an area by postcode prefix
 */
export function postcodePattern(typed: string, areas: ReadonlyMap<string, string>): string | undefined {
  const named = [...areas].filter(([, area]) => area.toLowerCase() === typed.trim().toLowerCase());
  if (named.length) return `^(${named.map(([prefix]) => (prefix.includes(' ') ? prefix : `${prefix} `)).join('|')})`;
  const text = typed.trim().toUpperCase().replace(/\s+/g, ' ');
  if (AREA.test(text)) return `^${text}[0-9]`;
  const beginnings: string[] = [];
  if (DISTRICT.test(text)) beginnings.push(`${text} `);
  // `WB14` may be the district WB14 or the sector WB1 4.
  const [, district, sector, unit] = SECTOR.exec(text) ?? [];
  if (district) beginnings.push(`${district} ${sector}${unit}`);
  return beginnings.length ? `^(${beginnings.join('|')})` : undefined;
}
