import {
  type Decider,
  type DecisionContext,
  type EventOf,
  type Policy,
  sameContent,
  streamName,
  unreachable,
  upholdAll,
} from '@caretrail/kernel';
import type { ConsentRecordedData, consentRecorded, RecordConsent, RecordConsentData } from '../../contracts/index.js';

/** The last answer to each matter. */
export interface ConsentState {
  readonly last: Readonly<Record<string, ConsentRecordedData>>;
}

const givenBeforeWithdrawn: Policy<RecordConsentData, ConsentState, DecisionContext> = {
  rule: 'given-before-withdrawn',
  section: 'UK GDPR Article 7(3)',
  check: ({ answer, matter }, { last }) =>
    answer === 'withdrawn' && last[matter]?.answer !== 'given'
      ? [{ message: 'Only consent that was given can be withdrawn.', field: 'answer' }]
      : undefined,
};

const answeredByToday: Policy<RecordConsentData, ConsentState, DecisionContext> = {
  rule: 'answered-by-today',
  section: 'UK GDPR Article 7(1)',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ message: 'Nobody can have answered on a day to come.', field: 'effectiveOn' }] : undefined,
};

export const consentPolicies = [givenBeforeWithdrawn, answeredByToday] as const;

/** The stream of all consent of one person. */
export const consentStream = ({ personId }: { readonly personId: string }): string =>
  streamName('people.consent', personId);

/** To what a person, or a representative, has consented. */
export const consentDecider: Decider<RecordConsent, ConsentState, EventOf<typeof consentRecorded>> = {
  initial: { last: {} },

  decide(command, state, context) {
    switch (command.type) {
      case 'people.record-consent':
        if (sameContent(command.data, state.last[command.data.matter])) return [];
        upholdAll(consentPolicies, command.data, state, context);
        return [{ type: 'people.consent-recorded.v1', data: command.data }];
      default:
        return unreachable(command.type);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'people.consent-recorded.v1':
        return { last: { ...state.last, [event.data.matter]: event.data } };
      default:
        return unreachable(event.type);
    }
  },
};
