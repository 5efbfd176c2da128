/** Event Outcome of Client Level Data, Release 2. */
export const eventOutcomes = [
  'Progress to reablement/ST-Max',
  'Progress to assessment, review or reassessment',
  'Progress to support planning or services',
  'Continuation of support or services',
  'Admitted to hospital',
  'NFA: Responsibility moved to another local authority',
  'NFA: Referral to NHS services or NHS funded social care',
  'NFA: Self-funded client or under 12wk disregard',
  'NFA: Information and advice or signposting',
  'NFA: Referral to other service within the local authority',
  'NFA: Support declined',
  'NFA: Deceased',
  'NFA: Support ended as planned',
  'NFA: Support ended for other reason',
  'NFA: No services offered for other reason',
  'NFA: Other',
] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** Review Reason of Client Level Data. */
export const reviewReasons = [
  'Planned review of long term support',
  'Review of short term support',
  'Unplanned: Hospital (planned and unplanned episodes)',
  'Unplanned: Unpaid carer related',
  'Unplanned: Safeguarding concern',
  'Unplanned: Other reason',
  'Unplanned: Provider failure',
  'Unplanned: Change in commissioning arrangements',
] as const;

/** Method of Review of Client Level Data: who took part. */
export const reviewMethods = ['Service user only', 'Unpaid carer only', 'Service user and unpaid carer'] as const;

/** Review Outcomes Achieved of Client Level Data. */
export const reviewOutcomesAchieved = ['Fully met', 'Partially met', 'Not met'] as const;

/** Who contributes a line of a plan. */
export const contributors = ['person', 'carer', 'family', 'front-line worker', 'community'] as const;
export type Contributor = (typeof contributors)[number];

/** The lawful reasons why the council does not meet a need itself. Any other is an open duty. */
export const reasonsNotMet = [
  'a carer meets it (s18(7))',
  'the person declined',
  'not asked for',
  'another power or bar (s21–s23)',
] as const;
export type ReasonNotMet = (typeof reasonsNotMet)[number];

/** Whether the person agrees to the plan. */
export const agreements = ['agreed', 'dissents'] as const;
export type Agreement = (typeof agreements)[number];
