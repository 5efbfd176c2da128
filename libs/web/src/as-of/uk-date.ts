import { isPlainDate, type PlainDate } from '@caretrail/kernel';

const UK = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/;

/** Nobody whom a council knows was born before: a day before it is a slip of the pen, such as the year 0026. */
export const FIRST_DAY: PlainDate = '1900-01-01';

/**
 * A day as people type it: `14/3/2026`, `14.3.2026`, `14 3 2026` or `2026-03-14`. Undefined when it is no real day, or
 * one before 1900.
 */
export function parseUkDate(text: string): PlainDate | undefined {
  const typed = text.trim();
  const [, day, month, year] = UK.exec(typed) ?? [];
  const plain = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
  return isPlainDate(plain) && plain >= FIRST_DAY ? plain : undefined;
}

/** `2026-03-14` → `14/3/2026`, as it stands in a text field. */
export function ukDate(date: PlainDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}/${month}/${year}`;
}
