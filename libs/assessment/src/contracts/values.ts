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

/** Route of Access of Client Level Data. The Release 2 spellings are not published: these are those of Release 1. */
export const routesOfAccess = [
  'Planned Entry (Transition)',
  'Discharge from Hospital',
  'Diversion from Hospital Services',
  'Community / Other route',
  'Prison',
  'Self-Funder',
  'Discharge from Reablement',
  'Transfer from Other LA',
] as const;

/** Assessment Type of Client Level Data. */
export const assessmentKinds = ['Short term assessment', 'Long term assessment'] as const;

/** Method of Assessment of Client Level Data: who took part. */
export const assessmentMethods = ['Service user only', 'Unpaid carer only', 'Service user and unpaid carer'] as const;

/** Eligible Needs Identified of Client Level Data. */
export const eligibleNeedsValues = [
  'Eligible needs identified',
  'Non-eligible needs identified',
  'No needs identified',
] as const;
export type EligibleNeeds = (typeof eligibleNeedsValues)[number];

/** The ten outcomes of the Care and Support (Eligibility Criteria) Regulations 2015, reg 2(2), in their order. */
export const outcomes = [
  'nutrition',
  'personal hygiene',
  'toilet needs',
  'being appropriately clothed',
  'using the home safely',
  'a habitable home',
  'family and other personal relationships',
  'work, training, education or volunteering',
  'facilities and services in the community',
  'caring responsibilities for a child',
] as const;
export type Outcome = (typeof outcomes)[number];

/** The four meanings of being unable to achieve an outcome, reg 2(3). */
export const meaningsOfUnable = [
  'cannot without help',
  'only with significant pain, distress or anxiety',
  'endangering health or safety',
  'takes much longer',
] as const;
export type MeaningOfUnable = (typeof meaningsOfUnable)[number];
