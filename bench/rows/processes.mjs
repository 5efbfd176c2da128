// Several writing processes take turns at the order lock.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { alternate, ratioRow } from '../measure.mjs';

const [PROCESSES, CLIENTS, EVENTS] = [4, 16, 10];

export const processes = {
  name: 'processes',
  needs: ['ours'],
  async measure({ ours }, { rounds, milliseconds }, say) {
    const script = new URL('../writer.mjs', import.meta.url);
    const children = Array.from({ length: PROCESSES }, () => fork(script, [ours.database.url('app')]));
    try {
      await Promise.all(children.map((child) => once(child, 'message')));
      /** The sixteen clients in as many processes. */
      const together = async (count, time) => {
        const rates = children.slice(0, count).map(async (child) => {
          const answer = once(child, 'message');
          child.send({ milliseconds: time, clients: CLIENTS / count, events: EVENTS });
          return (await answer)[0];
        });
        return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0);
      };
      const slice = (count) => async () => {
        await ours.empty();
        await together(count, milliseconds / 5);
        return together(count, milliseconds);
      };
      const values = await alternate({ four: slice(PROCESSES), one: slice(1) }, rounds, say);
      const what = 'append, 10 events, 16 concurrent in 4 writing processes';
      return [ratioRow(what, 'one writing process', values.four, values.one, 0.9, 1.2)];
    } finally {
      for (const child of children) child.disconnect();
    }
  },
};
