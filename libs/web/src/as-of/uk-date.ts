import { isPlainDate, type PlainDate } from '@caretrail/kernel';

const UK = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/;

/** A day as people type it: `14/3/2026`, `14.3.2026`, `14 3 2026` or `2026-03-14`. Undefined when it is no real day. */
export function parseUkDate(text: string): PlainDate | undefined {
  const typed = text.trim();
  if (isPlainDate(typed)) return typed;
  const [, day, month, year] = UK.exec(typed) ?? [];
  if (!day || !month || !year) return undefined;
  const plain = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(plain) ? plain : undefined;
}

/** `2026-03-14` → `14/3/2026`, as it stands in a text field. */
export function ukDate(date: PlainDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}/${month}/${year}`;
}
