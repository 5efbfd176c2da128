import { z } from 'zod';
import { coded, personal } from './shapes.js';

/** Client Type of Client Level Data, Release 2. */
export const clientTypes = ['Service user', 'Unpaid carer', 'Unpaid carer known by association'] as const;

/** What a row of Client Level Data says beside the event itself. `description` is personal. */
export const returnedRow = z.strictObject({
  eventReference: z.string().max(200).optional(),
  description: personal.optional(),
  clientType: z.enum(clientTypes),
  primarySupportReason: coded.optional(),
  clientFundingStatus: coded.optional(),
});
export type ReturnedRow = z.infer<typeof returnedRow>;

/** Why a row was taken back: a fixed sentence of the program, never words about a person (it is stored in clear). */
export const withdrawalReason = z.string().min(1).max(200);
