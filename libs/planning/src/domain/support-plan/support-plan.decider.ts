import {
  addDays,
  addMonths,
  type Decider,
  type DecisionContext,
  sameContent,
  streamName,
  unreachable,
  upholdAll,
} from '@caretrail/kernel';
import type {
  AgreeSupportPlan,
  AgreeSupportPlanData,
  ChangePlanLine,
  CloseSupportPlan,
  CompleteFivePointCheck,
  CompleteReview,
  CompleteReviewData,
  ContributePlanLine,
  DeclineReviewRequest,
  GivePlanInWriting,
  MeasureOutcome,
  OfferOptions,
  OpenPlanRevision,
  OpenPlanRevisionData,
  OpenSupportPlan,
  RecordAboutPerson,
  RecordDissent,
  RecordNeedUnmet,
  RequestReview,
  SetReviewDue,
  SignSupportPlan,
  Signature,
  SigningRepresentative,
  StartSupportPlan,
  StatePlanBudget,
  WithdrawPlanLine,
  WithdrawUnmetNeed,
} from '../../contracts/index.js';
import {
  agreementAskedPolicies,
  agreementPolicies,
  closingPolicies,
  contentPolicies,
  openingPolicies,
  proposalOfDraft,
  signingPolicies,
  startPolicies,
  statingPolicies,
  writingPolicies,
} from './agreement.policies.js';
import {
  aboutPersonPolicies,
  changePolicies,
  contributionPolicies,
  dissentPolicies,
  optionsPolicies,
  unmetNeedPolicies,
  withdrawalOfLinePolicies,
  withdrawalOfUnmetPolicies,
} from './drafting.policies.js';
import { fivePointPolicies, measurePolicies } from './outcome.policies.js';
import {
  WEEKS_TO_FIRST_LOOK,
  completionPolicies,
  decliningPolicies,
  dueDatePolicies,
  requestPolicies,
  revisionPolicies,
} from './reviewing.policies.js';
import { withRepresentation } from './representative.policies.js';
import { evolveSupportPlan, type SupportPlanEvent } from './support-plan.evolve.js';
import {
  currentVersion,
  inTheMaking,
  newSupportPlan,
  sameAmounts,
  type SupportPlanState,
} from './support-plan.state.js';

export type { SupportPlanEvent } from './support-plan.evolve.js';
export type { SupportPlanState } from './support-plan.state.js';

export type SupportPlanCommand =
  | OpenSupportPlan
  | StatePlanBudget
  | ContributePlanLine
  | ChangePlanLine
  | WithdrawPlanLine
  | RecordNeedUnmet
  | WithdrawUnmetNeed
  | RecordAboutPerson
  | OfferOptions
  | RecordDissent
  | SignSupportPlan
  | AgreeSupportPlan
  | GivePlanInWriting
  | StartSupportPlan
  | CompleteFivePointCheck
  | MeasureOutcome
  | SetReviewDue
  | RequestReview
  | DeclineReviewRequest
  | CompleteReview
  | OpenPlanRevision
  | CloseSupportPlan;

/** The stream of a support plan, by id. */
export const supportPlanStream = ({ planId }: { readonly planId: string }): string =>
  streamName('planning.support-plan', planId);

/** The care and support plan of Care Act 2014 s25, with the personal budget in it, and its reviews under s27. */
export const supportPlanDecider: Decider<SupportPlanCommand, SupportPlanState, SupportPlanEvent> = {
  initial: newSupportPlan,
  evolve: evolveSupportPlan,

  decide(command, state, context) {
    const personId = state.opening?.personId ?? '';
    switch (command.type) {
      case 'planning.open-support-plan':
        if (sameContent(command.data, state.opening)) return [];
        upholdAll(openingPolicies, command.data, state, context);
        return [{ type: 'planning.support-plan-opened.v1', data: command.data }];
      case 'planning.state-plan-budget':
        upholdAll(statingPolicies, command.data, state, context);
        if (sameContent(command.data.budget, state.budget)) return [];
        return [{ type: 'planning.personal-budget-stated.v1', data: command.data }];
      case 'planning.contribute-plan-line':
        upholdAll(contributionPolicies, command.data, state, context);
        return [{ type: 'planning.plan-line-contributed.v1', data: { ...command.data, personId } }];
      case 'planning.change-plan-line':
        upholdAll(changePolicies, command.data, state, context);
        if (state.lines.some((line) => sameContent(line, command.data.line))) return [];
        return [{ type: 'planning.plan-line-changed.v1', data: { ...command.data, personId } }];
      case 'planning.withdraw-plan-line': {
        upholdAll(withdrawalOfLinePolicies, command.data, state, context);
        const { need } = state.lines.find(({ lineId }) => lineId === command.data.lineId)!;
        return [{ type: 'planning.plan-line-withdrawn.v1', data: { ...command.data, personId, need } }];
      }
      case 'planning.record-need-unmet':
        upholdAll(unmetNeedPolicies, command.data, state, context);
        return [{ type: 'planning.need-recorded-unmet.v1', data: { ...command.data, personId } }];
      case 'planning.withdraw-unmet-need':
        upholdAll(withdrawalOfUnmetPolicies, command.data, state, context);
        return [{ type: 'planning.unmet-need-withdrawn.v1', data: { ...command.data, personId } }];
      case 'planning.record-about-person':
        upholdAll(aboutPersonPolicies, command.data, state, context);
        return [{ type: 'planning.about-person-recorded.v1', data: { ...command.data, personId } }];
      case 'planning.offer-options':
        upholdAll(optionsPolicies, command.data, state, context);
        return [{ type: 'planning.options-offered.v1', data: { ...command.data, personId } }];
      case 'planning.record-dissent':
        upholdAll(dissentPolicies, command.data, state, context);
        return [{ type: 'planning.dissent-recorded.v1', data: { ...withRepresentation(command.data), personId } }];
      case 'planning.sign-support-plan': {
        upholdAll(signingPolicies, command.data, state, context);
        if (!state.version || inTheMaking(state)) upholdAll(contentPolicies, proposalOfDraft(state), state, context);
        const { planId, ...signature } = command.data;
        return [signed(planId, signature, state)];
      }
      case 'planning.agree-support-plan':
        return agree(command.data, state, context);
      case 'planning.give-plan-in-writing':
        upholdAll(writingPolicies, command.data, state, context);
        return [
          { type: 'planning.plan-given-in-writing.v1', data: { ...command.data, personId, version: state.version } },
        ];
      case 'planning.start-support-plan':
        upholdAll(startPolicies, command.data, state, context);
        return [
          { type: 'planning.support-plan-started.v1', data: { ...command.data, personId, version: state.version } },
        ];
      case 'planning.complete-five-point-check': {
        upholdAll(fivePointPolicies, command.data, state, context);
        const version = Math.max(state.version, 1);
        return [{ type: 'planning.five-point-check-completed.v1', data: { ...command.data, personId, version } }];
      }
      case 'planning.measure-outcome':
        upholdAll(measurePolicies, command.data, state, context);
        return [{ type: 'planning.outcome-measured.v1', data: { ...command.data, personId } }];
      case 'planning.set-review-due': {
        upholdAll(dueDatePolicies, command.data, state, context);
        const { countedFrom } = state.reviewDue!;
        return [{ type: 'planning.review-due-set.v1', data: { ...command.data, personId, countedFrom } }];
      }
      case 'planning.request-review':
        upholdAll(requestPolicies, command.data, state, context);
        return [{ type: 'planning.review-requested.v1', data: { ...withRepresentation(command.data), personId } }];
      case 'planning.decline-review-request':
        upholdAll(decliningPolicies, command.data, state, context);
        return [{ type: 'planning.review-request-declined.v1', data: { ...command.data, personId } }];
      case 'planning.complete-review':
        upholdAll(completionPolicies, command.data, state, context);
        return completed(command.data, state, context);
      case 'planning.open-plan-revision':
        if (isOpenFor(command.data, state)) return [];
        upholdAll(revisionPolicies, command.data, state, context);
        return [
          {
            type: 'planning.plan-revision-opened.v1',
            data: { ...command.data, personId, version: state.version + 1 },
          },
        ];
      case 'planning.close-support-plan':
        upholdAll(closingPolicies, command.data, state, context);
        return [{ type: 'planning.support-plan-closed.v1', data: { ...command.data, personId } }];
      default:
        return unreachable(command);
    }
  },
};

/** Opened for the same review with the same budget, by whomever: nothing is new. */
const isOpenFor = ({ reviewId, budget }: OpenPlanRevisionData, { stage, reviews }: SupportPlanState): boolean =>
  stage === 'under revision' &&
  reviews.some((each) => each.reviewId === reviewId && each.acted && budget && sameAmounts(each.budget, budget));

function signed(planId: string, { representative, ...how }: Signature, state: SupportPlanState): SupportPlanEvent {
  const { personId } = state.opening!;
  const version = currentVersion(state);
  const by = representative && bySigning(representative);
  return {
    type: 'planning.support-plan-signed.v1',
    data: { planId, personId, version, ...how, ...(by && { representative: by }) },
  };
}

function bySigning({ representationId, standing }: SigningRepresentative) {
  const { scope: _, ...who } = standing!;
  return { representationId, ...who };
}

/** The council's signature; the person's with it, where both sign together. The first look is due from that day. */
function agree(data: AgreeSupportPlanData, state: SupportPlanState, context: DecisionContext): SupportPlanEvent[] {
  upholdAll(agreementAskedPolicies, data, state, context);
  const { planId, signature, ...said } = data;
  const { lines, notMet } =
    data.lines || data.notMet ? { lines: data.lines ?? [], notMet: data.notMet ?? [] } : proposalOfDraft(state);
  upholdAll(agreementPolicies, { ...data, lines, notMet }, state, context);
  const { personId, allocationId } = state.opening!;
  const version = currentVersion(state);
  const ofPlan = { planId, personId };
  const countedFrom = context.effectiveOn;
  return [
    ...(signature ? [signed(planId, signature, state)] : []),
    {
      type: 'planning.support-plan-agreed.v1',
      data: {
        ...ofPlan,
        allocationId,
        ...said,
        lines: [...lines],
        notMet: [...notMet],
        budget: state.budget!,
        version,
      },
    },
    {
      type: 'planning.review-due-set.v1',
      data: {
        ...ofPlan,
        dueOn: addDays(countedFrom, 7 * WEEKS_TO_FIRST_LOOK),
        countedFrom,
        weeks: WEEKS_TO_FIRST_LOOK,
      },
    },
  ];
}

/** The review, what it found, and when the next is due, counted from this one: a plan that ends is reviewed no more. */
function completed(
  data: CompleteReviewData,
  state: SupportPlanState,
  { effectiveOn }: DecisionContext,
): SupportPlanEvent[] {
  const { planId, reviewId, whatChanged, inTheirWords, nextReviewInMonths: months, ...review } = data;
  const { personId } = state.opening!;
  const ofPlan = { planId, personId };
  const dueOn = addMonths(effectiveOn, months);
  return [
    {
      type: 'planning.review-completed.v1',
      data: { ...review, ...ofPlan, reviewId, version: state.version },
    },
    {
      type: 'planning.changes-found-at-review.v1',
      data: { ...ofPlan, reviewId, whatChanged, ...(inTheirWords && { inTheirWords }) },
    },
    ...(data.consequence === 'the plan ends'
      ? []
      : [
          {
            type: 'planning.review-due-set.v1',
            data: { ...ofPlan, dueOn, countedFrom: effectiveOn, months },
          } as const,
        ]),
  ];
}
