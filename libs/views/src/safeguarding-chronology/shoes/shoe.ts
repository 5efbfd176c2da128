/** Those in whose place somebody can look at a person's history. */
export const shoes = ['person', 'carer', 'practitioner', 'provider', 'commissioner'] as const;
export type Shoe = (typeof shoes)[number];

/**
 * Through whose eyes a history is read: in one of the shoes, or as a role that nobody looks in the place of. The safeguarding
 * team sees all; who decides on money sees what is coded, and of money the reasons, too.
 */
export type Eyes = Shoe | 'safeguarding' | 'finance';

/** Why something is kept from somebody. Of the first two there is no trace at all: a trace would tell. */
export const reasons = {
  needToKnow: 'Kept to the safeguarding team.',
  tipOff: 'Could warn somebody who may be causing harm.',
  thirdParty: 'It is about somebody else.',
  notShared: 'It is the person’s own, and has not been shared.',
  notNeeded: 'It is not needed for their work.',
  identity: 'It says who the person is.',
  smallNumbers: 'With few people like this one it would say who they are.',
} as const;
export type Reason = keyof typeof reasons;
export const withoutTrace: readonly Reason[] = ['needToKnow', 'tipOff'];

/** What one shoe sees of one type of event: all of it; what is coded, and not what is personal; or nothing. */
export type Sight = 'all' | { readonly masked: Reason } | { readonly hidden: Reason };

/** One row of the table: a sight for each shoe. */
export interface ShoeRow extends Readonly<Record<Shoe, Sight>> {
  /** Whether a person sees it in their own history also where it is somebody else's, who is their carer or represents them. */
  readonly withThemToo?: true;
  /** Fields (and what is below them) that a shoe does not see though it sees the event. */
  readonly fields?: Readonly<Record<string, Partial<Readonly<Record<Shoe, Reason>>>>>;
}
