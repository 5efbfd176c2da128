/** Whether the adult wants the council to meet the needs that are eligible, s13(3)(b). */
export const wishAnswers = ['all of them', 'some of them', 'none of them'] as const;

/** Where somebody is ordinarily resident, s39. */
export const residences = [
  'in this council’s area',
  'in another council’s area',
  'no settled residence, and present here',
] as const;
export type Residence = (typeof residences)[number];

/** On which ground it was decided, s39. */
export const residenceGrounds = [
  'chosen and settled there (the ordinary meaning)',
  'before being placed in specified accommodation (s39(1))',
  'before a stay in NHS accommodation (s39(5))',
  'no settled residence (s18(1)(a), s20(1))',
  'an agreement or determination (s40)',
] as const;

/** What is given in writing after a decision. */
export const writtenDocuments = [
  'the assessment (s12(3))',
  'the decision on eligibility, with reasons (s13(2))',
] as const;

/** About what advice is given where no need is eligible, s13(5). */
export const adviceAbout = ['meeting or reducing the needs', 'preventing or delaying further needs'] as const;

/** Kinds of universal services to which people are pointed, Care Act 2014 s2, s4. */
export const universalServices = [
  'information and advice',
  'equipment and adaptations',
  'befriending and social groups',
  'health and exercise',
  'housing',
  'money and benefits',
  'transport',
  'work and learning',
  'support for carers',
  'other',
] as const;

/** What the law asks for before needs are met, and what may come later where they are urgent, s19(3). */
export const stepsLeftForLater = ['assessment of needs', 'financial assessment', 'decision on eligibility'] as const;

/** Why urgent help ended. */
export const urgentEndings = [
  'the assessment is complete',
  'no longer urgent',
  'the person declined',
  'the person died',
] as const;
