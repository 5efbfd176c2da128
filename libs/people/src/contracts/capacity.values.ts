/** What a decision is about, so that it can be counted; the decision itself stands in words. */
export const capacityMatters = [
  'being assessed',
  'care and support',
  'where to live',
  'managing money',
  'having a direct payment',
  'sharing information',
  'contact with somebody',
  'keeping safe',
] as const;
export type CapacityMatter = (typeof capacityMatters)[number];

/** The four abilities of Mental Capacity Act 2005 s3(1). */
export const abilities = ['understand', 'retain', 'use or weigh', 'communicate'] as const;
export type Ability = (typeof abilities)[number];
