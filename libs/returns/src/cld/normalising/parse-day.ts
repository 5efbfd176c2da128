import { isPlainDate, type PlainDate } from '@caretrail/kernel';

const BRITISH = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const MIDNIGHT = /[T ]00:00(?::00(?:\.0+)?)?Z?$/;

/**
 * Reads `dd/mm/yyyy` or `yyyy-mm-dd` (with a midnight behind it, as databases write it); undefined for a blank and
 * for what is not a real calendar day. Day comes before month: a return is never written the American way.
 */
export function parseDay(text: string | undefined): PlainDate | undefined {
  if (!text) return undefined;
  const bare = text.trim().replace(MIDNIGHT, '');
  const british = BRITISH.exec(bare);
  const iso = british ? `${british[3]}-${british[2]!.padStart(2, '0')}-${british[1]!.padStart(2, '0')}` : bare;
  return isPlainDate(iso) ? iso : undefined;
}
