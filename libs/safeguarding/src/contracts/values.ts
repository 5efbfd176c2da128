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
