// A view in its table: built anew, and brought up to date page by page.
import { fold, TENANT } from '../events.mjs';
import { openEmmett } from '../emmett.mjs';
import { alternate, rateOf, ratioRow } from '../measure.mjs';
import { openView } from '../view.mjs';
import { load, SLOW, streamsOf } from './import.mjs';
import { pagesOf } from './replay.mjs';

export const views = {
  name: 'views',
  needs: [],
  async measure(_, { rounds, events, cluster }, say) {
    const [ours, emmett] = [await openView(cluster, 'views'), await openEmmett(cluster, 'emmett_views')];
    try {
      const few = Math.min(SLOW, events);
      await load(ours, events);
      await ours.database.superuser.query('vacuum analyze event');
      await emmett.load(streamsOf(few));
      await emmett.database.superuser.query('vacuum analyze emt_messages');
      const values = await alternate(
        {
          /** Without its checkpoint it begins from nothing. */
          incremental: async () => {
            await ours.app.inTenant(TENANT, (manager) =>
              manager.query('delete from checkpoint where tenant = $1', [TENANT]),
            );
            const rate = await rateOf(events, () => ours.follow(ours.subscription()));
            await ours.check(events);
            return rate;
          },
          rebuild: async () => {
            const rate = await rateOf(events, () => ours.subscription().rebuild.run(TENANT));
            await ours.check(events);
            return rate;
          },
          replay: () =>
            rateOf(events, async () => {
              const totals = new Map();
              for await (const page of pagesOf(ours.store)) for (const event of page) fold(totals, event.data);
            }),
          emmett: () => emmett.projectRate(few),
        },
        Math.min(rounds, 3),
        say,
      );
      const rebuild = `rebuild of a view of ${events.toLocaleString('en-GB')} events into its table (fold, write, compare, switch)`;
      return [
        ratioRow(rebuild, 'Emmett’s raw SQL projection', values.rebuild, values.emmett, 120, 170),
        ratioRow(rebuild, 'pure replay', values.rebuild, values.replay, 0.9, 1),
        ratioRow(
          'incremental projection, pages of 20,000',
          'Emmett’s raw SQL projection',
          values.incremental,
          values.emmett,
          60,
          85,
        ),
      ];
    } finally {
      await ours.close();
      await emmett.close();
    }
  },
};
