import type { PlainDate } from '@caretrail/kernel';

/** What public money may pay for. */
export const fundingUses = [
  'personal care',
  'support to live at home',
  'community life, learning and leisure',
  'equipment',
  'adapting the home',
  'housing-related support',
  'support and travel to work',
  'health care',
] as const;
export type FundingUse = (typeof fundingUses)[number];

/** How money comes; amounts that come in different ways are never added up. `in kind` is no amount. */
export const cadences = ['weekly', 'four-weekly', 'monthly', 'yearly', 'one-off', 'in kind'] as const;
export type Cadence = (typeof cadences)[number];

/** Who holds the money or decides on it. */
export const fundingHolders = [
  'council adult social care',
  'integrated community equipment service',
  'housing authority',
  'Department for Work and Pensions',
  'Independent Living Fund',
  'NHS integrated care board',
] as const;
export type FundingHolder = (typeof fundingHolders)[number];

interface KindOfFunding {
  readonly holder: FundingHolder;
  /** In which it can come, the usual one first. */
  readonly cadences: readonly [Cadence, ...Cadence[]];
  readonly permittedUses: readonly FundingUse[];
  /** The power or scheme that it rests on, and so what else it may not pay for. */
  readonly authority: string;
  /** The last day of a scheme that has ended. */
  readonly endedOn?: PlainDate;
}

/**
 * The six streams of the individual budget, and the personal health budget beside them: the rule matrix of what money may
 * pay for what. A stream of a person may be narrower, by its conditions; never wider.
 */
export const fundingKinds = {
  'council adult social care': {
    holder: 'council adult social care',
    cadences: ['weekly', 'four-weekly', 'monthly', 'one-off'],
    permittedUses: ['personal care', 'support to live at home', 'community life, learning and leisure', 'equipment'],
    authority: 'Care Act 2014 s8, s18–s20; not health care (s22) nor housing (s23)',
  },
  'integrated community equipment': {
    holder: 'integrated community equipment service',
    cadences: ['in kind', 'one-off'],
    permittedUses: ['equipment'],
    authority: 'Care and Support (Preventing Needs for Care and Support) Regulations 2014; NHS Act 2006 s75',
  },
  'Disabled Facilities Grant': {
    holder: 'housing authority',
    cadences: ['one-off'],
    permittedUses: ['adapting the home'],
    authority: 'Housing Grants, Construction and Regeneration Act 1996 s23',
  },
  'Supporting People': {
    holder: 'council adult social care',
    cadences: ['weekly', 'four-weekly', 'monthly'],
    permittedUses: ['housing-related support'],
    authority: 'Local Government Act 2000 s93; the separate grant ended on 31 March 2011',
    endedOn: '2011-03-31',
  },
  'Access to Work': {
    holder: 'Department for Work and Pensions',
    cadences: ['four-weekly', 'weekly', 'monthly', 'yearly', 'one-off'],
    permittedUses: ['support and travel to work'],
    authority: 'Employment and Training Act 1973 s2',
  },
  'Independent Living Fund': {
    holder: 'Independent Living Fund',
    cadences: ['four-weekly', 'weekly'],
    permittedUses: ['personal care', 'support to live at home', 'community life, learning and leisure'],
    authority: 'Independent Living Fund (2006); closed on 30 June 2015',
    endedOn: '2015-06-30',
  },
  'personal health budget': {
    holder: 'NHS integrated care board',
    cadences: ['weekly', 'four-weekly', 'monthly', 'one-off'],
    permittedUses: ['health care', 'personal care', 'support to live at home', 'equipment'],
    authority: 'NHS (Direct Payments) Regulations 2013; beside the personal budget, not in it',
  },
} as const satisfies Readonly<Record<string, KindOfFunding>>;
export type FundingKind = keyof typeof fundingKinds;
export const fundingKindNames = Object.keys(fundingKinds) as [FundingKind, ...FundingKind[]];

/** The row of the rule matrix for a kind. */
export const kindOfFunding = (kind: FundingKind): KindOfFunding => fundingKinds[kind];

/** Why money of a stream cannot be pooled for a use. */
export const blockedBecause = [
  'the kind of money may not pay for this',
  'the conditions of the stream do not allow this',
  'has not begun',
  'has ended',
  'comes in kind, not in money',
  'is pooled already',
] as const;

export const alignedSteps = ['assessment', 'review'] as const;
