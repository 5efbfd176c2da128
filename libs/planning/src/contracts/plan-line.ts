import { formatPence } from '@caretrail/kernel';
import { z } from 'zod';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';
import { bases, beneficiaries, contributors, openReasons, protectionBases, purposes, reasonsNotMet } from './values.js';

/** Why an intervention may be made that is not for the person's benefit alone; it ends on `expiresOn`. */
export const protection = z.strictObject({
  legalBasis: z.enum(protectionBases),
  beneficiary: z.enum(beneficiaries),
  /** Who that is, by name or in words. */
  beneficiaryName: personal,
  /** Why nothing that restricts less would do. */
  proportionality: personal,
  /** What the person says against it; left out where they do not object. */
  dissent: personal.optional(),
  /** The last day on which it holds. */
  expiresOn: plainDate,
});
export type Protection = z.infer<typeof protection>;

/** A line of a plan in the making: need → outcome → action → cost, who gives the support, and whose line it is. */
export const draftedLine = z.strictObject({
  lineId: uuid,
  need: coded,
  /** What shall be different for the person. */
  outcome: personal.optional(),
  action: personal,
  contributor: z.enum(contributors),
  writtenBy: z.enum(contributors),
  inOwnWords: personal.optional(),
  weeklyPence: pence,
  /** What it costs once, beside what it costs a week; the two are never added up. */
  oneOffPence: pence.optional(),
  purpose: z.enum(purposes),
  protection: protection.optional(),
});
export type DraftedLine = z.infer<typeof draftedLine>;

/** What a line costs, in words: `£40.00 a week, £180.00 once`. */
export const costOfLine = ({ weeklyPence, oneOffPence }: Pick<DraftedLine, 'weeklyPence' | 'oneOffPence'>): string =>
  `${formatPence(weeklyPence)} a week${oneOffPence ? `, ${formatPence(oneOffPence)} once` : ''}`;

/** Paths of the personal fields of a drafted line that stands at `place`. */
export const personalOfLine = (place: string): string[] =>
  [
    'outcome',
    'action',
    'inOwnWords',
    'protection.beneficiaryName',
    'protection.proportionality',
    'protection.dissent',
  ].map((field) => `${place}.${field}`);

/** A need that the council does not meet itself, the lawful reason, and on what that rests where the section asks. */
export const needNotMet = z.strictObject({
  need: coded,
  reason: z.enum(reasonsNotMet),
  basis: z.enum(bases).optional(),
});
export type NeedNotMet = z.infer<typeof needNotMet>;

/** A need that is not met: for a lawful reason, or, with none, an open duty of which is said why it is open. */
export const unmetNeed = z.strictObject({
  need: coded,
  reason: z.enum(reasonsNotMet).optional(),
  basis: z.enum(bases).optional(),
  openBecause: z.enum(openReasons).optional(),
  /** What there is to say of it. */
  words: personal.optional(),
});
export type UnmetNeed = z.infer<typeof unmetNeed>;
