import type { Account } from '@caretrail/access';
import { type Clock, type Fault, InvalidInput, londonDate } from '@caretrail/kernel';
import { type AsOfDays, asOfFrom } from '@caretrail/web';
import type { MarketScope } from './market-figures.js';
import { findServiceGroup, serviceGroups } from './service-group.js';

export interface MarketRequest {
  readonly scope: MarketScope;
  readonly asOf: AsOfDays;
  /** What was asked that does not exist; the rest is answered without it. */
  readonly faults: readonly Fault[];
}

const AREA_AT_MOST = 200;

/** Reads `?service=home-support&area=Abbey&effective=31/3/2026&known=14/4/2026`. Never fails. */
export function marketRequest(account: Account, query: Readonly<Record<string, unknown>>, clock: Clock): MarketRequest {
  const asOf = asOfFrom(query, londonDate(clock.now(account.tenant)));
  const asked = textOf(query['service']);
  const service = findServiceGroup(asked);
  const area = textOf(query['area']);
  return {
    asOf,
    scope: {
      tenant: account.tenant,
      effectiveOn: asOf.effective,
      knownOn: asOf.known,
      ...(service && { service: service.id }),
      ...(area && { area }),
    },
    faults: [
      ...(asked && !service
        ? [
            {
              rule: 'service-is-known',
              field: 'service',
              message: `There is no service “${asked}”. Services: ${serviceGroups.map(({ id }) => id).join(', ')}.`,
            },
          ]
        : []),
      ...(['effective', 'known'] as const).flatMap((field) => {
        const message = asOf.error?.[field];
        return message ? [{ rule: 'day-is-real', field, message: `${message}.` }] : [];
      }),
    ],
  };
}

/** For the API, which answers no question that it did not understand. @throws InvalidInput */
export function refuseFaults({ faults }: MarketRequest): void {
  if (faults.length) throw new InvalidInput(faults);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, AREA_AT_MOST) : '');
