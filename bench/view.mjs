// A view of the benchmark's own, built through the product's door: rows that are folded in memory and written together.
import {
  foldedProjection,
  projectionMigrations,
  viewTable,
  Checkpoints,
  ProjectionSubscription,
} from '../dist/libs/projections/src/index.js';
import { openDatabase } from '../dist/libs/platform/src/index.js';
import { TENANT, TYPE } from './events.mjs';
import { openOurs } from './ours.mjs';

class PackageTotal1790000900000 {
  name = 'PackageTotal1790000900000';

  async up(runner) {
    await runner.query(`create table package_total (
      tenant text not null, package_id text not null, visits int not null, minutes bigint not null, pence bigint not null,
      primary key (tenant, package_id)) partition by list (tenant)`);
    await runner.query(viewTable('package-totals', 'package_total'));
  }

  async down(runner) {
    await runner.query('drop table package_total');
  }
}

/** What was done and what it cost, a row for each package. */
const packageTotals = () =>
  foldedProjection({
    name: 'package-totals',
    version: 1,
    types: [TYPE],
    table: 'package_total',
    keyColumn: 'package_id',
    columns: { package_id: 'text', visits: 'int', minutes: 'bigint', pence: 'bigint' },
    rowKey: ({ data }) => data.packageId,
    fold(row, { data }) {
      const total = row ?? { package_id: data.packageId, visits: 0, minutes: 0, pence: 0 };
      total.visits++;
      total.minutes += data.minutes;
      total.pence += data.pence;
      return total;
    },
  });

/** The store with that view beside it. */
export async function openView(cluster, name) {
  const ours = await openOurs(cluster, name, [...projectionMigrations, PackageTotal1790000900000]);
  const database = await openDatabase(ours.database.url('app'), { entities: [] });
  await ours.database.superuser.query(
    `insert into council (tenant, la_code, name, simulated, added_at) values ($1, '206', 'Bench', false, now())
     on conflict do nothing`,
    [TENANT],
  );
  /** Asked as the rival is: by one statement, because the asking is part of what is measured. */
  const visits = async () => {
    const { rows } = await ours.database.superuser.query(
      'select coalesce(sum(visits), 0)::int as visits from package_total',
    );
    return rows[0].visits;
  };
  const checkpoints = new Checkpoints(database);
  return {
    ...ours,
    database: ours.database,
    app: database,
    /** As in a process that has just started. */
    subscription: () => new ProjectionSubscription(packageTotals(), ours.store, database, checkpoints),
    /** Page by page under one lease, as a runner does, until nothing more is waiting. */
    async follow(subscription) {
      const [lease] = await checkpoints.acquire(TENANT, [subscription.name], 'bench', 60_000);
      while (!(await subscription.advance(TENANT, lease)).caughtUp);
      await checkpoints.release(lease);
    },
    /** @throws where the view does not hold what it should */
    async check(events) {
      const found = await visits();
      if (found !== events) throw new Error(`The view holds ${found} visits of ${events}.`);
    },
    visits,
    async close() {
      await database.close();
      await ours.close();
    },
  };
}
