// Appends: one client, and many at once.
import { alternate, ratioRow } from '../measure.mjs';

const LOADS = [
  { name: 'append-1', what: 'append, 1 event, 1 client', clients: 1, events: 1, emmett: [1.5, 2.5] },
  {
    name: 'append-16',
    what: 'append, 1 event, 16 concurrent',
    clients: 16,
    events: 1,
    emmett: [4, 6],
    limit: { against: 'one-row transactions over 16 connections', floor: [0.9, 1], rows: 1 },
  },
  {
    name: 'append-64',
    what: 'append, 1 event, 64 concurrent',
    clients: 64,
    events: 1,
    emmett: [7, 12],
    limit: { against: 'one-row transactions over 64 connections', floor: [1.5, 2], rows: 1 },
  },
  {
    name: 'append-10x16',
    what: 'append, 10 events, 16 concurrent',
    clients: 16,
    events: 10,
    emmett: [2.5, 4],
    limit: { against: '160-row transactions', floor: [0.5, 0.6], rows: 160 },
  },
];

export const append = LOADS.map(({ name, what, clients, events, emmett: goal, limit: bound }) => ({
  name,
  needs: ['ours', 'emmett', ...(bound ? ['limit'] : [])],
  async measure({ ours, emmett, limit }, { rounds, milliseconds }, say) {
    const slice = (contender, work) => async () => {
      await contender.empty();
      await work(milliseconds / 5); // warm: plans, connections, write-ahead log
      return work(milliseconds);
    };
    const values = await alternate(
      {
        ours: slice(ours, (time) => ours.appendRate(time, clients, events)),
        ...(bound && {
          limit: slice(limit, (time) =>
            bound.rows > 1 ? limit.manyRows(time, bound.rows) : limit.singleRows(time, clients),
          ),
        }),
        emmett: slice(emmett, (time) => emmett.appendRate(time, clients, events)),
      },
      rounds,
      say,
    );
    return [
      ratioRow(what, 'Emmett', values.ours, values.emmett, ...goal),
      ...(bound ? [ratioRow(what, `the limit: ${bound.against}`, values.ours, values.limit, ...bound.floor)] : []),
    ];
  },
}));
