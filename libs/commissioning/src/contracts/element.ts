import { z } from 'zod';
import { returnedRow } from './returned-row.js';
import { coded } from './shapes.js';
import { rateUnits } from './values.js';

/** What is paid, in whole pence, and for what. A rate always carries its unit. */
export const rate = z.strictObject({ pence: z.int(), per: z.enum(rateUnits) });
export type Rate = z.infer<typeof rate>;

/** One service to one person: what, how, from whom, at which rate. The row's description is personal. */
export const element = z.strictObject({
  /** Service Type of Client Level Data. */
  serviceType: coded,
  /** Service Component of Client Level Data. */
  component: coded.optional(),
  deliveryMechanism: coded.optional(),
  /** CQC location id, `1-123456789`. */
  providerLocationId: coded.optional(),
  providerName: coded.optional(),
  rate: rate.optional(),
  /** Sessions, hours or days a week, with at most two decimals. */
  plannedUnitsPerWeek: z.number().optional(),
  /** Event Outcome of Client Level Data while the service runs. */
  outcome: coded.optional(),
  row: returnedRow,
});
export type Element = z.infer<typeof element>;
