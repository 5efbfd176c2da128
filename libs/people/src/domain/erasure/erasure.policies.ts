import { addMonths, type DecisionContext, formatDate, type PlainDate, type Policy } from '@caretrail/kernel';
import {
  type AgreeErasureData,
  type ErasePersonData,
  type ExtendErasureData,
  groundsBeforeRetentionEnds,
  MONTHS_TO_ANSWER_ERASURE,
  MORE_MONTHS_TO_ANSWER_ERASURE,
  type RefuseErasureData,
  type RequestErasureData,
} from '../../contracts/index.js';
import type { ErasureState } from './erasure.state.js';

type ErasurePolicy<Data> = Policy<Data, ErasureState, DecisionContext>;
type Answer = Pick<RefuseErasureData, 'requestId' | 'reasons'>;

const byToday: ErasurePolicy<unknown> = {
  rule: 'happened-by-today',
  section: 'UK GDPR Article 12(3)',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ message: 'This day has not come yet.', field: 'effectiveOn' }] : undefined,
};

const notErasedBefore: ErasurePolicy<unknown> = {
  rule: 'not-erased-before',
  section: 'UK GDPR Article 17(1)',
  check: (_, { erased }) => (erased ? [{ message: 'This person was erased already.' }] : undefined),
};

const oneRequestAtATime: ErasurePolicy<RequestErasureData> = {
  rule: 'one-request-at-a-time',
  section: 'UK GDPR Article 12(3)',
  check: (_, { request }) =>
    request
      ? [{ message: `The request of ${formatDate(request.on)} is not answered, or not carried out, yet.` }]
      : undefined,
};

const saidInWords: ErasurePolicy<RequestErasureData> = {
  rule: 'said-in-words',
  section: 'UK GDPR Article 17(1)',
  check: ({ words }) => (words.trim() ? undefined : [{ message: 'Write down what was asked.', field: 'words' }]),
};

const requestIsOpen: ErasurePolicy<{ readonly requestId: string }> = {
  rule: 'request-is-open',
  section: 'UK GDPR Article 12(3)',
  check: ({ requestId }, { request }) =>
    request?.data.requestId === requestId ? undefined : [{ message: 'No such request is open for this person.' }],
};

const answeredOnce: ErasurePolicy<Answer> = {
  rule: 'answered-once',
  section: 'UK GDPR Article 12(3)',
  check: (_, { agreed }) =>
    agreed ? [{ message: 'This request was agreed to already, and waits to be carried out.' }] : undefined,
};

const notBeforeTheRequest: ErasurePolicy<unknown> = {
  rule: 'not-before-the-request',
  section: 'UK GDPR Article 12(3)',
  check: (_, { request }, { effectiveOn }) =>
    request && effectiveOn < request.on
      ? [{ message: `It was asked for on ${formatDate(request.on)}, after this day.`, field: 'effectiveOn' }]
      : undefined,
};

const answerHasReasons: ErasurePolicy<Answer> = {
  rule: 'answer-has-reasons',
  section: 'UK GDPR Article 5(2), 12(4)',
  check: ({ reasons }) => (reasons.trim() ? undefined : [{ message: 'Give the reasons.', field: 'reasons' }]),
};

const notByThePerson: ErasurePolicy<{ readonly personId: string }> = {
  rule: 'not-decided-by-the-person',
  section: 'UK GDPR Article 5(2)',
  check: ({ personId }, _, { actor }) =>
    actor.id === personId ? [{ message: 'Nobody decides on their own request.' }] : undefined,
};

/** A record that a duty rests on is kept: to meet it is an obligation in law. */
const nothingIsOwed: ErasurePolicy<Pick<ErasePersonData, 'owed'>> = {
  rule: 'nothing-is-owed',
  section: 'UK GDPR Article 17(3)(b)',
  check: ({ owed = [] }) =>
    owed.length
      ? [
          {
            message: `The council still owes the person something in law, and needs the record for it: ${owed.join('; ')}. Refuse, or do it first.`,
          },
        ]
      : undefined,
};

const retentionHasEnded: ErasurePolicy<AgreeErasureData> = {
  rule: 'retention-has-ended',
  section: 'UK GDPR Article 5(1)(e), 17(3)(b)',
  check: ({ ground, retentionEndedOn }, _, { effectiveOn }) => {
    const field = 'retentionEndedOn';
    if (!retentionEndedOn)
      return groundsBeforeRetentionEnds.includes(ground)
        ? undefined
        : [{ message: 'Say on which day the time ended for which the council keeps such records.', field }];
    return retentionEndedOn > effectiveOn
      ? [
          {
            message: `The council keeps this record until ${formatDate(retentionEndedOn)}: refuse until then.`,
            field,
          },
        ]
      : undefined;
  },
};

/** Until when a request is to be answered that was received on a day: UK GDPR Article 12(3). */
export const answerErasureBy = ({ on, extended }: { readonly on: PlainDate; readonly extended?: true }): PlainDate =>
  addMonths(on, MONTHS_TO_ANSWER_ERASURE + (extended ? MORE_MONTHS_TO_ANSWER_ERASURE : 0));

const extendedOnce: ErasurePolicy<ExtendErasureData> = {
  rule: 'extended-once',
  section: 'UK GDPR Article 12(3)',
  check: (_, { request }) =>
    request?.extended
      ? [
          {
            message: `More time was taken already: this request is to be answered by ${formatDate(answerErasureBy(request))}.`,
          },
        ]
      : undefined,
};

/** "… shall inform the data subject of any such extension within one month of receipt of the request". */
const toldWithinTheMonth: ErasurePolicy<ExtendErasureData> = {
  rule: 'told-within-the-month',
  section: 'UK GDPR Article 12(3)',
  check: (_, { request }, { effectiveOn }) => {
    if (!request) return undefined;
    const last = addMonths(request.on, MONTHS_TO_ANSWER_ERASURE);
    return effectiveOn > last
      ? [
          {
            message: `The person had to be told by ${formatDate(last)} that it takes longer. That day has passed: answer now.`,
            field: 'effectiveOn',
          },
        ]
      : undefined;
  },
};

const agreedFirst: ErasurePolicy<ErasePersonData> = {
  rule: 'agreed-first',
  section: 'UK GDPR Article 5(2)',
  check: (_, { agreed }) => (agreed ? undefined : [{ message: 'Nobody agreed to this request.' }]),
};

const carriedOutBySomebodyElse: ErasurePolicy<ErasePersonData> = {
  rule: 'carried-out-by-somebody-else',
  section: 'UK GDPR Article 5(1)(f), 5(2)',
  check: (_, { agreed }, { actor }) =>
    agreed?.data.agreedBy === actor.id
      ? [{ message: 'You agreed to it. There is no way back from it, so somebody else has to carry it out.' }]
      : undefined,
};

const notBeforeTheAgreement: ErasurePolicy<ErasePersonData> = {
  rule: 'not-before-the-agreement',
  section: 'UK GDPR Article 5(2)',
  check: (_, { agreed }, { effectiveOn }) =>
    agreed && effectiveOn < agreed.on
      ? [{ message: `It was agreed on ${formatDate(agreed.on)}, after this day.`, field: 'effectiveOn' }]
      : undefined,
};

const answering = [
  notErasedBefore,
  requestIsOpen,
  answeredOnce,
  notByThePerson,
  answerHasReasons,
  notBeforeTheRequest,
  byToday,
] as const;

export const erasureRequestPolicies = [notErasedBefore, oneRequestAtATime, saidInWords, byToday] as const;
export const erasureExtensionPolicies = [...answering, extendedOnce, toldWithinTheMonth] as const;
export const erasureRefusalPolicies = answering;
export const erasureAgreementPolicies = [...answering, nothingIsOwed, retentionHasEnded] as const;
export const personErasedPolicies = [
  notErasedBefore,
  requestIsOpen,
  agreedFirst,
  notByThePerson,
  carriedOutBySomebodyElse,
  nothingIsOwed,
  notBeforeTheAgreement,
  byToday,
] as const;
