import type { Command } from '@caretrail/kernel';

/** Fields of commands that name what they are about. */
type Ids = Readonly<
  Partial<
    Record<
      | 'personId'
      | 'assessmentId'
      | 'allocationId'
      | 'budgetId'
      | 'planId'
      | 'lineId'
      | 'need'
      | 'concernId'
      | 'adult'
      | 'rulebookId'
      | 'specificationId',
      string
    >
  >
>;

const step = (take: string) => (ids: Ids) => `/assessments/${ids.assessmentId}/step?take=${take}`;
const plan = (form: string) => (ids: Ids) => `/support-plans/${ids.planId}/${form}`;
const statement = (form: string) => (ids: Ids) => `/personal-budgets/${ids.budgetId}?form=${form}`;
const protection = (form: string) => (ids: Ids) => `/concerns/${ids.concernId}/plans/${ids.adult}/${form}`;
const person = (form: string) => (ids: Ids) => `/people/${ids.personId}/${form}`;

/** On which form somebody decides. What is not here is no decision, or has no form. */
const forms: Readonly<Record<string, (ids: Ids) => string>> = {
  'people.appoint-representative': person('representatives/new'),
  'people.revoke-representative': person('representatives/end'),
  'people.consider-advocacy': person('advocacy'),
  'people.appoint-advocate': person('advocacy/advocate'),
  'people.assess-capacity': person('capacity'),
  'people.decide-in-best-interests': person('capacity/best-interests'),
  'assessment.complete-assessment': person('assessment'),
  'assessment.complete-carer-assessment': (ids) => `/assessments/${ids.assessmentId}/carer`,
  'assessment.submit-assessment': person('assessment'),
  'assessment.refuse-assessment': step('refusal'),
  'assessment.approve-assessment': step('approval'),
  'assessment.return-assessment': step('return'),
  'assessment.establish-ordinary-residence': step('residence'),
  'assessment.meet-urgent-need': person('urgent-need'),
  'budgets.propose-override': (ids) => `/allocations/${ids.allocationId}/working?form=override`,
  'budgets.decide-override': (ids) => `/allocations/${ids.allocationId}/working?form=decision`,
  'budgets.allocate-budget': (ids) => `/allocations/${ids.allocationId}/budget`,
  'budgets.record-financial-assessment': statement('means'),
  'budgets.agree-personal-budget': statement('agreement'),
  'budgets.revise-personal-budget': statement('revision'),
  'budgets.close-personal-budget': statement('closure'),
  'budgets.choose-deployment': (ids) => `/personal-budgets/${ids.budgetId}/deployment`,
  'budgets.publish-rulebook': () => '/rulebooks/adults?form=publication',
  'budgets.publish-uprating': () => '/upratings?form=publication',
  'planning.record-need-unmet': plan('unmet-need'),
  'planning.sign-support-plan': plan('signature'),
  'planning.agree-support-plan': plan('agreement'),
  'planning.decline-review-request': plan('review-declined'),
  'planning.complete-review': plan('review'),
  'planning.close-support-plan': plan('closure'),
  'safeguarding.decide-s42-criteria': (ids) => `/concerns/${ids.concernId}/decide`,
  'safeguarding.conclude-enquiry': (ids) => `/concerns/${ids.concernId}/conclude`,
  'safeguarding.agree-protection-plan': protection('agree'),
  'safeguarding.decide-no-protection-plan': protection('none'),
  'safeguarding.review-protection-plan': protection('review'),
};

/**
 * The page on which a made-up member of staff decided; undefined for what is no decision.
 * @param personId of the life, where the command names nobody
 */
export function pageOf(command: Command, personId?: string): string | undefined {
  const { type, data } = command as Command<Ids> & { readonly type: string };
  return forms[type]?.({ ...(personId && { personId }), ...data });
}
