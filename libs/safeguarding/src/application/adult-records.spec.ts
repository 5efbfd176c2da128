import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { AdultRecords } from './adult-records.js';

const ANNE = '4471c0de-0000-4000-8000-000000000001';
const BEN = '4471c0de-0000-4000-8000-000000000002';
const CLEO = '9999c0de-0000-4000-8000-000000000003';

async function council(...people: string[]): Promise<AdultRecords> {
  const store = new MemoryEventStore();
  for (const tenant of ['E09000012', 'E09000099'])
    for (const id of tenant === 'E09000012' ? people : [BEN])
      await store.append({
        tenant,
        streams: [
          {
            stream: `people.person-${id}`,
            expected: 'none',
            events: [
              {
                id: crypto.randomUUID(),
                type: 'people.person-registered.v1',
                data: {},
                metadata: {
                  actorId: 'a',
                  actorRole: 'r',
                  commandId: 'c',
                  correlationId: 'c',
                  effectiveOn: '2026-01-01',
                },
              },
            ],
          },
        ],
      });
  return new AdultRecords(store);
}

describe('an adult by record number', () => {
  it('is found by the number as it is shown, or by the whole id', async () => {
    const records = await council(ANNE, CLEO);
    expect(await records.find('E09000012', ['P-4471C0DE', ` ${CLEO}`])).toEqual([ANNE, CLEO]);
  });

  it('stands once, however often it was typed', async () => {
    const records = await council(ANNE);
    expect(await records.find('E09000012', ['P-4471c0de', '4471c0de'])).toEqual([ANNE]);
  });

  it.each(['P-00000000', 'Hollis', BEN])('is refused when it is nobody’s here: %s', async (typed) => {
    const records = await council(ANNE);
    await expect(records.find('E09000012', [typed])).rejects.toMatchObject({
      faults: [{ rule: 'adult-is-known', field: 'adults' }],
    });
  });

  it('is refused when two people share it, and says to give the whole id', async () => {
    const records = await council(ANNE, BEN);
    await expect(records.find('E09000012', ['P-4471c0de'])).rejects.toThrow('whole id');
  });
});
