import { Command } from '@caretrail/kernel';
import type { z } from 'zod';
import { consent } from './consent.events.js';

export type RecordConsentData = z.infer<typeof consent>;
/** Keeps what a person, or a representative, answered when they were asked for consent. */
export class RecordConsent extends Command<RecordConsentData> {
  static readonly schema = consent;
  readonly type = 'people.record-consent';
}
