/** The outcomes of Elig Regs reg 3(2)(b), in their order; reg 3(2)(a), the carer's health, stands beside them. */
export const carerOutcomes = [
  'caring responsibilities for a child',
  'providing care to other people',
  'a habitable home',
  'nutrition',
  'family and other personal relationships',
  'work, training, education or volunteering',
  'facilities and services in the community',
  'recreational activities',
] as const;
export type CarerOutcome = (typeof carerOutcomes)[number];

/** The three meanings of being unable that reg 3(3) has for carers: taking longer is not one of them. */
export const carerMeaningsOfUnable = [
  'cannot without help',
  'only with significant pain, distress or anxiety',
  'endangering health or safety',
] as const;
