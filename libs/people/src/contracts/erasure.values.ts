/** On which ground somebody may ask to be erased: UK GDPR Article 17(1), but for that of services offered to children (f). */
export const erasureGrounds = [
  'no longer needed for what it was collected for (a)',
  'consent was withdrawn, and nothing else allows it (b)',
  'the person objects, and nothing overrides it (c)',
  'it was processed unlawfully (d)',
  'the law requires the erasure (e)',
] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

/** On these the record has to go whether or not the time for which such records are kept is over. */
export const groundsBeforeRetentionEnds: readonly ErasureGround[] = [
  'it was processed unlawfully (d)',
  'the law requires the erasure (e)',
];

/** Why a council may refuse: UK GDPR Article 17(3), or that nothing in Article 17(1) or 12(5) obliges it. */
export const erasureRefusals = [
  'the law obliges the council to keep it (Article 17(3)(b))',
  'a task in the public interest needs it (Article 17(3)(b))',
  'public health or social care needs it (Article 17(3)(c))',
  'archiving, research or statistics in the public interest (Article 17(3)(d))',
  'legal claims need it (Article 17(3)(e))',
  'no ground of Article 17(1) applies',
  'the request is manifestly unfounded or excessive (Article 12(5)(b))',
] as const;
export type ErasureRefusal = (typeof erasureRefusals)[number];

/** How the council made sure who asks (UK GDPR Article 12(6)). */
export const identityChecks = ['known to the worker', 'documents seen', 'signed in with their own account'] as const;

/** Answer within one month of receipt (UK GDPR Article 12(3)). */
export const MONTHS_TO_ANSWER_ERASURE = 1;

/** On which grounds the answer may take longer (UK GDPR Article 12(3)). */
export const extensionGrounds = ['the request is complex', 'there are many requests'] as const;

/** … by two further months at most. */
export const MORE_MONTHS_TO_ANSWER_ERASURE = 2;
