import { type EventOf, type Recorded, unreachable } from '@caretrail/kernel';
import type { SupportPlanAgreedData, planningEvents, reviewCorrected, reviewWithdrawn } from '../../contracts/index.js';
import { sameAmounts, type StandingLine, type SupportPlanState } from './support-plan.state.js';

/** What can happen to a plan: all of this context but what returns alone tell of a review. */
export type SupportPlanEvent = EventOf<
  Exclude<(typeof planningEvents)[number], typeof reviewCorrected | typeof reviewWithdrawn>
>;

/** Folds an event into the plan. Order does not matter for lines: the newest that names a line stands. */
export function evolveSupportPlan(state: SupportPlanState, event: Recorded<SupportPlanEvent>): SupportPlanState {
  switch (event.type) {
    case 'planning.support-plan-opened.v1': {
      const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek } = event.data;
      const allocated = { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek };
      // The statement may have reached the plan before its opening did.
      return { ...state, stage: 'draft', opening: event.data, budget: state.budget ?? allocated };
    }
    case 'planning.personal-budget-stated.v1': {
      const { budget } = event.data;
      return sameAmounts(state.budget, budget) ? { ...state, budget } : { ...unsigned(state), budget };
    }
    case 'planning.plan-line-contributed.v1': {
      const { line } = event.data;
      return { ...met(redrafted(state), line), lines: [...without(state.lines, line), line] };
    }
    case 'planning.plan-line-changed.v1': {
      const { line } = event.data;
      const lines = state.lines.map((old) => (old.lineId === line.lineId ? line : old));
      return { ...met(redrafted(state), line), lines };
    }
    case 'planning.plan-line-withdrawn.v1':
      return { ...redrafted(state), lines: without(state.lines, event.data) };
    case 'planning.need-recorded-unmet.v1': {
      const { planId: _, personId: __, ...unmet } = event.data;
      return { ...redrafted(state), unmet: [...otherNeeds(state, unmet.need), unmet] };
    }
    case 'planning.unmet-need-withdrawn.v1':
      return { ...redrafted(state), unmet: otherNeeds(state, event.data.need) };
    case 'planning.dissent-recorded.v1':
      return event.data.by === 'carer' ? state : { ...unsigned(state), dissent: true };
    case 'planning.support-plan-signed.v1':
      return { ...state, signed: [...state.signed, event.data.version], dissent: false };
    case 'planning.support-plan-agreed.v1':
      return agreed(state, event.data, event.effectiveOn);
    case 'planning.support-plan-started.v1':
      return { ...state, stage: state.stage === 'agreed' ? 'active' : state.stage, startedOn: event.effectiveOn };
    case 'planning.review-due-set.v1':
      return { ...state, reviewDue: { dueOn: event.data.dueOn, countedFrom: event.data.countedFrom } };
    case 'planning.review-requested.v1':
      return { ...state, requests: [...state.requests, event.data.reviewId] };
    case 'planning.review-request-declined.v1':
      return { ...state, requests: state.requests.filter((id) => id !== event.data.reviewId) };
    case 'planning.review-completed.v1': {
      const { reviewId, consequence = 'the plan goes on as it is' } = event.data;
      const requests = state.requests.filter((id) => id !== reviewId);
      return { ...state, requests, reviews: [...state.reviews, { reviewId, consequence, acted: false }] };
    }
    case 'planning.plan-revision-opened.v1': {
      const { reviewId, budget } = event.data;
      const reviews = state.reviews.map((each) =>
        each.reviewId === reviewId ? { ...each, acted: true, ...(budget && { budget }) } : each,
      );
      return { ...state, stage: 'under revision', reviews, ...(budget && { budget }), draftedHere: false };
    }
    case 'planning.support-plan-closed.v1':
      return { ...state, stage: 'closed' };
    case 'planning.about-person-recorded.v1':
    case 'planning.options-offered.v1':
    case 'planning.plan-given-in-writing.v1':
    case 'planning.five-point-check-completed.v1':
    case 'planning.outcome-measured.v1':
    case 'planning.changes-found-at-review.v1':
      return state;
    default:
      return unreachable(event);
  }
}

function agreed(state: SupportPlanState, data: SupportPlanAgreedData, on: string): SupportPlanState {
  const { lines, notMet, version = state.version + 1 } = data;
  const stage = state.startedOn === undefined ? 'agreed' : 'active';
  const settled = { ...state, stage, version, agreedOn: on, dissent: false, draftedHere: false } as const;
  if (lines.some(({ lineId }) => lineId !== undefined)) return { ...settled, paidOnce: onceByLine(state.lines) };
  const brought = linesBroughtWhole(data);
  return { ...settled, lines: brought, unmet: notMet, paidOnce: onceByLine(brought) };
}

const onceByLine = (lines: readonly StandingLine[]): Readonly<Record<string, number>> =>
  Object.fromEntries(lines.flatMap(({ lineId, oneOffPence }) => (oneOffPence ? [[lineId, oneOffPence]] : [])));

/**
 * Lines that another system brought with the agreement, as lines that can be changed when the plan is revised. They
 * came without ids: a line's is made of the plan's and its place.
 */
export const linesBroughtWhole = ({ planId, lines }: Pick<SupportPlanAgreedData, 'planId' | 'lines'>): StandingLine[] =>
  lines.map((line, at) => ({
    ...line,
    lineId: planId.slice(0, 24) + (at + 1).toString(16).padStart(12, '0'),
    purpose: 'benefit',
  }));

const without = (lines: readonly StandingLine[], { lineId }: { readonly lineId: string }): StandingLine[] =>
  lines.filter((line) => line.lineId !== lineId);

const otherNeeds = (state: SupportPlanState, need: string) => state.unmet.filter((unmet) => unmet.need !== need);

/** A new line for a need closes the duty that was recorded as open; a lawful reason may stand beside it. */
const met = (state: SupportPlanState, { need }: StandingLine): SupportPlanState => ({
  ...state,
  unmet: state.unmet.filter((unmet) => unmet.need !== need || unmet.reason),
});

/** A signature is of what was read: it does not hold for a draft that reads otherwise. */
const unsigned = (state: SupportPlanState): SupportPlanState => ({
  ...state,
  signed: state.signed.filter((version) => version <= state.version),
});

const redrafted = (state: SupportPlanState): SupportPlanState => ({ ...unsigned(state), draftedHere: true });
