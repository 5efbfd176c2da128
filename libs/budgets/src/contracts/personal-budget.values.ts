/** How a financial assessment can end (Care Act 2014 s17; Charging Regs 2014). */
export const meansOutcomes = [
  'contribution assessed',
  'nothing to pay',
  // A refusal, or not co-operating: treated as having resources above the limit (Charging Regs 2014 reg 10(1)).
  'declined, pays the full cost',
  // Equipment and minor adaptations, reablement for its first six weeks (Charging Regs 2014 reg 3(2)); after-care under
  // s117 of the Mental Health Act 1983, which is no care and support under the Care Act.
  'not charged by law',
] as const;
export type MeansOutcome = (typeof meansOutcomes)[number];

/** Why a personal budget may change (Care Act 2014 s27; a published uprating of prices or charges). */
export const changeCauses = ['review (s27)', 'published uprating'] as const;

/** Why a personal budget ends. */
export const closingReasons = [
  'the person died',
  'ordinarily resident elsewhere',
  'needs are no longer eligible',
  'needs are met in another way',
  'the person declined',
  'replaced by a new allocation',
] as const;

/** The five ways in which the money can be held. */
export const waysToHold = [
  'cash direct payment',
  'held by the care manager',
  'trust',
  'indirect payment to a third party',
  'held by a provider',
] as const;
export type WayToHold = (typeof waysToHold)[number];

/** Ways that are direct payments in law, so that only the law may exclude them (Care Act 2014 s31, s32; DP Regs 2014). */
export const directPayments: readonly WayToHold[] = [
  'cash direct payment',
  'trust',
  'indirect payment to a third party',
];

/**
 * Grounds on which the law excludes a direct payment; nothing else does: the conditions of sections 31(4)–(7) and 32(5)–(9), and
 * what the regulations under section 33 (SI 2014/2871) prohibit. docs/law.md says which of these texts were read.
 */
export const exclusionCodes = [
  'lacks capacity to ask, and nobody is authorised (s31(4)(a), s32)',
  'the nominated person does not agree (s31(4)(b))',
  'prohibited by Schedule 1 to the DP Regs 2014 (s31(5), s33)',
  'nobody can manage it, alone or with help (s31(6), s32(8))',
  'not an appropriate way to meet the needs (s31(7), s32(9))',
  'the authorised person would not act in the best interests (s32(7))',
  'long-term stay in a care home (DP Regs 2014 reg 6)',
] as const;
export type ExclusionCode = (typeof exclusionCodes)[number];

/** Why a way that is no direct payment was not offered. */
export const notOfferedReasons = [
  'the person had said no before it was offered',
  'no provider here offers it',
  'no trust exists or can be set up',
  'not suitable for these needs',
] as const;
