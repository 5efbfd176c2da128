import { z } from 'zod';
import { moneySteps } from './rulebook.values.js';
import { coded, pence } from './shapes.js';

/** An exact amount in pence a week: a whole number, or a fraction in lowest terms, `37037/3`. */
const exact = z.string().regex(/^\d+(\/[1-9]\d*)?$/);
const points = z.int().min(0);

/** Every point and every pound of one calculation, in the order in which it was made. */
export const rasTrace = z.strictObject({
  answers: z.array(z.strictObject({ question: coded, answer: coded, domain: coded, points })),
  domains: z.array(z.strictObject({ domain: coded, points, cap: points.optional(), counted: points })),
  points,
  /** The stretch of the curve on which the points lie, and the amount there. */
  curve: z.strictObject({
    from: z.strictObject({ points, pencePerWeek: pence }),
    to: z.strictObject({ points, pencePerWeek: pence }),
    amount: exact,
  }),
  steps: z.array(
    z.strictObject({
      step: z.enum(moneySteps),
      before: exact,
      after: exact,
      /** Why it is what it is: about the rulebook, never about the person. */
      why: z.string().min(1).max(500),
    }),
  ),
  rounded: z.strictObject({ before: exact, pencePerWeek: pence }),
});
export type RasTrace = z.infer<typeof rasTrace>;
