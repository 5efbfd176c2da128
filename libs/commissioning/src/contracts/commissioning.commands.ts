import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { element } from './element.js';
import { withdrawalReason } from './returned-row.js';
import { coded, plainDate, uuid } from './shapes.js';

const recordReturnedElement = z.strictObject({
  packageId: uuid,
  personId: uuid,
  element,
  startedOn: plainDate,
  endedOn: plainDate.optional(),
  /** Event Outcome of the row; it stands before `element.outcome` where both are given. */
  outcome: coded.optional(),
});
export type RecordReturnedElementData = z.infer<typeof recordReturnedElement>;
/** What a return says of a service; the same again changes nothing. */
export class RecordReturnedElement extends Command<RecordReturnedElementData> {
  static readonly schema = recordReturnedElement;
  readonly type = 'commissioning.record-returned-element';
}

const withdrawReturnedElement = z.strictObject({ packageId: uuid, personId: uuid, reason: withdrawalReason });
export type WithdrawReturnedElementData = z.infer<typeof withdrawReturnedElement>;
/** Takes back a service that the source no longer tells of. */
export class WithdrawReturnedElement extends Command<WithdrawReturnedElementData> {
  static readonly schema = withdrawReturnedElement;
  readonly type = 'commissioning.withdraw-returned-element';
}
