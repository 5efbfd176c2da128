import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { representationKinds } from './representation.values.js';
import { personal, uuid } from './shapes.js';

/** To what a person may be asked to consent. */
export const consentMatters = [
  'sharing information with the NHS',
  'sharing information with providers',
  'sharing information with family or friends',
  'involving somebody in the assessment',
  'a joint assessment',
] as const;

export const consentAnswers = ['given', 'refused', 'withdrawn'] as const;

/** What was said to a request for consent, by whom. `words` are personal. */
export const consent = z.strictObject({
  personId: uuid,
  matter: z.enum(consentMatters),
  answer: z.enum(consentAnswers),
  /** Where a representative answered: who, as the register had it on that day. The person themselves where it is left out. */
  representation: z.strictObject({ representationId: uuid, kind: z.enum(representationKinds) }).optional(),
  words: personal.optional(),
});

/** Consent was given, refused or withdrawn. The last answer to a matter stands. */
export const consentRecorded = defineEvent({
  type: 'people.consent-recorded.v1',
  schema: consent,
  personal: ['words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ matter, answer, representation }) =>
    `Consent ${answer}${representation ? ' by a representative' : ''}: ${matter}`,
  authority: 'UK GDPR Article 6, Article 9; Care Act 2014 s9(5), s12(5)',
});
export type ConsentRecordedData = EventOf<typeof consentRecorded>['data'];
