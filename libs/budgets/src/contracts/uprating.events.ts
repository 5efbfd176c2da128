import { defineEvent, formatDate, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { plainDate, published, uuid } from './shapes.js';
import { upratedThings } from './uprating.values.js';

/** A list of prices or charges was published, on the day for which it is told; budgets may change because of it. */
export const upratingPublished = defineEvent({
  type: 'budgets.uprating-published.v1',
  schema: z.strictObject({
    registerId: uuid,
    upratingId: uuid,
    name: z.string().min(1).max(200),
    of: z.enum(upratedThings),
    inForceFrom: plainDate,
  }),
  people: () => [],
  title: (data) => `Published: ${data.name}, in force from ${formatDate(data.inForceFrom)}`,
  decision: true,
  authority: 'Care Act 2014 s26, s27',
});

/** A published list was withdrawn: no budget changes because of it any more. What was changed stands. */
export const upratingWithdrawn = defineEvent({
  type: 'budgets.uprating-withdrawn.v1',
  schema: z.strictObject({ registerId: uuid, upratingId: uuid, reason: published }),
  people: () => [],
  title: () => 'Published list withdrawn',
  decision: true,
  authority: 'Care Act 2014 s26, s27',
});
export type UpratingEvent = EventOf<typeof upratingPublished | typeof upratingWithdrawn>;

export const upratingEvents = [upratingPublished, upratingWithdrawn] as const;
