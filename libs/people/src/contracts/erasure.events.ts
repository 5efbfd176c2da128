import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { erasureGrounds, erasureRefusals, extensionGrounds, identityChecks } from './erasure.values.js';
import { representationKinds } from './representation.values.js';
import { personal, plainDate, uuid } from './shapes.js';

const request = { personId: uuid, requestId: uuid };

/** Id of the account that agreed: somebody else carries it out. */
const agreedBy = z.string().min(1).max(200);

/** A request to be erased, as it came in. `words` are personal. */
export const erasureRequest = z.strictObject({
  ...request,
  ground: z.enum(erasureGrounds),
  identity: z.enum(identityChecks),
  /** Where a representative asked: who, as the register had it on that day. The person themselves where it is left out. */
  representation: z.strictObject({ representationId: uuid, kind: z.enum(representationKinds) }).optional(),
  words: personal,
});

/** Somebody asked the council to erase what it holds of a person. */
export const erasureRequested = defineEvent({
  type: 'people.erasure-requested.v1',
  schema: erasureRequest,
  personal: ['words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ ground, representation }) => `Erasure asked for${representation ? ' by a representative' : ''}: ${ground}`,
  authority: 'UK GDPR Article 17(1)',
});
export type ErasureRequestedData = EventOf<typeof erasureRequested>['data'];

export const erasureExtension = z.strictObject({ ...request, because: z.enum(extensionGrounds), reasons: personal });

/** The person was told, on the day from which it is true, that the answer takes longer, and why. */
export const erasureExtended = defineEvent({
  type: 'people.erasure-extended.v1',
  schema: erasureExtension.extend({ answerBy: plainDate }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `More time to answer the erasure request: ${data.because}`,
  decision: true,
  authority: 'UK GDPR Article 12(3)',
});
export type ErasureExtendedData = EventOf<typeof erasureExtended>['data'];

export const erasureRefusal = z.strictObject({ ...request, because: z.enum(erasureRefusals), reasons: personal });

/** The council keeps the record, and says why. */
export const erasureRefused = defineEvent({
  type: 'people.erasure-refused.v1',
  schema: erasureRefusal,
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Erasure refused: ${data.because}`,
  decision: true,
  authority: 'UK GDPR Article 12(4), 17(3)',
});
export type ErasureRefusedData = EventOf<typeof erasureRefused>['data'];

export const erasureAgreement = z.strictObject({
  ...request,
  ground: z.enum(erasureGrounds),
  /** The day on which the time ended for which the council keeps such records. */
  retentionEndedOn: plainDate.optional(),
  reasons: personal,
});

/** The record is to be erased; somebody else carries it out. */
export const erasureAgreed = defineEvent({
  type: 'people.erasure-agreed.v1',
  schema: erasureAgreement.extend({ agreedBy }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Erasure agreed: ${data.ground}`,
  decision: true,
  authority: 'UK GDPR Article 17(1)',
});
export type ErasureAgreedData = EventOf<typeof erasureAgreed>['data'];

/**
 * The person is erased: a process destroys their key upon this. It holds nothing personal, so that it can still be read when
 * nothing else of them can: that it was done, when, by whom, on which ground.
 */
export const personErased = defineEvent({
  type: 'people.person-erased.v1',
  schema: z.strictObject({ ...request, ground: z.enum(erasureGrounds), agreedBy }),
  people: (data) => [data.personId],
  title: () => 'Person erased: the key to what was said of them is destroyed',
  decision: true,
  authority: 'UK GDPR Article 17(1)',
});
export type PersonErasedData = EventOf<typeof personErased>['data'];
