import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import {
  adviceAbout,
  residenceGrounds,
  residences,
  universalServices,
  wishAnswers,
  writtenDocuments,
} from './determination.values.js';
import { coded, personal, uuid } from './shapes.js';
import { outcomes } from './values.js';

const ids = { assessmentId: uuid, personId: uuid };

/** What the person wants of the council, and what could be done. Texts are personal. */
export const wishes = z.strictObject({
  ...ids,
  wantsMet: z.enum(wishAnswers),
  /** Where it is some of them: which. */
  needs: z.array(z.enum(outcomes)),
  /** What could be done to meet the needs, s13(3)(a), (4)(a). */
  couldBeDone: personal,
  inTheirWords: personal.optional(),
});

/** It was considered what could be done, and asked whether the person wants the council to meet the eligible needs. */
export const wishesRecorded = defineEvent({
  type: 'assessment.wishes-recorded.v1',
  schema: wishes.extend({
    /** The event with the decision on eligibility, where that was made here; in earlier events left out. */
    determinedBy: uuid.optional(),
  }),
  personal: ['couldBeDone', 'inTheirWords'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ wantsMet }) => `Wishes recorded: wants ${wantsMet} met by the council`,
  authority: 'Care Act 2014 s13(3)(a), (b), (4)(a)',
});
export type WishesRecordedData = EventOf<typeof wishesRecorded>['data'];

export const residence = z.strictObject({
  ...ids,
  resident: z.enum(residences),
  /** Where it is another council: which. */
  otherCouncil: coded.optional(),
  ground: z.enum(residenceGrounds),
  reasons: personal,
});

/** Where the person is ordinarily resident was established: for a carer, the adult for whom they care. */
export const ordinaryResidenceEstablished = defineEvent({
  type: 'assessment.ordinary-residence-established.v1',
  schema: residence,
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Ordinary residence: ${data.resident}${data.otherCouncil ? ` (${data.otherCouncil})` : ''}`,
  decision: true,
  authority: 'Care Act 2014 s13(3)(c), (4)(b), s39',
});
export type OrdinaryResidenceEstablishedData = EventOf<typeof ordinaryResidenceEstablished>['data'];

export const givenInWriting = z.strictObject({
  ...ids,
  documents: z.array(z.enum(writtenDocuments)),
  to: z.enum(['the person', 'a representative', 'an advocate']),
  format: z.enum(['letter', 'email', 'easy read', 'large print', 'another language', 'in person']),
});

/** The person has the decision and the assessment in writing. */
export const decisionGivenInWriting = defineEvent({
  type: 'assessment.decision-given-in-writing.v1',
  schema: givenInWriting,
  people: (data) => [data.personId],
  title: ({ documents, to }) => `Given in writing to ${to}: ${documents.join(', ')}`,
  authority: 'Care Act 2014 s12(3), s13(2)',
});
export type DecisionGivenInWritingData = EventOf<typeof decisionGivenInWriting>['data'];

export const advice = z.strictObject({
  ...ids,
  about: z.array(z.enum(adviceAbout)),
  /** What was written; personal, because it answers to one person's needs. */
  words: personal,
});

/** Written advice and information, where none of the needs is eligible. */
export const writtenAdviceGiven = defineEvent({
  type: 'assessment.written-advice-given.v1',
  schema: advice,
  personal: ['words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ about }) => `Written advice given on ${about.join(' and ')}`,
  authority: 'Care Act 2014 s13(5)',
});
export type WrittenAdviceGivenData = EventOf<typeof writtenAdviceGiven>['data'];

export const signpost = z.strictObject({
  ...ids,
  kind: z.enum(universalServices),
  /** The service as the public knows it: `Wrenbridge Good Neighbours`. Not personal. */
  service: coded,
  /** Its id in the council’s directory, where it was chosen from it. */
  serviceId: uuid.optional(),
  /** Other services that were named, so that the person could choose. */
  alternatives: z.array(coded),
  /** Why this one; personal. */
  reasons: personal.optional(),
});

/** The person was pointed to a service that is there for everybody. */
export const signpostedToUniversalService = defineEvent({
  type: 'assessment.signposted-to-universal-service.v1',
  schema: signpost,
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ service }) => `Signposted to ${service}`,
  authority: 'Care Act 2014 s2, s4, s13(5)',
});
export type SignpostedToUniversalServiceData = EventOf<typeof signpostedToUniversalService>['data'];
