import type { Reason, ShoeRow, Sight } from './shoe.js';

const masked = (reason: Reason): Sight => ({ masked: reason });
const hidden = (reason: Reason): Sight => ({ hidden: reason });

/** The person and whoever works with them see all; a commissioner sees what is coded. Everybody else as the row says. */
const between = (carer: Sight, provider: Sight, more: Partial<ShoeRow> = {}): ShoeRow => ({
  person: 'all',
  carer,
  practitioner: 'all',
  provider,
  commissioner: masked('identity'),
  ...more,
});

const nobodyElse = between(hidden('notShared'), hidden('notNeeded'));
const onlySafeguarding: ShoeRow = {
  person: hidden('needToKnow'),
  carer: hidden('needToKnow'),
  practitioner: hidden('needToKnow'),
  provider: hidden('needToKnow'),
  commissioner: hidden('needToKnow'),
};
/** What all who give the support need to know of the plan; the carer sees who does what, in coded words. */
const ofThePlan = between(masked('notShared'), 'all');
const codedForAll = between(masked('notShared'), masked('notNeeded'));
const money = between(hidden('notShared'), hidden('notNeeded'));

const rowFor = (row: ShoeRow, ...types: readonly string[]): Record<string, ShoeRow> =>
  Object.fromEntries(types.map((type) => [type, row]));

/** Who sees what of each type of event. What has no row is seen by nobody; a test asks for a row for each. */
export const shoeTable: Readonly<Record<string, ShoeRow>> = {
  // people
  ...rowFor(
    { ...nobodyElse, fields: { details: { commissioner: 'smallNumbers' } } },
    'people.person-registered.v1',
    'people.details-corrected.v1',
  ),
  ...rowFor(between('all', 'all'), 'people.death-recorded.v1'),
  ...rowFor(between('all', hidden('thirdParty'), { withThemToo: true }), 'people.carer-identified.v1'),
  ...rowFor(
    {
      ...nobodyElse,
      withThemToo: true,
      fields: {
        'representative.contact': { person: 'thirdParty' },
        'evidence.reference': { person: 'thirdParty' },
        // A conflict may be that the representative is alleged to cause harm, and they may read along.
        conflicts: { person: 'tipOff', commissioner: 'tipOff' },
      },
    },
    'people.representative-appointed.v1',
  ),
  ...rowFor({ ...nobodyElse, fields: { reasons: { person: 'tipOff' } } }, 'people.representative-revoked.v1'),
  ...rowFor(
    {
      person: hidden('tipOff'),
      carer: hidden('tipOff'),
      practitioner: 'all',
      provider: hidden('tipOff'),
      commissioner: hidden('tipOff'),
    },
    'people.conflict-of-interest-recorded.v1',
  ),
  ...rowFor(
    nobodyElse,
    'people.advocate-offered.v1',
    'people.advocate-not-required.v1',
    'people.advocate-appointed.v1',
    'people.advocacy-ended.v1',
  ),
  ...rowFor(nobodyElse, 'people.capacity-assessed.v1', 'people.consent-recorded.v1'),
  ...rowFor(
    nobodyElse,
    'people.erasure-requested.v1',
    'people.erasure-extended.v1',
    'people.erasure-refused.v1',
    'people.erasure-agreed.v1',
    'people.person-erased.v1',
  ),
  ...rowFor({ ...nobodyElse, fields: { consulted: { person: 'thirdParty' } } }, 'people.best-interests-decided.v1'),

  // assessment
  ...rowFor(
    nobodyElse,
    'assessment.support-requested.v1',
    'assessment.request-concluded.v1',
    'assessment.request-corrected.v1',
    'assessment.request-withdrawn.v1',
    'assessment.assessment-offered.v1',
    'assessment.supported-self-assessment-answered.v1',
    'assessment.assessment-started.v1',
    'assessment.assessment-submitted.v1',
    'assessment.assessment-approved.v1',
    'assessment.assessment-returned.v1',
    'assessment.assessment-superseded.v1',
    'assessment.assessment-withdrawn.v1',
    'assessment.self-assessment-submitted.v1',
    'assessment.assessor-answers-recorded.v1',
    'assessment.assessor-answer-differed.v1',
    'assessment.difference-answered.v1',
    'assessment.wishes-recorded.v1',
    'assessment.ordinary-residence-established.v1',
    'assessment.decision-given-in-writing.v1',
    'assessment.written-advice-given.v1',
    'assessment.signposted-to-universal-service.v1',
  ),
  ...rowFor(
    {
      ...nobodyElse,
      // A ground may be abuse by somebody who reads along.
      fields: { grounds: { person: 'tipOff', commissioner: 'tipOff' }, reasons: { person: 'tipOff' } },
    },
    'assessment.assessment-refused.v1',
  ),
  ...rowFor(
    between(hidden('notShared'), masked('notNeeded')),
    'assessment.assessment-completed.v1',
    'assessment.assessment-corrected.v1',
  ),
  ...rowFor(
    // In the history of whom they care for it is the carer's, and not the person's.
    between('all', hidden('thirdParty')),
    'assessment.carer-assessed.v1',
  ),
  ...rowFor(
    between(masked('notShared'), 'all', { fields: { reasons: { provider: 'notNeeded' } } }),
    'assessment.urgent-need-met.v1',
  ),
  ...rowFor(between(masked('notShared'), 'all'), 'assessment.urgent-help-ended.v1'),

  // budgets
  ...rowFor(
    money,
    'budgets.allocation-opened.v1',
    'budgets.allocation-closed.v1',
    'budgets.allocation-reopened.v1',
    'budgets.answers-received.v1',
    'budgets.indicative-budget-calculated.v1',
    'budgets.override-proposed.v1',
    'budgets.override-declined.v1',
    'budgets.allocation-overridden.v1',
    'budgets.local-prices-checked.v1',
    'budgets.budget-allocated.v1',
    'budgets.personal-budget-drafted.v1',
    'budgets.financial-assessment-recorded.v1',
    'budgets.personal-budget-agreed.v1',
    'budgets.personal-budget-revised.v1',
    'budgets.budget-deployment-chosen.v1',
    'budgets.personal-budget-closed.v1',
    'budgets.funding-stream-added.v1',
    'budgets.funding-stream-withdrawn.v1',
    'budgets.funding-pooled.v1',
    'budgets.funding-step-planned.v1',
    'budgets.funding-step-held.v1',
    'budgets.direct-payment-account-opened.v1',
    'budgets.direct-payment-paid.v1',
    'budgets.spend-recorded.v1',
    'budgets.direct-payment-reclaimed.v1',
    'budgets.direct-payment-entry-reversed.v1',
    'budgets.direct-payment-account-closed.v1',
  ),

  // planning
  ...rowFor(
    { ...ofThePlan, fields: { budget: { carer: 'notShared', provider: 'notNeeded' } } },
    'planning.support-plan-agreed.v1',
    'planning.plan-revision-opened.v1',
  ),
  ...rowFor(
    ofThePlan,
    'planning.support-plan-started.v1',
    'planning.support-plan-closed.v1',
    'planning.outcome-measured.v1',
    'planning.changes-found-at-review.v1',
  ),
  ...rowFor(
    {
      ...between(masked('notShared'), 'all'),
      fields: { 'line.protection': { carer: 'notShared', commissioner: 'smallNumbers' } },
    },
    'planning.plan-line-contributed.v1',
    'planning.plan-line-changed.v1',
  ),
  ...rowFor(between(masked('notShared'), 'all'), 'planning.plan-line-withdrawn.v1'),
  ...rowFor(
    between(hidden('notShared'), 'all', { fields: { circle: { provider: 'thirdParty' } } }),
    'planning.about-person-recorded.v1',
  ),
  ...rowFor(
    codedForAll,
    'planning.support-plan-signed.v1',
    'planning.plan-given-in-writing.v1',
    'planning.need-recorded-unmet.v1',
    'planning.unmet-need-withdrawn.v1',
    'planning.review-due-set.v1',
    'planning.review-completed.v1',
    'planning.review-corrected.v1',
    'planning.review-withdrawn.v1',
    'planning.review-requested.v1',
    'planning.review-request-declined.v1',
  ),
  ...rowFor(
    nobodyElse,
    'planning.support-plan-opened.v1',
    'planning.personal-budget-stated.v1',
    'planning.options-offered.v1',
    'planning.dissent-recorded.v1',
    'planning.five-point-check-completed.v1',
  ),

  // commissioning
  ...rowFor(
    between(masked('notShared'), 'all'),
    'commissioning.element-placed.v1',
    'commissioning.element-corrected.v1',
    'commissioning.element-ended.v1',
    'commissioning.element-withdrawn.v1',
  ),
  ...rowFor(nobodyElse, 'commissioning.specification-contributed.v1'),

  // returns: what of a file could not be taken in is the council's own business, and may be about anybody
  ...rowFor(
    {
      person: hidden('notNeeded'),
      carer: hidden('notNeeded'),
      practitioner: masked('notNeeded'),
      provider: hidden('notNeeded'),
      commissioner: hidden('notNeeded'),
      fields: { rows: { practitioner: 'notNeeded' } },
    },
    'returns.rows-received.v1',
  ),
  ...rowFor(
    {
      person: hidden('notNeeded'),
      carer: hidden('notNeeded'),
      practitioner: hidden('notNeeded'),
      provider: hidden('notNeeded'),
      commissioner: hidden('notNeeded'),
    },
    'returns.row-rejected.v1',
  ),

  // safeguarding
  ...rowFor(
    onlySafeguarding,
    'safeguarding.alert-raised.v1',
    'safeguarding.concern-given.v1',
    'safeguarding.s42-criteria-decided.v1',
    'safeguarding.enquiry-concluded.v1',
    'safeguarding.protection-plan-agreed.v1',
    'safeguarding.protection-plan-not-needed.v1',
    'safeguarding.protection-plan-reviewed.v1',
  ),
};
