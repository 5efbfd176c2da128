/** The nine areas of wellbeing, Care Act 2014 s1(2). */
export const wellbeingAreas = [
  'personal dignity',
  'physical and mental health and emotional wellbeing',
  'protection from abuse and neglect',
  'control over day-to-day life',
  'participation in work, education, training or recreation',
  'social and economic wellbeing',
  'domestic, family and personal relationships',
  'suitability of living accommodation',
  'contribution to society',
] as const;
export type WellbeingArea = (typeof wellbeingAreas)[number];
