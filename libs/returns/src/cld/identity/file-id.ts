import type { KeyObject } from 'node:crypto';
import type { PlainDate } from '@caretrail/kernel';
import { derivedUuid } from './derived-uuid.js';

/** The id of a file within its council: the same content submitted on the same day is the same file. */
export const fileIdOf = (key: KeyObject, sha256: string, submittedOn: PlainDate): string =>
  derivedUuid(key, 'cld-file', sha256, submittedOn);
