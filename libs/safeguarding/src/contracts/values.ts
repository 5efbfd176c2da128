/** Type of risk: the exact strings of the Safeguarding Adults Collection. */
export const typesOfRisk = [
  'Physical Abuse',
  'Sexual Abuse',
  'Psychological Abuse',
  'Financial or Material Abuse',
  'Discriminatory Abuse',
  'Organisational Abuse',
  'Neglect and Acts of Omission',
  'Domestic Abuse',
  'Sexual Exploitation',
  'Modern Slavery',
  'Self-Neglect',
] as const;
export type TypeOfRisk = (typeof typesOfRisk)[number];

/** Source of risk: the exact strings of the Safeguarding Adults Collection. */
export const sourcesOfRisk = [
  'Service Provider',
  'Other - Known to individual',
  'Other - Unknown to individual',
] as const;
export type SourceOfRisk = (typeof sourcesOfRisk)[number];

/** Location of risk: the exact strings of the Safeguarding Adults Collection. */
export const locationsOfRisk = [
  'Own Home',
  'In the Community',
  'Community Service',
  'Care Home - Nursing',
  'Care Home - Residential',
  'Hospital - Acute',
  'Hospital - Mental Health',
  'Hospital - Community',
  'Other',
] as const;
export type LocationOfRisk = (typeof locationsOfRisk)[number];

/** Who raised the alert, as they stand to the adult; a closed list, because it is stored in clear. */
export const relations = [
  'The adult',
  'Family or friend',
  'Unpaid carer',
  'Care provider',
  'Health worker',
  'Council worker',
  'Police',
  'Member of the public',
  'Other',
] as const;
export type Relation = (typeof relations)[number];

/** Whether the adult was asked, and agrees that the alert is raised (Making Safeguarding Personal). */
export const consents = ['asked, agrees', 'asked, does not agree', 'not asked'] as const;
export type Consent = (typeof consents)[number];

/** What follows where there is no duty to enquire. */
export const sequelsWithoutDuty = ['other enquiry', 'no further action'] as const;
export type SequelWithoutDuty = (typeof sequelsWithoutDuty)[number];

/** What an enquiry found of one part of s42(1). */
export const findings = ['found', 'not found', 'inconclusive'] as const;
export type Finding = (typeof findings)[number];

/** Who made the enquiry: the council, or somebody whom it asked to (s42(2): make, or cause to be made). */
export const enquirers = ['the council', 'somebody whom the council asked'] as const;
export type Enquirer = (typeof enquirers)[number];

/** What is left of a risk after action was taken: the exact strings of the Safeguarding Adults Collection (SG2e). */
export const riskOutcomes = ['Risk remained', 'Risk reduced', 'Risk removed'] as const;
export type RiskOutcome = (typeof riskOutcomes)[number];

/** Whether the adult was asked what they want to come of it: the exact strings of the Safeguarding Adults Collection (SG4a). */
export const wishesAsked = [
  'Yes they were asked and outcomes were expressed',
  'Yes they were asked but no outcomes were expressed',
  'No',
] as const;
export type WishesAsked = (typeof wishesAsked)[number];

/** How far what the adult wanted came about: the exact strings of the Safeguarding Adults Collection (SG4a). */
export const wishesAchieved = ['Fully Achieved', 'Partially Achieved', 'Not Achieved'] as const;
export type WishesAchieved = (typeof wishesAchieved)[number];

/** Whether the adult agrees to the protection plan, or cannot decide on it. */
export const planAgreements = [
  'agrees',
  'does not agree',
  'cannot decide on it (Mental Capacity Act 2005 s2–s3)',
] as const;
export type PlanAgreement = (typeof planAgreements)[number];

/** On what a protection plan may rest. */
export const planBases = [
  'consent of the adult',
  'best interests (MCA 2005 s4–s6)',
  'order of the Court of Protection (MCA 2005 s16)',
  'order of the High Court (inherent jurisdiction)',
  'steps of organisations alone, which need no consent of the adult (CA 2014 s42(2))',
] as const;
export type PlanBasis = (typeof planBases)[number];

/** What became of a step of a protection plan until it was reviewed. */
export const stepStates = ['done', 'not done yet', 'no longer needed'] as const;
export type StepState = (typeof stepStates)[number];

/** What follows the review of a protection plan. */
export const reviewSequels = ['the plan goes on', 'the plan ends'] as const;
export type ReviewSequel = (typeof reviewSequels)[number];

/** A protection plan is reviewed within so many months: no law says when, and a restriction of anybody is not left to itself for longer. */
export const MONTHS_TO_REVIEW_PROTECTION = 12;
