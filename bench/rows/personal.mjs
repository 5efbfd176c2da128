// Personal fields: ciphertext in the store, opened before the fold.
import { EventCatalogue, defineEvent } from '../../dist/libs/kernel/src/index.js';
import { PersonalCodec, privacyMigrations, SubjectKeys } from '../../dist/libs/privacy/src/index.js';
import { openDatabase } from '../../dist/libs/platform/src/index.js';
import { createHash, randomBytes } from 'node:crypto';
import { fold, TENANT, TYPE } from '../events.mjs';
import { alternate, rateOf, ratioRow } from '../measure.mjs';
import { openOurs } from '../ours.mjs';
import { streamsOf } from './import.mjs';
import { pagesOf } from './replay.mjs';

/** One person for each package. */
function personOf({ packageId }) {
  const hex = createHash('sha256').update(packageId).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const schema = { parse: (data) => data };
const definition = {
  type: TYPE,
  schema,
  people: () => [],
  title: () => 'Visit recorded',
  authority: 'Care Act 2014 s18',
};
const locked = defineEvent({ ...definition, personal: ['note'], subject: (data) => data.personId });
const clear = defineEvent(definition);

export const personal = {
  name: 'personal',
  needs: [],
  async measure(_, { rounds, events: all, cluster }, say) {
    const events = Math.min(all, 200_000);
    const open = async (name, event) => {
      const ours = await openOurs(cluster, name, privacyMigrations);
      const database = await openDatabase(ours.database.url('app'), { entities: [] });
      const codec = new PersonalCodec(new SubjectKeys(database, randomBytes(32)), new EventCatalogue([event]));
      const rest = streamsOf(events);
      await Promise.all(
        Array.from({ length: 64 }, async () => {
          for (const { stream, events } of rest) {
            const placed = events.map((each, index) => {
              const data = { ...each.data, packageId: `package-${stream}`.slice(0, 24) };
              return { stream, version: index + 1, event: { ...each, data: { ...data, personId: personOf(data) } } };
            });
            const streams = [{ stream, expected: 'none', events: await codec.seal(TENANT, placed) }];
            await ours.store.append({ tenant: TENANT, streams });
          }
        }),
      );
      await ours.database.superuser.query('vacuum analyze event');
      return { ours, codec, close: () => database.close().then(() => ours.close()) };
    };
    const [sealed, plain] = [await open('sealed', locked), await open('plain', clear)];
    try {
      const through = ({ ours, codec }) =>
        rateOf(events, async () => {
          const totals = new Map();
          for await (const page of pagesOf(ours.store))
            for (const event of await codec.open(page)) {
              if (typeof event.data.note !== 'string') throw new Error('A personal field was not opened.');
              fold(totals, event.data);
            }
        });
      const values = await alternate({ ours: () => through(sealed), clear: () => through(plain) }, rounds, say);
      return [
        ratioRow(
          'personal fields encrypted, decrypted in the fold',
          'the same without',
          values.ours,
          values.clear,
          0.7,
          0.9,
        ),
      ];
    } finally {
      await sealed.close();
      await plain.close();
    }
  },
};
