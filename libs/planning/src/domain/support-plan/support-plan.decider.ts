import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type { AgreeSupportPlan, OpenSupportPlan, supportPlanAgreed, supportPlanOpened } from '../../contracts/index.js';
import { agreementPolicies, openingPolicies } from './support-plan.policies.js';
import type { SupportPlanState } from './support-plan.state.js';

export type { SupportPlanState } from './support-plan.state.js';

export type SupportPlanCommand = OpenSupportPlan | AgreeSupportPlan;
export type SupportPlanEvent = EventOf<typeof supportPlanOpened> | EventOf<typeof supportPlanAgreed>;

/** The stream of a support plan, by id. */
export const supportPlanStream = ({ planId }: { readonly planId: string }): string =>
  streamName('planning.support-plan', planId);

/** The care and support plan of Care Act 2014 s25, with the personal budget in it. */
export const supportPlanDecider: Decider<SupportPlanCommand, SupportPlanState, SupportPlanEvent> = {
  initial: { agreed: false },

  decide(command, state, context) {
    switch (command.type) {
      case 'planning.open-support-plan':
        if (sameContent(command.data, state.opening)) return [];
        upholdAll(openingPolicies, command.data, state, context);
        return [{ type: 'planning.support-plan-opened.v1', data: command.data }];
      case 'planning.agree-support-plan': {
        upholdAll(agreementPolicies, command.data, state, context);
        const { personId, allocationId, costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek } =
          state.opening!;
        const budget = { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek };
        return [{ type: 'planning.support-plan-agreed.v1', data: { ...command.data, personId, allocationId, budget } }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'planning.support-plan-opened.v1':
        return { ...state, opening: event.data };
      case 'planning.support-plan-agreed.v1':
        return { ...state, agreed: true };
      default:
        return unreachable(event);
    }
  },
};
