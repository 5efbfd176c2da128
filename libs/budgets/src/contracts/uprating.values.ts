/** The register of all published lists of a council. Any fixed UUID does. */
export const UPRATINGS_ID = '5a0e7c11-3f6b-4d1e-9a52-0c2f6a8d1b03';

/** What a published list is a list of. */
export const upratedThings = ['prices of care and support', 'charges for care and support'] as const;
