import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, plainDate, uuid } from './shapes.js';

const episode = { episodeId: uuid, personId: uuid };

/** Somebody asked for support, or was referred. True on the day of asking. */
export const supportRequested = defineEvent({
  type: 'assessment.support-requested.v1',
  schema: z.strictObject({ ...episode, route: coded, row: returnedRow.optional() }),
  personal: ['row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Support requested: ${data.route}`,
  authority: 'Care Act 2014 s9',
});
export type SupportRequestedData = EventOf<typeof supportRequested>['data'];

/** What came of the request. True on the day it ended. */
export const requestConcluded = defineEvent({
  type: 'assessment.request-concluded.v1',
  schema: z.strictObject({ ...episode, outcome: coded }),
  people: (data) => [data.personId],
  title: (data) => `Request concluded: ${data.outcome}`,
  authority: 'Care Act 2014 s9',
});
export type RequestConcludedData = EventOf<typeof requestConcluded>['data'];

/** The whole request as a later source tells it. True, like the request, on the day of asking. */
export const requestCorrected = defineEvent({
  type: 'assessment.request-corrected.v1',
  schema: z.strictObject({
    ...episode,
    route: coded,
    requestedOn: plainDate,
    concludedOn: plainDate.optional(),
    outcome: coded.optional(),
    row: returnedRow.optional(),
  }),
  personal: ['row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Request corrected: ${data.outcome ?? 'not concluded'}`,
  authority: 'Care Act 2014 s9',
});
export type RequestCorrectedData = EventOf<typeof requestCorrected>['data'];

/** The source says no longer that there was a request. */
export const requestWithdrawn = defineEvent({
  type: 'assessment.request-withdrawn.v1',
  schema: z.strictObject({ ...episode, reason: withdrawalReason }),
  people: (data) => [data.personId],
  title: () => 'Request withdrawn from the record',
  authority: 'Care Act 2014 s9',
});
export type RequestWithdrawnData = EventOf<typeof requestWithdrawn>['data'];
