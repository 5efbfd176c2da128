import type { PlainDate } from '@caretrail/kernel';
import {
  protectionPlanAgreed,
  type ProtectionPlanAgreedData,
  protectionPlanNotNeeded,
  type ProtectionPlanNotNeededData,
  protectionPlanReviewed,
  type ProtectionPlanReviewedData,
} from '@caretrail/safeguarding/contracts';

type DecisionOf<Type extends string, Data> = {
  readonly type: Type;
  readonly data: Data;
  readonly on: PlainDate;
  /** The name of whoever decided. */
  readonly by: string;
};
/** A decision on the protection plan of one adult, opened. */
export type PlanDecision =
  | DecisionOf<typeof protectionPlanAgreed.type, ProtectionPlanAgreedData>
  | DecisionOf<typeof protectionPlanNotNeeded.type, ProtectionPlanNotNeededData>
  | DecisionOf<typeof protectionPlanReviewed.type, ProtectionPlanReviewedData>;

export const planEvents: readonly string[] = [
  protectionPlanAgreed.type,
  protectionPlanNotNeeded.type,
  protectionPlanReviewed.type,
];

interface PlanStep {
  readonly what: string;
  readonly by: string;
  readonly dueOn: PlainDate;
  /** As the last review found it. */
  readonly state?: string;
  readonly words?: string;
  /** Not known to be done, and its day has passed. */
  readonly late: boolean;
}

/** How one adult of a concern is kept safe, as it stood on a day. */
export interface AdultProtection {
  readonly id: string;
  readonly label: string;
  readonly stands: 'to be agreed' | 'not needed' | 'in force' | 'ended';
  readonly notNeeded?: { readonly reasons: string; readonly on: PlainDate; readonly by: string };
  readonly plan?: Omit<ProtectionPlanAgreedData, 'steps'> & { readonly on: PlainDate; readonly by: string };
  readonly steps: readonly PlanStep[];
  /** Reviews of the plan that stands and of those before it, the newest last. */
  readonly reviews: readonly (ProtectionPlanReviewedData & { readonly on: PlainDate; readonly by: string })[];
  /** While the plan is in force. */
  readonly reviewOn?: PlainDate;
  readonly reviewIsLate: boolean;
}

/**
 * What was decided on one adult's plan, folded.
 * @param decisions those of the concern that were true and known, in the order in which they were recorded
 * @param day the day that is looked at
 */
export function protectionOf(
  { id, label }: { readonly id: string; readonly label: string },
  decisions: readonly PlanDecision[],
  day: PlainDate,
): AdultProtection {
  let shown: AdultProtection = { id, label, stands: 'to be agreed', steps: [], reviews: [], reviewIsLate: false };
  for (const { type, data, on, by } of decisions) {
    if (data.adult !== id) continue;
    switch (type) {
      case protectionPlanNotNeeded.type:
        shown = { ...shown, stands: 'not needed', notNeeded: { reasons: data.reasons, on, by } };
        break;
      case protectionPlanAgreed.type: {
        const { steps, ...plan } = data;
        shown = {
          ...shown,
          stands: 'in force',
          plan: { ...plan, on, by },
          steps: steps.map((step) => ({ ...step, late: step.dueOn < day })),
          reviewOn: data.reviewOn,
        };
        break;
      }
      case protectionPlanReviewed.type: {
        const { reviewOn: _, ...before } = shown;
        const goesOn = data.next === 'the plan goes on';
        shown = {
          ...before,
          stands: goesOn ? 'in force' : 'ended',
          steps: shown.steps.map((step, at) => {
            const { state, words } = data.steps[at] ?? {};
            return {
              ...step,
              ...(state && { state }),
              ...(words && { words }),
              late: goesOn && state === 'not done yet' && step.dueOn < day,
            };
          }),
          reviews: [...shown.reviews, { ...data, on, by }],
          ...(goesOn && data.reviewOn && { reviewOn: data.reviewOn }),
        };
        break;
      }
    }
  }
  return { ...shown, reviewIsLate: shown.reviewOn !== undefined && shown.reviewOn < day };
}
