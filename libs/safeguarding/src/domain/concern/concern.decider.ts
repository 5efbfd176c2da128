import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  AgreeProtectionPlan,
  alertRaised,
  ConcludeEnquiry,
  concernGiven,
  DecideNoProtectionPlan,
  DecideS42Criteria,
  enquiryConcluded,
  GiveConcern,
  protectionPlanAgreed,
  protectionPlanNotNeeded,
  protectionPlanReviewed,
  RaiseAlert,
  ReviewProtectionPlan,
  s42CriteriaDecided,
} from '../../contracts/index.js';
import { alertPolicies, conclusionPolicies, dutyToEnquire, givingPolicies, s42Policies } from './concern.policies.js';
import type { ConcernState } from './concern.state.js';
import { noPlanPolicies, planPolicies, planReviewPolicies } from './protection-plan.policies.js';

export type { ConcernState } from './concern.state.js';

export type ConcernCommand =
  | RaiseAlert
  | GiveConcern
  | DecideS42Criteria
  | ConcludeEnquiry
  | AgreeProtectionPlan
  | DecideNoProtectionPlan
  | ReviewProtectionPlan;
export type ConcernEvent =
  | EventOf<typeof alertRaised>
  | EventOf<typeof concernGiven>
  | EventOf<typeof s42CriteriaDecided>
  | EventOf<typeof enquiryConcluded>
  | EventOf<typeof protectionPlanAgreed>
  | EventOf<typeof protectionPlanNotNeeded>
  | EventOf<typeof protectionPlanReviewed>;

/** The stream of a concern, by id. */
export const concernStream = ({ concernId }: { readonly concernId: string }): string =>
  streamName('safeguarding.concern', concernId);

/**
 * A safeguarding concern: raised, given to somebody, decided limb by limb (Care Act 2014 s42(1)), enquired into, and
 * followed by a plan for each adult who needs one (s42(2)).
 */
export const concernDecider: Decider<ConcernCommand, ConcernState, ConcernEvent> = {
  initial: { protection: {} },

  decide(command, state, context) {
    switch (command.type) {
      case 'safeguarding.raise-alert':
        if (sameContent(command.data, state.raised?.alert)) return [];
        upholdAll(alertPolicies, command.data, state, context);
        return [{ type: 'safeguarding.alert-raised.v1', data: command.data }];
      case 'safeguarding.give-concern': {
        upholdAll(givingPolicies, command.data, state, context);
        const { concernId, to } = command.data;
        if (state.owner === to.id) return [];
        return [{ type: 'safeguarding.concern-given.v1', data: { concernId, adults: state.raised!.adults, to } }];
      }
      case 'safeguarding.decide-s42-criteria':
        upholdAll(s42Policies, command.data, state, context);
        return [
          {
            type: 'safeguarding.s42-criteria-decided.v1',
            data: { ...command.data, adults: state.raised!.adults, dutyToEnquire: dutyToEnquire(command.data) },
          },
        ];
      case 'safeguarding.conclude-enquiry':
        upholdAll(conclusionPolicies, command.data, state, context);
        return [{ type: 'safeguarding.enquiry-concluded.v1', data: { ...command.data, adults: state.raised!.adults } }];
      case 'safeguarding.agree-protection-plan':
        upholdAll(planPolicies, command.data, state, context);
        return [{ type: 'safeguarding.protection-plan-agreed.v1', data: command.data }];
      case 'safeguarding.decide-no-protection-plan':
        upholdAll(noPlanPolicies, command.data, state, context);
        return [{ type: 'safeguarding.protection-plan-not-needed.v1', data: command.data }];
      case 'safeguarding.review-protection-plan':
        upholdAll(planReviewPolicies, command.data, state, context);
        return [{ type: 'safeguarding.protection-plan-reviewed.v1', data: command.data }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'safeguarding.alert-raised.v1':
        return { ...state, raised: { adults: event.data.adults, on: event.effectiveOn, alert: event.data } };
      case 'safeguarding.concern-given.v1':
        return { ...state, owner: event.data.to.id };
      case 'safeguarding.s42-criteria-decided.v1':
        return { ...state, decided: { dutyToEnquire: event.data.dutyToEnquire, on: event.effectiveOn } };
      case 'safeguarding.enquiry-concluded.v1':
        return { ...state, concluded: { on: event.effectiveOn, action: event.data.actions.length > 0 } };
      case 'safeguarding.protection-plan-agreed.v1': {
        const agreed = { plan: event.data, on: event.effectiveOn };
        return { ...state, protection: { ...state.protection, [event.data.adult]: agreed } };
      }
      case 'safeguarding.protection-plan-not-needed.v1':
        return state;
      case 'safeguarding.protection-plan-reviewed.v1': {
        const { adult, next } = event.data;
        const before = state.protection[adult];
        if (!before) return state;
        const ended = next === 'the plan ends' && { endedOn: event.effectiveOn };
        return {
          ...state,
          protection: { ...state.protection, [adult]: { ...before, on: event.effectiveOn, ...ended } },
        };
      }
      default:
        return unreachable(event);
    }
  },
};
