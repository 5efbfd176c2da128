// Every event sealed into the council's tree and signed for, against reading the same events: what a first sealing costs.
import { auditMigrations, HistorySealer } from '../../dist/libs/audit/src/index.js';
import { openDatabase } from '../../dist/libs/platform/src/index.js';
import { Checkpoints, projectionMigrations } from '../../dist/libs/projections/src/index.js';
import { fold, TENANT } from '../events.mjs';
import { alternate, rateOf, ratioRow } from '../measure.mjs';
import { openOurs } from '../ours.mjs';
import { load } from './import.mjs';
import { pagesOf } from './replay.mjs';

const SEED = Buffer.alloc(32, 1);
const SEALED = ['sealed_leaves', 'sealed_subtree', 'sealed_checkpoint', 'sealing_key', 'checkpoint'];

export const sealing = {
  name: 'sealing',
  needs: [],
  async measure(_, { rounds, events: all, cluster }, say) {
    const events = Math.min(all, 200_000);
    const ours = await openOurs(cluster, 'sealing', [...projectionMigrations, ...auditMigrations]);
    const database = await openDatabase(ours.database.url('app'), { entities: [] });
    try {
      await load(ours, events);
      await ours.database.superuser.query('vacuum analyze event');
      const sealer = new HistorySealer(ours.store, database, new Checkpoints(database), SEED, { everyMs: 0 });
      const values = await alternate(
        {
          sealed: async () => {
            await ours.database.empty(...SEALED);
            return rateOf(events, async () => {
              let sealed = 0;
              for (let caughtUp = false; !caughtUp;) {
                const page = await sealer.advance(TENANT);
                sealed += page.handled;
                ({ caughtUp } = page);
              }
              if (sealed !== events) throw new Error(`Sealed ${sealed} events of ${events}.`);
            });
          },
          replayed: () =>
            rateOf(events, async () => {
              const totals = new Map();
              for await (const page of pagesOf(ours.store)) for (const event of page) fold(totals, event.data);
            }),
        },
        rounds,
        say,
      );
      const what = `${events.toLocaleString('en-GB')} events sealed into the council’s tree, and signed for`;
      return [ratioRow(what, 'replay of the same, decoded and folded', values.sealed, values.replayed, 0.5, 0.8)];
    } finally {
      await database.close();
      await ours.close();
    }
  },
};
