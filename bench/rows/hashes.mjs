// What the hash of every event costs: the same store, on the same database, told to keep hashes or not.
import { alternate, ratioRow } from '../measure.mjs';
import { writerTo } from '../ours.mjs';

const [CLIENTS, EVENTS] = [16, 10];

export const hashes = {
  name: 'hashes',
  needs: ['ours'],
  async measure({ ours }, { rounds, milliseconds }, say) {
    const unhashed = writerTo(ours.database.url('app'), { hashed: false });
    try {
      const slice = (writer) => async () => {
        await ours.empty();
        await writer.appendRate(milliseconds / 5, CLIENTS, EVENTS);
        return writer.appendRate(milliseconds, CLIENTS, EVENTS);
      };
      const values = await alternate({ hashed: slice(ours), unhashed: slice(unhashed) }, rounds, say);
      const what = 'append, 10 events, 16 concurrent, with the hash of every event';
      return [ratioRow(what, 'the same without', values.hashed, values.unhashed, 0.88, 0.95)];
    } finally {
      await unhashed.close();
    }
  },
};
