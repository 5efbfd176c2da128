import { directPaymentAccountEvents } from '@caretrail/budgets/contracts';
import { localAccountId } from '@caretrail/access';
import { type AppendResult, EventStore } from '@caretrail/event-store';
import type { EventOf, StoredEvent } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { type Projection, transactionOf } from '@caretrail/projections';
import type { INestApplicationContext } from '@nestjs/common';
import { projections } from '../../apps/platform/src/house.js';
import { type Placed, type Told, violationsOf, wentBack } from '../chaos/history.js';
import type { Booked, EntryKind } from './clerk.js';
import { COUNCIL } from './house-of-books.js';

type AccountEvent = EventOf<(typeof directPaymentAccountEvents)[number]>;

/** What was told to the clerks, and what was seen of the checkpoints while it all went on. */
export interface Evidence {
  readonly books: readonly Booked[];
  readonly checkpoints: ReadonlyMap<string, readonly number[]>;
}

interface Sums extends Record<EntryKind, number> {
  closed: boolean;
}

const nothing = (): Sums => ({ payment: 0, spend: 0, reclaim: 0, closed: false });
const balanceOf = ({ payment, spend, reclaim }: Sums): number => payment - spend - reclaim;
const entryKinds = ['payment', 'spend', 'reclaim'] as const;

/** What is wrong with a house after a run, a sentence each: its store, its books and its views. */
export async function audit(app: INestApplicationContext, { books, checkpoints }: Evidence): Promise<string[]> {
  const store = app.get(EventStore);
  const events: StoredEvent[] = [];
  for await (const page of store.replay({ tenant: COUNCIL, after: 0n })) events.push(...page.events);
  return [
    ...history(events, books),
    ...(await results(store, books)),
    ...commandsOnce(events, books),
    ...ledgers(events, books),
    ...(await views(app.get(Database), store)),
    ...[...checkpoints].flatMap(([name, seen]) => wentBack(name, seen)).map(({ where }) => `${where} went back`),
  ];
}

/** As the history checker sees it: every event that was acknowledged is there, once, in its place. */
function history(events: readonly StoredEvent[], books: readonly Booked[]): string[] {
  const stored = events.map(({ position, id, stream, version }): Placed => ({
    position: Number(position),
    id,
    stream,
    version,
  }));
  const there = new Map(stored.map((event) => [event.id, event]));
  const told = books
    .filter(({ accepted }) => accepted)
    .map(({ clerk, accountId, eventIds, position }): Told => {
      const version = there.get(eventIds.at(-1)!)?.version;
      const stream = `budgets.direct-payment-account-${accountId}`;
      const answer = { writer: clerk, stream, expected: 'any', ids: eventIds, outcome: 'written', position } as const;
      return version === undefined ? answer : { ...answer, version };
    });
  return violationsOf({ stored, told, readings: [] }).map(({ kind, where }) => `${kind}: ${where}`);
}

const finance = localAccountId(COUNCIL, 'finance');
const commandIdOf = ({ key }: Booked): string => `${finance}/${key}`;

/** The store still gives the answer that the clerk was given. */
async function results(store: EventStore, books: readonly Booked[]): Promise<string[]> {
  const complaints: string[] = [];
  for (const booked of books) {
    const result: AppendResult | undefined = await store.resultOf(COUNCIL, commandIdOf(booked));
    const ids = String(result?.eventIds ?? []);
    if (ids !== String(booked.eventIds))
      complaints.push(`${booked.key} was told ${String(booked.eventIds)}, and the store says ${ids}`);
  }
  return complaints;
}

/** Each command has the events that it was told of and no others, and nobody else wrote. */
function commandsOnce(events: readonly StoredEvent[], books: readonly Booked[]): string[] {
  const byCommand = Map.groupBy(
    events.filter(({ metadata }) => metadata.actorId === finance),
    ({ metadata }) => metadata.commandId,
  );
  const known = new Map(books.map((booked) => [commandIdOf(booked), booked]));
  return [...byCommand].flatMap(([commandId, written]) => {
    const told = String(known.get(commandId)?.eventIds ?? 'nothing');
    const there = String(written.map(({ id }) => id));
    return there === told ? [] : [`${commandId} was told ${told}, and wrote ${there}`];
  });
}

/** The store's ledger of each account is the clerks', adds up, and both sides of all entries balance. */
function ledgers(events: readonly StoredEvent[], books: readonly Booked[]): string[] {
  const kept = new Map<string, Sums>();
  const sides = new Map<string, number>();
  const account = (of: Map<string, Sums>, id: string): Sums => {
    const sums = of.get(id) ?? nothing();
    of.set(id, sums);
    return sums;
  };
  for (const stored of events) {
    const { type, data } = stored as unknown as AccountEvent;
    if (!directPaymentAccountEvents.some((definition) => definition.type === type)) continue;
    const sums = account(kept, data.accountId);
    if (type === 'budgets.direct-payment-account-closed.v1') sums.closed = true;
    if (!('debit' in data)) continue;
    sides.set(data.debit, (sides.get(data.debit) ?? 0) + data.pence);
    sides.set(data.credit, (sides.get(data.credit) ?? 0) - data.pence);
    if ('reverses' in data) sums[data.kind] -= data.pence;
    else if (type === 'budgets.direct-payment-paid.v1') sums.payment += data.pence;
    else if (type === 'budgets.spend-recorded.v1') sums.spend += data.pence;
    else sums.reclaim += data.pence;
  }
  const told = new Map<string, Sums>();
  for (const { accepted, kind, accountId, pence, takesBack } of books) {
    if (!accepted) continue;
    const sums = account(told, accountId);
    if (kind === 'closing') Object.assign(sums, { closed: true, reclaim: sums.reclaim + pence });
    else if (kind === 'reversal') sums[takesBack!] -= pence;
    else if (kind !== 'opening') sums[kind] += pence;
  }
  const balances = [...kept.values()].reduce((sum, each) => sum + balanceOf(each), 0);
  const total = [...sides.values()].reduce((sum, pence) => sum + pence, 0);
  return [
    ...(total === 0 ? [] : [`debits and credits differ by ${total}`]),
    ...(balances === (sides.get('direct payment account') ?? 0)
      ? []
      : ['the balances are not what is in the accounts']),
    ...(kept.size === told.size ? [] : [`${told.size} accounts were opened, and there are ${kept.size}`]),
    ...[...kept].flatMap(([id, sums]) => [
      ...(entryKinds.every((kind) => sums[kind] === told.get(id)?.[kind]) && sums.closed === told.get(id)?.closed
        ? []
        : [`account ${id} says ${JSON.stringify(sums)}, its clerk ${JSON.stringify(told.get(id))}`]),
      ...(balanceOf(sums) < 0 || (sums.closed && balanceOf(sums) !== 0)
        ? [`account ${id} has ${balanceOf(sums)}`]
        : []),
    ]),
  ];
}

/** Every read model has the rows that it would have if it were built now. */
async function views(database: Database, store: EventStore): Promise<string[]> {
  const complaints: string[] = [];
  for (const projection of projections) {
    const [kept, fresh] = await rowsAndFreshRows(database, store, projection);
    for (const table of projection.tables) {
      const [are, wouldBe] = [kept.get(table)!, fresh.get(table)!];
      const differ = are.length !== wouldBe.length || are.some((row, index) => row !== wouldBe[index]);
      if (differ) complaints.push(`${table} has ${are.length} rows, and anew ${wouldBe.length} that are not the same`);
    }
  }
  const [paid] = await database.inTenant(COUNCIL, (manager) =>
    manager.query<{ rows: number }[]>('select count(*)::int as rows from direct_payment_posting'),
  );
  return paid!.rows > 0 ? complaints : [...complaints, 'the view of direct payments is empty'];
}

type Rows = ReadonlyMap<string, readonly string[]>;

async function rowsAndFreshRows(database: Database, store: EventStore, projection: Projection): Promise<[Rows, Rows]> {
  const undo = new Error('rows were only looked at');
  const found: Rows[] = [];
  await database
    .inTenant(COUNCIL, async (manager) => {
      const rows = async () => {
        const all = new Map<string, string[]>();
        for (const table of projection.tables) {
          const lines = await manager.query<{ row: string }[]>(`select t::text as row from "${table}" t order by 1`);
          all.set(
            table,
            lines.map(({ row }) => row),
          );
        }
        return all;
      };
      found.push(await rows());
      for (const table of projection.tables) await manager.query(`delete from "${table}"`);
      const { types } = projection;
      for await (const { events } of store.replay({ tenant: COUNCIL, after: 0n, ...(types && { types }) }))
        if (events.length) await projection.apply(events, transactionOf(COUNCIL, manager));
      found.push(await rows());
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return found as [Rows, Rows];
}
