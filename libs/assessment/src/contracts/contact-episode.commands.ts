import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, plainDate, uuid } from './shapes.js';
import { eventOutcomes, routesOfAccess } from './values.js';

const requestSupport = z.strictObject({ episodeId: uuid, personId: uuid, route: z.enum(routesOfAccess) });
export type RequestSupportData = z.infer<typeof requestSupport>;
/** Somebody asks for support, or is referred, on the day for which the command is true. */
export class RequestSupport extends Command<RequestSupportData> {
  static readonly schema = requestSupport;
  readonly type = 'assessment.request-support';
}

const concludeRequest = z.strictObject({ episodeId: uuid, personId: uuid, outcome: z.enum(eventOutcomes) });
export type ConcludeRequestData = z.infer<typeof concludeRequest>;
/** Says what came of a request. */
export class ConcludeRequest extends Command<ConcludeRequestData> {
  static readonly schema = concludeRequest;
  readonly type = 'assessment.conclude-request';
}

const recordReturnedRequest = z.strictObject({
  episodeId: uuid,
  personId: uuid,
  route: coded,
  requestedOn: plainDate,
  concludedOn: plainDate.optional(),
  /** With `concludedOn`, or not at all. */
  outcome: coded.optional(),
  row: returnedRow,
});
export type RecordReturnedRequestData = z.infer<typeof recordReturnedRequest>;
/** What a return says of a request; the same again changes nothing. */
export class RecordReturnedRequest extends Command<RecordReturnedRequestData> {
  static readonly schema = recordReturnedRequest;
  readonly type = 'assessment.record-returned-request';
}

const withdrawReturnedRequest = z.strictObject({ episodeId: uuid, personId: uuid, reason: withdrawalReason });
export type WithdrawReturnedRequestData = z.infer<typeof withdrawReturnedRequest>;
/** Takes back a request that the source no longer tells of. */
export class WithdrawReturnedRequest extends Command<WithdrawReturnedRequestData> {
  static readonly schema = withdrawReturnedRequest;
  readonly type = 'assessment.withdraw-returned-request';
}
