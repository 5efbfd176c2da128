import type {
  AgreeSupportPlanData,
  DraftedLine,
  OpenSupportPlanData,
  PlanLine,
  Protection,
  SupportPlanAgreedData,
} from '../../contracts/index.js';
import type { SupportPlanEvent } from './support-plan.evolve.js';

/** What the specs of a plan begin from: a budget of £412.30 a week for two needs, on 23 January 2026. Nobody is real. */
export const planId = '0b0f0000-0000-4000-8000-000000000001';
export const personId = '0b0f0000-0000-4000-8000-000000000002';
export const allocationId = '0b0f0000-0000-4000-8000-000000000003';
export const lineId = '0b0f0000-0000-4000-8000-00000000000a';
export const otherLineId = '0b0f0000-0000-4000-8000-00000000000b';
export const reviewId = '0b0f0000-0000-4000-8000-00000000000c';
export const budget = { costPencePerWeek: 41230, personPaysPencePerWeek: 6230, councilPaysPencePerWeek: 35000 };
const ofPlan = { planId, personId };

export const opening: OpenSupportPlanData = {
  ...ofPlan,
  allocationId,
  allocatedOn: '2026-01-23',
  ...budget,
  needs: ['nutrition', 'toilet needs'],
};
export const opened: Extract<SupportPlanEvent, { type: 'planning.support-plan-opened.v1' }> = {
  type: 'planning.support-plan-opened.v1',
  data: opening,
};

/** As another system brings a plan: whole, with the agreement. */
export const line: PlanLine = {
  need: 'nutrition',
  action: 'Lunch together every day',
  contributor: 'community',
  weeklyPence: 4000,
};
export const agreement: AgreeSupportPlanData & { readonly lines: PlanLine[]; readonly notMet: [] } = {
  planId,
  lines: [line, { ...line, need: 'toilet needs', contributor: 'front-line worker', weeklyPence: 37230 }],
  notMet: [],
  agreement: 'agreed',
};
export const agreedData: SupportPlanAgreedData = { ...agreement, personId, allocationId, budget, version: 1 };
export const agreed: SupportPlanEvent = {
  type: 'planning.support-plan-agreed.v1',
  data: agreedData,
  effectiveOn: '2026-02-01',
};
export const firstLook = (on: string, dueOn: string): SupportPlanEvent => ({
  type: 'planning.review-due-set.v1',
  data: { ...ofPlan, dueOn, countedFrom: on, weeks: 8 },
});

/** A line that the person wrote, and one of a worker's; together they use the budget to the penny. */
export const drafted: DraftedLine = {
  lineId,
  need: 'nutrition',
  action: 'Lunch at the club',
  contributor: 'community',
  writtenBy: 'person',
  inOwnWords: 'I like company.',
  weeklyPence: 4000,
  purpose: 'benefit',
};
export const ofWorker: DraftedLine = {
  lineId: otherLineId,
  need: 'toilet needs',
  action: 'Two calls a day',
  contributor: 'front-line worker',
  writtenBy: 'front-line worker',
  weeklyPence: 37230,
  purpose: 'benefit',
};
export const protection: Protection = {
  legalBasis: 'best interests (MCA 2005 s4–s6)',
  beneficiary: 'the person',
  beneficiaryName: 'The person',
  proportionality: 'A sign did not help.',
  expiresOn: '2026-09-02',
};
export const contributed = (its: DraftedLine): SupportPlanEvent => ({
  type: 'planning.plan-line-contributed.v1',
  data: { ...ofPlan, line: its },
});
export const draft = [opened, contributed(drafted), contributed(ofWorker)] as const;
export const signedByPerson = (version: number): SupportPlanEvent => ({
  type: 'planning.support-plan-signed.v1',
  data: { ...ofPlan, version, signatory: 'person', how: 'online' },
});
export const draftAgreed: SupportPlanEvent = {
  type: 'planning.support-plan-agreed.v1',
  data: {
    ...agreedData,
    lines: [drafted, ofWorker].map(({ lineId: id, need, action, contributor, weeklyPence }) => ({
      need,
      action,
      contributor,
      weeklyPence,
      lineId: id,
    })),
  },
  effectiveOn: '2026-02-01',
};
export const started: SupportPlanEvent = {
  type: 'planning.support-plan-started.v1',
  data: { ...ofPlan, version: 1 },
  effectiveOn: '2026-02-09',
};
export const requested: SupportPlanEvent = {
  type: 'planning.review-requested.v1',
  data: { ...ofPlan, reviewId, by: 'the person', words: 'It does not fit.' },
};
export const revised: SupportPlanEvent = {
  type: 'planning.plan-revision-opened.v1',
  data: { ...ofPlan, version: 2, reviewId },
};
export const closed: SupportPlanEvent = {
  type: 'planning.support-plan-closed.v1',
  data: { ...ofPlan, reason: 'the person died', words: 'In hospital.' },
};
export const thePerson = { actor: { id: 'person-1', role: 'person' } };
