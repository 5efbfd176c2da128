// Whether it stays as fast as it grows: two stores, one twenty times the other, take turns.
import { fold } from '../events.mjs';
import { alternate, rateOf, ratioRow } from '../measure.mjs';
import { openOurs } from '../ours.mjs';
import { load } from './import.mjs';
import { pagesOf } from './replay.mjs';

const TIMES = 20;

export const growth = {
  name: 'growth',
  needs: [],
  async measure(_, { rounds, milliseconds, events, cluster }, say) {
    const few = Math.min(events, 100_000);
    const many = few * TIMES;
    const open = async (name, count) => {
      const ours = await openOurs(cluster, name);
      await load(ours, count);
      await ours.database.superuser.query('vacuum analyze event');
      await ours.database.superuser.query('checkpoint');
      return ours;
    };
    const [small, large] = [await open('growth_small', few), await open('growth_large', many)];
    try {
      const replay = (ours, count) => () =>
        rateOf(count, async () => {
          const totals = new Map();
          for await (const page of pagesOf(ours.store)) for (const event of page) fold(totals, event.data);
        });
      const turns = Math.min(rounds, 3);
      const read = await alternate({ large: replay(large, many), small: replay(small, few) }, turns, say);
      const append = (ours) => async () => {
        await ours.appendRate(milliseconds / 5, 16, 1);
        return ours.appendRate(milliseconds, 16, 1);
      };
      const written = await alternate({ large: append(large), small: append(small) }, rounds, say);
      const size = (count) => count.toLocaleString('en-GB');
      return [
        ratioRow(`replay of ${size(many)} events`, `replay of ${size(few)}`, read.large, read.small, 0.85, 1),
        ratioRow(
          `append, 1 event, 16 concurrent, to a store of ${size(many)}`,
          `to one of ${size(few)}`,
          written.large,
          written.small,
          0.85,
          1,
        ),
      ];
    } finally {
      await small.close();
      await large.close();
    }
  },
};
