import { type ShownCount, suppressTable } from '@caretrail/web';
import type { ServiceCounts } from './signposting.query.js';

/** Counts as they may be shown: 1–4 are `*`, others to the nearest 5, and no total gives a hidden one away. */
export interface ShownCounts {
  readonly over: ShownCount;
  readonly returned: ShownCount;
  readonly died: ShownCount;
  readonly waiting: ShownCount;
  /** Per cent of those whose 90 days are over, of the rounded counts; left out where they are too few. */
  readonly share?: number;
}

/** Below this a share says more about chance than about a service. */
const LEAST_FOR_A_SHARE = 20;

export interface ShownReturns {
  readonly services: readonly (ShownCounts & Pick<ServiceCounts, 'service' | 'serviceId'>)[];
  readonly all: ShownCounts;
}

/** Keeps counts of few people from giving one of them away. */
export function shownCounts(services: readonly ServiceCounts[]): ShownReturns {
  const { rows, totals } = suppressTable(
    services.map(({ over, returned, died, waiting }) => [over, returned, died, waiting]),
  );
  return {
    services: services.map(({ service, serviceId }, index) => ({
      service,
      ...(serviceId && { serviceId }),
      ...shown(rows[index]!),
    })),
    all: shown(totals),
  };
}

function shown([over = 0, returned = 0, died = 0, waiting = 0]: readonly ShownCount[]): ShownCounts {
  const share =
    over !== '*' && returned !== '*' && over >= LEAST_FOR_A_SHARE
      ? Math.min(100, Math.round((100 * returned) / over))
      : undefined;
  return { over, returned, died, waiting, ...(share !== undefined && { share }) };
}
