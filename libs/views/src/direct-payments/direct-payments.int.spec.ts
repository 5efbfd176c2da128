import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { directPaymentAccountEvents } from '@caretrail/budgets/contracts';
import { EventCatalogue, type StoredEvent } from '@caretrail/kernel';
import { transactionOf } from '@caretrail/projections';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { directPaymentsMigrations } from './direct-payments.migration.js';
import { directPaymentsProjection } from './direct-payments.projection.js';
import { DirectPaymentsQuery } from './direct-payments.query.js';

const id = (last: number): string => `10000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const [ADA, BEN] = [id(1), id(2)] as const;
const [FIRST, SECOND] = [id(3), id(4)] as const;
const OWN = 'direct payment account';
const PA = 'personal assistant';
const catalogue = new EventCatalogue([...directPaymentAccountEvents]);
const decision = { decidedOn: '2026-03-01', decidedBy: 'A manager', reasons: 'Unspent.' };
const representations = { made: false, invitedOn: '2026-02-01', awaitedUntil: '2026-02-20' };

let position = 0n;
function event(tenant: string, name: string, on: string, data: object, known = on): StoredEvent {
  position += 2n;
  const type = `budgets.${name}.v1`;
  catalogue.get(type).schema.parse(data);
  return {
    id: id(1_000 + Number(position)),
    type,
    data,
    tenant,
    stream: `budgets.direct-payment-account-${(data as { accountId: string }).accountId}`,
    version: 1,
    position,
    recordedAt: `${known}T12:00:00.000Z`,
    knownOn: known,
    metadata: {
      actorId: 'colin',
      actorRole: 'finance',
      commandId: `command-${position}`,
      correlationId: 'account',
      effectiveOn: on,
    },
  };
}

/** Two accounts: the first pays an assistant, wrongly once, and is closed; the second is told of late. */
function history(tenant: string): StoredEvent[] {
  const opened = (accountId: string, personId: string, on: string) =>
    event(tenant, 'direct-payment-account-opened', on, {
      accountId,
      personId,
      allocationId: id(9),
      councilPaysPencePerWeek: 35_000,
      receivedBy: 'the person',
    });
  const first = { accountId: FIRST, personId: ADA };
  const second = { accountId: SECOND, personId: BEN };
  const paid = { debit: OWN, credit: 'council', reference: 'BACS' };
  const spent = { debit: PA, credit: OWN, category: 'personal care', evidence: 'Payslip' };
  const wrong = event(tenant, 'spend-recorded', '2026-01-20', { ...first, ...spent, pence: 30_000 });
  return [
    opened(FIRST, ADA, '2026-01-05'),
    event(tenant, 'direct-payment-paid', '2026-01-09', { ...first, ...paid, pence: 100_000 }),
    wrong,
    opened(SECOND, BEN, '2026-01-12'),
    event(tenant, 'spend-recorded', '2026-01-30', { ...first, ...spent, pence: 70_000 }),
    event(tenant, 'direct-payment-entry-reversed', '2026-02-03', {
      ...first,
      reverses: wrong.id,
      kind: 'spend',
      debit: OWN,
      credit: PA,
      category: 'personal care',
      pence: 30_000,
      reason: 'Typed twice.',
    }),
    event(tenant, 'direct-payment-paid', '2026-01-16', { ...second, ...paid, pence: 40_000 }, '2026-02-10'),
    event(tenant, 'direct-payment-reclaimed', '2026-03-02', {
      ...first,
      debit: 'council',
      credit: OWN,
      pence: 30_000,
      ground: 'surplus',
      decision,
      representations,
    }),
    event(tenant, 'direct-payment-account-closed', '2026-03-02', { ...first, reason: 'person chose' }),
  ];
}

describe('direct payments', () => {
  let db: TestDatabase;
  let query: DirectPaymentsQuery;
  const apply = (tenant: string, events: readonly StoredEvent[]) =>
    db.database.inTenant(tenant, (manager) => directPaymentsProjection.apply(events, transactionOf(tenant, manager)));
  const on = (effectiveOn: string, knownOn = effectiveOn) => query.totals(WRENBRIDGE, { effectiveOn, knownOn });

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: directPaymentsMigrations });
    query = new DirectPaymentsQuery(db.database);
    await apply(WRENBRIDGE, history(WRENBRIDGE));
    for (const each of history(OTHERBURY).slice(0, 3)) await apply(OTHERBURY, [each]);
  });
  afterAll(() => db.drop());

  it('are what was paid, spent and taken back by a day, and both sides of the ledger balance', async () => {
    const totals = await on('2026-03-31');
    expect(totals).toMatchObject({
      paidPence: 140_000,
      spentPence: 70_000,
      reclaimedPence: 30_000,
      balancePence: 40_000,
      openAccounts: 1,
      closedAccounts: 1,
      entries: 6,
      spentByCategory: [{ category: 'personal care', pence: 70_000 }],
    });
    expect(totals.ledger).toEqual([
      { account: 'council', pence: -110_000 },
      { account: OWN, pence: 40_000 },
      { account: PA, pence: 70_000 },
    ]);
  });

  it('stand on any day as they were then, and as they were known', async () => {
    expect(await on('2026-01-31')).toMatchObject({ paidPence: 100_000, spentPence: 100_000, balancePence: 0 });
    expect(await on('2026-01-31', '2026-02-10')).toMatchObject({ paidPence: 140_000, balancePence: 40_000 });
    expect(await on('2026-02-03')).toMatchObject({ spentPence: 70_000, balancePence: 30_000, closedAccounts: 0 });
    expect(await on('2026-01-08')).toMatchObject({ openAccounts: 1, paidPence: 0, ledger: [], entries: 0 });
    expect(await on('2026-01-04')).toMatchObject({ openAccounts: 0, closedAccounts: 0, position: '0' });
  });

  it('are told by account', async () => {
    const days = { effectiveOn: '2026-03-31', knownOn: '2026-03-31', pageSize: 1 };
    const first = await query.accounts(WRENBRIDGE, { ...days, page: 1 });
    expect(first).toEqual([
      {
        accountId: FIRST,
        personId: ADA,
        allocationId: id(9),
        receivedBy: 'the person',
        openedOn: '2026-01-05',
        closedOn: '2026-03-02',
        paidPence: 100_000,
        spentPence: 70_000,
        reclaimedPence: 30_000,
        balancePence: 0,
      },
    ]);
    const second = await query.accounts(WRENBRIDGE, { ...days, page: 2 });
    expect(second).toMatchObject([{ accountId: SECOND, personId: BEN, balancePence: 40_000 }]);
    expect(second[0]).not.toHaveProperty('closedOn');
    expect(await query.accounts(WRENBRIDGE, { ...days, page: 3 })).toEqual([]);
  });

  it('of another council are none of ours', async () => {
    const days = { effectiveOn: '2026-03-31', knownOn: '2026-03-31' };
    expect(await query.totals(OTHERBURY, days)).toMatchObject({ paidPence: 100_000, spentPence: 30_000, entries: 2 });
  });

  it('take an event once', async () => {
    await expect(apply(WRENBRIDGE, history(WRENBRIDGE).slice(0, 1))).rejects.toThrow(/duplicate key/);
  });
});
