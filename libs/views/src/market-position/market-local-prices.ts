import { type LocalPrice, LocalPrices } from '@caretrail/budgets/contracts';
import { type Clock, londonDate, type PlainDate } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { transactionOf } from '@caretrail/projections';
import { Inject, Injectable } from '@nestjs/common';
import { deaths, homes, open, parametersOf, placed } from './as-of-sql.js';
import { serviceGroups } from './service-group.js';

/** A median of fewer people would be somebody's own price. */
const PEOPLE_AT_LEAST = 5;
/** A direct payment is a way to hold money, and no service that needs take. */
const MONEY = 'direct-payment';

/** What services cost here, from the packages that are open on the day, as known today. */
@Injectable()
export class MarketLocalPrices extends LocalPrices {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {
    super();
  }

  async knownOn(tenant: string, day: PlainDate): Promise<readonly LocalPrice[]> {
    const days = { effectiveOn: day, knownOn: londonDate(this.clock.now(tenant)) };
    // Prices of the whole council: in which area each package is does not matter.
    const parameters = parametersOf(placed({ tenant, ...days }, new Map()));
    const rows = await this.database.inTenant(tenant, (manager) =>
      transactionOf(tenant, manager).query<{ service: string; hour: number | null; week: number | null }>(
        `with ${homes}, ${deaths}, ${open}
         select service, ${median('hourly_pence')} as hour, ${median('weekly_pence')} as week
           from open group by service`,
        [...parameters, PEOPLE_AT_LEAST],
      ),
    );
    const prices = new Map(rows.map((row) => [row.service, row]));
    return serviceGroups.flatMap(({ id, label, unit: bought }) => {
      if (id === MONEY) return [];
      const unit = bought === 'hour' ? 'hour' : 'week';
      const price = prices.get(id)?.[unit];
      return price == null ? [] : [{ service: id, label, unit, medianPence: Math.round(price), ...days }];
    });
  }
}

const median = (price: string): string =>
  `case when count(distinct person_id) filter (where ${price} is not null) >= $5
        then percentile_cont(0.5) within group (order by ${price}) end`;
