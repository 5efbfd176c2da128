import {
  type Decider,
  type DecisionContext,
  type EventOf,
  formatDate,
  type PlainDate,
  type Policy,
  sameContent,
  streamName,
  unreachable,
  upholdAll,
} from '@caretrail/kernel';
import type {
  EndUrgentHelp,
  EndUrgentHelpData,
  MeetUrgentNeed,
  MeetUrgentNeedData,
  urgentHelpEnded,
  UrgentNeedMetData,
  urgentNeedMet,
} from '../../contracts/index.js';

/** A need that was urgent, and whether help still goes on. */
export interface UrgentNeedState {
  readonly met?: UrgentNeedMetData;
  /** The day from which it was met. */
  readonly since?: PlainDate;
  readonly ended?: boolean;
}
export type UrgentNeedCommand = MeetUrgentNeed | EndUrgentHelp;
export type UrgentNeedEvent = EventOf<typeof urgentNeedMet> | EventOf<typeof urgentHelpEnded>;
type UrgentNeedPolicy<Data> = Policy<Data, UrgentNeedState, DecisionContext>;

const SECTION = 'Care Act 2014 s19(3)';

const metOnce: UrgentNeedPolicy<MeetUrgentNeedData> = {
  rule: 'urgent-need-met-once',
  section: SECTION,
  check: (_, { met }) => (met ? [{ message: 'This urgent need is on record already.' }] : undefined),
};

const byToday: UrgentNeedPolicy<unknown> = {
  rule: 'happened-by-today',
  section: SECTION,
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ message: 'This day has not come yet.', field: 'effectiveOn' }] : undefined,
};

const saysWhatAndWhy: UrgentNeedPolicy<MeetUrgentNeedData> = {
  rule: 'urgent-need-has-reasons',
  section: SECTION,
  check: ({ reasons, provided }) => [
    ...(reasons.trim() ? [] : [{ message: 'Say why the need appears to be urgent.', field: 'reasons' }]),
    ...(provided.trim() ? [] : [{ message: 'Say what is done about it at once.', field: 'provided' }]),
  ],
};

const saysWhatIsLeft: UrgentNeedPolicy<MeetUrgentNeedData> = {
  rule: 'what-is-left-for-later-is-said',
  section: SECTION,
  check: ({ leftForLater }) =>
    leftForLater.length
      ? undefined
      : [
          {
            message:
              'Say which steps of the law are left for later. Where none is, the need is met in the ordinary way.',
            field: 'leftForLater',
          },
        ],
};

const lookedAtAgain: UrgentNeedPolicy<MeetUrgentNeedData> = {
  rule: 'urgent-help-is-looked-at-again',
  section: SECTION,
  check: ({ lookAgainOn }, _, { effectiveOn }) =>
    lookAgainOn > effectiveOn
      ? undefined
      : [{ message: 'Urgent help is looked at again on a later day.', field: 'lookAgainOn' }],
};

const stillGoesOn: UrgentNeedPolicy<EndUrgentHelpData> = {
  rule: 'urgent-help-goes-on',
  section: SECTION,
  check: (_, { met, ended }) =>
    met && !ended ? undefined : [{ message: 'There is no urgent help that goes on.', field: 'urgentNeedId' }],
};

const endsAfterItBegan: UrgentNeedPolicy<EndUrgentHelpData> = {
  rule: 'urgent-help-ends-after-it-began',
  section: SECTION,
  check: (_, { since }, { effectiveOn }) =>
    since && effectiveOn < since
      ? [{ message: `The help began on ${formatDate(since)}: it cannot end before.`, field: 'effectiveOn' }]
      : undefined,
};

export const urgentNeedPolicies = [metOnce, byToday, saysWhatAndWhy, saysWhatIsLeft, lookedAtAgain] as const;
export const urgentEndPolicies = [stillGoesOn, endsAfterItBegan, byToday] as const;

/** The stream of an urgent need, by id. */
export const urgentNeedStream = ({ urgentNeedId }: { readonly urgentNeedId: string }): string =>
  streamName('assessment.urgent-need', urgentNeedId);

/** Urgent needs that are met first, Care Act 2014 s19(3): it says so, gives reasons, and ends no duty. */
export const urgentNeedDecider: Decider<UrgentNeedCommand, UrgentNeedState, UrgentNeedEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'assessment.meet-urgent-need':
        if (sameContent(command.data, state.met)) return [];
        upholdAll(urgentNeedPolicies, command.data, state, context);
        return [{ type: 'assessment.urgent-need-met.v1', data: command.data }];
      case 'assessment.end-urgent-help':
        upholdAll(urgentEndPolicies, command.data, state, context);
        return [{ type: 'assessment.urgent-help-ended.v1', data: command.data }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'assessment.urgent-need-met.v1':
        return { met: event.data, since: event.effectiveOn };
      case 'assessment.urgent-help-ended.v1':
        return { ...state, ended: true };
      default:
        return unreachable(event);
    }
  },
};
