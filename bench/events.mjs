// The events that everybody writes: made up, about 430 bytes of data and 200 of metadata.
import { randomUUID } from 'node:crypto';

export const TENANT = 'E09000012';
export const TYPE = 'bench.visit-recorded.v1';
export const DAY = '2025-06-30';

const NOTE = 'Medication prompted and breakfast prepared as the plan says; mobility unchanged, '.repeat(2).trim();
const metadata = {
  actorId: 'bench-provider-7',
  actorRole: 'broker',
  commandId: '0b0f6f1a-5f3c-4f5e-9c43-2f6d1a7c9e10',
  correlationId: '6c1f7a52-9d7e-4d2f-8a54-0b7c2d9f1e33',
  effectiveOn: DAY,
};

/** One event, as the port takes it. @param n any number: what it says varies by it */
export function someEvent(n) {
  return {
    id: randomUUID(),
    type: TYPE,
    data: {
      visitId: `visit-${n}`,
      packageId: `package-${n % 20_000}`,
      provider: `provider-${n % 97}`,
      startedAt: '2025-06-30T08:00:00.000Z',
      minutes: 15 + (n % 46),
      pence: 500 + (n % 1_500),
      tasks: ['washing', 'dressing', 'medication', 'breakfast'],
      outcome: n % 11 ? 'delivered' : 'missed',
      note: NOTE,
    },
    metadata,
  };
}

export const someEvents = (count, from = 0) => Array.from({ length: count }, (_, index) => someEvent(from + index));

export const someStream = () => `bench.visit-${randomUUID()}`;

/** What a reader makes of the events: totals by package, as a view would. */
export function fold(totals, data) {
  let total = totals.get(data.packageId);
  if (!total) totals.set(data.packageId, (total = { visits: 0, minutes: 0, pence: 0 }));
  total.visits++;
  total.minutes += data.minutes;
  total.pence += data.pence;
}
