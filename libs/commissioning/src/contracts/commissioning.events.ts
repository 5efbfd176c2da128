import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { element, type Element } from './element.js';
import { withdrawalReason } from './returned-row.js';
import { coded, plainDate, uuid } from './shapes.js';

const carePackage = { packageId: uuid, personId: uuid };
const service = (placed: Element): string =>
  `${placed.component ?? placed.serviceType}${placed.providerName ? `, ${placed.providerName}` : ''}`;

/** A service to a person began. True on the day it started. */
export const elementPlaced = defineEvent({
  type: 'commissioning.element-placed.v1',
  schema: z.strictObject({ ...carePackage, element }),
  personal: ['element.row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Service started: ${service(data.element)}`,
  authority: 'Care Act 2014 s18–s20',
});
export type ElementPlacedData = EventOf<typeof elementPlaced>['data'];

/** A service to a person ended. True on its last day. */
export const elementEnded = defineEvent({
  type: 'commissioning.element-ended.v1',
  schema: z.strictObject({ ...carePackage, outcome: coded.optional() }),
  people: (data) => [data.personId],
  title: (data) => `Service ended${data.outcome ? `: ${data.outcome}` : ''}`,
  authority: 'Care Act 2014 s18–s20',
});
export type ElementEndedData = EventOf<typeof elementEnded>['data'];

/** The whole service as a later source tells it. True, like the service, from the day it started. */
export const elementCorrected = defineEvent({
  type: 'commissioning.element-corrected.v1',
  schema: z.strictObject({
    ...carePackage,
    element,
    startedOn: plainDate,
    endedOn: plainDate.optional(),
    outcome: coded.optional(),
  }),
  personal: ['element.row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Service corrected: ${service(data.element)}`,
  authority: 'Care Act 2014 s18–s20',
});
export type ElementCorrectedData = EventOf<typeof elementCorrected>['data'];

/** The source says no longer that there was a service. */
export const elementWithdrawn = defineEvent({
  type: 'commissioning.element-withdrawn.v1',
  schema: z.strictObject({ ...carePackage, reason: withdrawalReason }),
  people: (data) => [data.personId],
  title: () => 'Service withdrawn from the record',
  authority: 'Care Act 2014 s18–s20',
});
export type ElementWithdrawnData = EventOf<typeof elementWithdrawn>['data'];
