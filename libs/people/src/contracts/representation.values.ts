/** In what capacity somebody speaks for a person. */
export const representationKinds = [
  'attorney for health and welfare',
  'attorney for property and affairs',
  'deputy for health and welfare',
  'deputy for property and affairs',
  'appointee for benefits',
  'authorised person for a direct payment',
  'informal',
] as const;
export type RepresentationKind = (typeof representationKinds)[number];

/** In what a representative may speak for the person; nothing outside the list is covered. */
export const representationScopes = [
  'assessment',
  'support planning',
  'reviews',
  'financial assessment',
  'direct payment',
  'sharing information',
  'safeguarding',
] as const;
export type RepresentationScope = (typeof representationScopes)[number];

/** What was seen to prove the authority. */
export const evidenceKinds = [
  'registered power of attorney',
  'order of the Court of Protection',
  'appointment by the Department for Work and Pensions',
  'authorisation under Care Act 2014 s32',
  'the person’s own word',
  'best interests decision',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Why the interests of a representative may not be the person's. */
export const conflictKinds = [
  'is paid from the person’s budget',
  'is alleged to be a source of harm',
  'gains if less care is arranged',
  'other',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** Why a representation ended before its day. */
export const revocationReasons = [
  'the person withdrew it',
  'the authority ended',
  'conflict of interest',
  'the representative stepped back',
  'the representative died',
  'not acting in the person’s interests',
] as const;
