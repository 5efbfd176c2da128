import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import {
  advocacyEndings,
  advocacyExceptions,
  advocacyPurposes,
  difficulties,
  isForSafeguarding,
  sectionOfAdvocacy,
} from './advocacy.values.js';
import { coded, personal, uuid } from './shapes.js';

const advocacy = { advocacyId: uuid, personId: uuid };

/** The two tests of Care Act 2014 s67(2), (4), (5), and of s68 in the same words. Reasons are personal. */
export const advocacyTests = z.strictObject({
  ...advocacy,
  purpose: z.enum(advocacyPurposes),
  substantialDifficulty: z.strictObject({
    found: z.boolean(),
    in: z.array(z.enum(difficulties)),
    reasons: personal,
  }),
  /** Asked only where there is substantial difficulty. */
  appropriatePerson: z
    .strictObject({
      found: z.boolean(),
      /** Somebody who cares or treats for their living, or is paid for it, is not appropriate: s67(5)(b). */
      professionalOrPaid: z.boolean(),
      /** Who agrees to that person: s67(6). */
      agreedBy: z.enum(['the person', 'a best interests decision']).optional(),
      /** Where they are in the register of representatives. */
      representationId: uuid.optional(),
      reasons: personal,
    })
    .optional(),
  exception: z.enum(advocacyExceptions).optional(),
});
const reasonsOfTests = ['substantialDifficulty.reasons', 'appropriatePerson.reasons'];

/** An independent advocate has to be arranged: substantial difficulty, and nobody appropriate (or an exception). */
export const advocateOffered = defineEvent({
  type: 'people.advocate-offered.v1',
  schema: advocacyTests,
  personal: reasonsOfTests,
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  needToKnow: isForSafeguarding,
  title: ({ purpose }) => `Independent advocate offered: ${purpose} (${sectionOfAdvocacy(purpose)})`,
  decision: true,
  authority: 'Care Act 2014 s67(2), s68(2)',
});
export type AdvocateOfferedData = EventOf<typeof advocateOffered>['data'];

/** An independent advocate need not be arranged, and why. */
export const advocateNotRequired = defineEvent({
  type: 'people.advocate-not-required.v1',
  schema: advocacyTests,
  personal: reasonsOfTests,
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  needToKnow: isForSafeguarding,
  title: ({ purpose }) => `Independent advocate not required: ${purpose} (${sectionOfAdvocacy(purpose)})`,
  decision: true,
  authority: 'Care Act 2014 s67(4)–(6), s68',
});
export type AdvocateNotRequiredData = EventOf<typeof advocateNotRequired>['data'];

/** An independent advocate acts for the person. True from their first day. */
export const advocateAppointed = defineEvent({
  type: 'people.advocate-appointed.v1',
  schema: z.strictObject({
    ...advocacy,
    purpose: z.enum(advocacyPurposes),
    /** The name is personal, the organisation is not. */
    advocate: z.strictObject({ name: personal, organisation: coded }),
  }),
  personal: ['advocate.name'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  needToKnow: isForSafeguarding,
  title: ({ purpose }) => `Independent advocate appointed: ${purpose} (${sectionOfAdvocacy(purpose)})`,
  decision: true,
  authority: 'Care Act 2014 s67(2), s68(2)',
});
export type AdvocateAppointedData = EventOf<typeof advocateAppointed>['data'];

/** An independent advocate acts no longer. */
export const advocacyEnded = defineEvent({
  type: 'people.advocacy-ended.v1',
  schema: z.strictObject({ ...advocacy, purpose: z.enum(advocacyPurposes), reason: z.enum(advocacyEndings) }),
  people: (data) => [data.personId],
  needToKnow: isForSafeguarding,
  title: ({ purpose, reason }) => `Independent advocacy ended: ${purpose}, ${reason}`,
  authority: 'Care Act 2014 s67, s68',
});
export type AdvocacyEndedData = EventOf<typeof advocacyEnded>['data'];
