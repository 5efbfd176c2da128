import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { plainDate, uuid } from './shapes.js';
import { upratedThings } from './uprating.values.js';

const publishUprating = z.strictObject({
  registerId: uuid,
  upratingId: uuid,
  name: z.string().max(200),
  of: z.enum(upratedThings),
  inForceFrom: plainDate,
});
export type PublishUpratingData = z.infer<typeof publishUprating>;
/** Notes a list of prices or charges as published, on the day for which the command is. */
export class PublishUprating extends Command<PublishUpratingData> {
  static readonly schema = publishUprating;
  readonly type = 'budgets.publish-uprating';
}

const withdrawUprating = z.strictObject({ registerId: uuid, upratingId: uuid, reason: z.string().max(2_000) });
export type WithdrawUpratingData = z.infer<typeof withdrawUprating>;
/** Stops a published list from being cited, from the day for which the command is. */
export class WithdrawUprating extends Command<WithdrawUpratingData> {
  static readonly schema = withdrawUprating;
  readonly type = 'budgets.withdraw-uprating';
}
