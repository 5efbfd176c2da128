/** For what an independent advocate is considered: the first five under Care Act 2014 s67(3), the last two under s68(1). */
export const advocacyPurposes = [
  'needs assessment',
  'carer’s assessment',
  'care and support plan',
  'support plan',
  'review',
  'safeguarding enquiry',
  'safeguarding adults review',
] as const;
export type AdvocacyPurpose = (typeof advocacyPurposes)[number];

/** In what somebody may have substantial difficulty, Care Act 2014 s67(4). */
export const difficulties = [
  'understanding relevant information',
  'retaining that information',
  'using or weighing that information',
  'communicating views, wishes or feelings',
] as const;

/**
 * When an advocate is needed although somebody appropriate is there: Care and Support (Independent Advocacy Support)
 * (No. 2) Regulations 2014 reg 4.
 */
export const advocacyExceptions = [
  'a placement by the NHS in hospital of 28 days or more, or in a care home of 8 weeks or more',
  'disagreement with the appropriate person, and both agree that an advocate would help',
] as const;

/** Why an advocate no longer acts. */
export const advocacyEndings = [
  'the purpose is done',
  'the person asked for it',
  'another advocate takes over',
] as const;

/** Whether it is considered under section 68: such an advocate says that there is an enquiry, so it is need-to-know. */
export const isForSafeguarding = ({ purpose }: { readonly purpose: AdvocacyPurpose }): boolean =>
  purpose === 'safeguarding enquiry' || purpose === 'safeguarding adults review';

/** Under which section an advocate is considered. */
export const sectionOfAdvocacy = (purpose: AdvocacyPurpose): string =>
  isForSafeguarding({ purpose }) ? 'Care Act 2014 s68' : 'Care Act 2014 s67';
