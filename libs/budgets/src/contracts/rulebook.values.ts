import { z } from 'zod';
import { coded, pence, published } from './shapes.js';

/**
 * A council has one resource allocation system for adults and one for carers. Their ids are the same everywhere, because a
 * stream is a council's own: so the rulebook in force is found without looking for it.
 */
export const rulebookIds = {
  adults: '5a0e7c11-3f6b-4d1e-9a52-0c2f6a8d1b01',
  carers: '5a0e7c11-3f6b-4d1e-9a52-0c2f6a8d1b02',
} as const;
export type Audience = keyof typeof rulebookIds;
export const audiences = Object.keys(rulebookIds) as readonly Audience[];

/** The rulebook for an allocation: a carer's own needs have another than those of an adult for whom somebody cares. */
export const rulebookIdFor = ({ ofCarer }: { readonly ofCarer?: true | undefined }): string =>
  ofCarer ? rulebookIds.carers : rulebookIds.adults;

/** What may be done to the amount between the curve and the rounding; the rulebook says in which order. */
export const moneySteps = ['carer share', 'deflator', 'floor and ceiling'] as const;
export type MoneyStep = (typeof moneySteps)[number];

/** Where exactly half a unit goes. */
export const halves = ['up', 'down', 'to even'] as const;

const points = z.int().min(0).max(100_000);
const hundredths = z.int().min(0).max(10_000);

const question = z.strictObject({
  /** Its name, by which answers are matched: an outcome of the assessment, or one of the council's own. */
  question: coded,
  /** As people are asked it. */
  words: published,
  /** The domain whose points it adds to. */
  domain: coded,
  answers: z.array(z.strictObject({ answer: coded, words: published, points })).max(20),
});

/** Everything that turns answers into an amount, as data. Points are whole; money is whole pence a week. */
export const rulebookContent = z.strictObject({
  name: published,
  /** True where no council decided it: made up for trying things out. */
  synthetic: z.boolean().optional(),
  questions: z.array(question).max(200),
  /** The most points that count of a domain; a domain without a cap counts in full. */
  domains: z.array(z.strictObject({ domain: coded, cap: points.optional() })).max(50),
  /** The corners of the line from points to pence a week; between two corners the line is straight. */
  curve: z.array(z.strictObject({ points, pencePerWeek: pence.max(10_000_000) })).max(100),
  /**
   * What a carer who is willing and able gives: a question of its own, and how much of the amount each answer takes off,
   * in hundredths of a per cent (2,500 is 25%). Left out: nothing is ever taken off.
   */
  carer: z
    .strictObject({
      question: coded,
      words: published,
      answers: z.array(z.strictObject({ answer: coded, words: published, offHundredths: hundredths })).max(20),
    })
    .optional(),
  /** The share of the amount that is given, in hundredths of a per cent (10,000 is all of it), and who decided it. */
  deflator: z.strictObject({ hundredths, words: published }).optional(),
  floorPencePerWeek: pence.optional(),
  ceilingPencePerWeek: pence.optional(),
  order: z.array(z.enum(moneySteps)),
  /** One rounding, at the end: to whole pence (1), ten pence (10), pounds (100). */
  rounding: z.strictObject({ toPence: z.int().min(1).max(10_000), half: z.enum(halves) }),
});
export type RulebookContent = z.infer<typeof rulebookContent>;

/** Order and rounding where a council has no other wish. */
export const usualOrder: Pick<RulebookContent, 'order' | 'rounding'> = {
  order: ['carer share', 'deflator', 'floor and ceiling'],
  rounding: { toPence: 1, half: 'up' },
};
