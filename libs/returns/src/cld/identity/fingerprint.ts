import { type KeyObject, createHmac } from 'node:crypto';
import type { CldRow } from '../normalising/cld-row.js';

/**
 * A keyed digest of all that a row says of its event (of a carer known by association: of the links). Equal content
 * gives equal fingerprints, and nobody without the key can try out what a content may have been. The person's own
 * details are left out: they are compared once per person, not on every row.
 */
export function fingerprint(row: CldRow, key: KeyObject): string {
  return createHmac('sha256', key)
    .update(canonical(contentOf(row)))
    .digest('base64url');
}

function contentOf(row: CldRow): object {
  if (row.eventType === 'None') {
    const { caresFor, hoursCared, adultsCaredFor } = row.person;
    return { caresFor, hoursCared, adultsCaredFor };
  }
  const { line: _line, person: _person, ...content } = row;
  return content;
}

/** JSON with its keys in order and without blanks; the contents are flat. */
function canonical(content: object): string {
  const entries = Object.entries(content).filter(([, value]) => value !== undefined);
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
