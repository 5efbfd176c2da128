import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isConnectionLost } from './connection-errors.js';
import { openDatabase } from './database.js';

const insertArea = 'insert into council_area (tenant, postcode_prefix, area) values ($1, $2, $3)';

describe('a database whose rows are kept apart by council', () => {
  let test: TestDatabase;
  beforeAll(async () => (test = await createTestDatabase({ migrations: [] })));
  afterAll(() => test.drop());
  beforeEach(async () => {
    for (const [tenant, area] of [
      [WRENBRIDGE, 'Heron'],
      [OTHERBURY, 'Mill'],
    ])
      await test.database.inTenant(tenant!, (manager) =>
        manager.query(`${insertArea} on conflict do nothing`, [tenant, 'WB1 1', area]),
      );
  });

  it('shows a council its own rows alone', async () => {
    const rows = await test.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<object[]>('select area from council_area'),
    );
    expect(rows).toEqual([{ area: 'Heron' }]);
  });

  it('shows nothing to a query without a council', async () => {
    expect(await test.database.query('select * from council_area')).toEqual([]);
    expect((await test.database.pool.query('select * from council_area')).rows).toEqual([]);
  });

  it('takes no work once it closes, while other work is still under way', async () => {
    const closing = await openDatabase(test.database.url, { entities: [] });
    const { promise: letGo, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const underWay = closing.inTenant(WRENBRIDGE, () => (begin(), letGo)).catch(() => undefined);
    await begun;
    const closed = closing.close();
    const late = [
      closing.inTenant(WRENBRIDGE, (manager) => manager.query('select 1')),
      closing.inOneGo(WRENBRIDGE, (asking) => asking.query('select 1')),
      closing.query('select 1'),
    ];
    for (const refused of await Promise.allSettled(late))
      expect(refused).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable' } });
    resolve();
    await Promise.all([underWay, closed]);
  });

  it.each(['pool', 'master'] as const)(
    'outlives a connection that breaks while nobody listens to it (%s)',
    async (which) => {
      const { database } = test;
      const { master } = database.dataSource.driver as typeof database.dataSource.driver & { master: pg.Pool };
      const client = await (which === 'pool' ? database.pool : master).connect();
      // As the pool hands it over, before the borrower has it: an error without a listener is thrown.
      expect(client.listenerCount('error')).toBeGreaterThan(0);
      expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow();
      client.release(true);
    },
  );

  it('shows nothing to the owner of the table either', async () => {
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query('select * from council_area');
    await owner.end();
    expect(rows).toEqual([]);
  });

  it('takes no row of another council, and none without a council', async () => {
    await expect(
      test.database.inTenant(WRENBRIDGE, (manager) => manager.query(insertArea, [OTHERBURY, 'WB9 9', 'Weir'])),
    ).rejects.toThrow('row-level security');
    await expect(test.database.query(insertArea, [WRENBRIDGE, 'WB9 9', 'Weir'])).rejects.toThrow('row-level security');
  });

  it('changes and removes no row of another council', async () => {
    await test.database.inTenant(WRENBRIDGE, async (manager) => {
      await manager.query("update council_area set area = 'taken' where tenant = $1", [OTHERBURY]);
      await manager.query('delete from council_area where tenant = $1', [OTHERBURY]);
    });
    const rows = await test.database.inTenant(OTHERBURY, (manager) =>
      manager.query<object[]>('select area from council_area'),
    );
    expect(rows).toEqual([{ area: 'Mill' }]);
  });

  it('leaves no council behind for the next borrower of the connection', async () => {
    const single = await openDatabase(test.appUrl, { entities: [], poolSize: 1 });
    const backend = 'select pg_backend_pid() as pid, count(*)::int as rows from council_area';
    const during = await single.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ pid: number; rows: number }[]>(backend),
    );
    await expect(
      single.inTenant(WRENBRIDGE, async (manager) =>
        manager.query<object[]>('select 1 / (select 0 from council_area)'),
      ),
    ).rejects.toThrow('division by zero');
    const after = await single.query<{ pid: number; rows: number }>(backend);
    await single.close();
    expect(during[0]?.rows).toBe(1);
    expect(after).toEqual([{ pid: during[0]?.pid, rows: 0 }]);
  });

  it('rolls the whole unit of work back when it fails', async () => {
    await expect(
      test.database.inTenant(WRENBRIDGE, async (manager) => {
        await manager.query(insertArea, [WRENBRIDGE, 'WB7 7', 'Lock']);
        throw new Error('second thoughts');
      }),
    ).rejects.toThrow('second thoughts');
    const rows = await test.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<object[]>("select * from council_area where postcode_prefix = 'WB7 7'"),
    );
    expect(rows).toEqual([]);
  });

  it('gives the app role the use of tables, not the change of them nor of the list of migrations', async () => {
    await expect(test.database.query('create table mine ()')).rejects.toThrow('permission denied');
    await expect(test.database.query('alter table council_area disable row level security')).rejects.toThrow('owner');
    await expect(test.database.query('delete from schema_migration')).rejects.toThrow('permission denied');
  });

  it('shows one state of the rows to all queries of a snapshot, and takes nothing from it', async () => {
    const areas = 'select area from council_area order by area';
    const add = (area: string) =>
      test.database.inTenant(WRENBRIDGE, (manager) =>
        manager.query(insertArea, [WRENBRIDGE, `WB5 ${area.length}`, area]),
      );
    const read = (snapshot: boolean, area: string) =>
      test.database.inTenant(
        WRENBRIDGE,
        async (manager) => {
          const before = await manager.query<object[]>(areas);
          await add(area);
          return [before, await manager.query<object[]>(areas)];
        },
        { snapshot },
      );
    const [before, after] = await read(true, 'Weir');
    expect(after).toEqual(before);
    const [first, second] = await read(false, 'Abbey');
    expect(first).toContainEqual({ area: 'Weir' });
    expect(second).not.toEqual(first);
    await expect(
      test.database.inTenant(WRENBRIDGE, (manager) => manager.query('delete from council_area'), { snapshot: true }),
    ).rejects.toThrow('read-only transaction');
    await test.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query("delete from council_area where postcode_prefix like 'WB5%'"),
    );
  });

  describe('in one go', () => {
    const areas = async (like: string) => {
      const rows = await test.database.inTenant(WRENBRIDGE, (manager) =>
        manager.query<{ area: string }[]>('select area from council_area where postcode_prefix like $1 order by 1', [
          like,
        ]),
      );
      return rows.map(({ area }) => area);
    };

    it('sends a statement before the answer to the one before it, and keeps the council’s rows apart', async () => {
      const answered: string[] = [];
      await test.database.inOneGo(WRENBRIDGE, async (asking) => {
        const first = asking.query('select pg_sleep(0.1)').then(() => answered.push('slept'));
        const second = asking.query(insertArea, [WRENBRIDGE, 'WB6 1', 'Moss']).then(() => answered.push('inserted'));
        answered.push('asked');
        await Promise.all([first, second]);
      });
      expect(answered).toEqual(['asked', 'slept', 'inserted']);
      expect(await areas('WB6%')).toEqual(['Moss']);
      await expect(
        test.database.inOneGo(WRENBRIDGE, (asking) => asking.query(insertArea, [OTHERBURY, 'WB6 2', 'Weir'])),
      ).rejects.toThrow('row-level security');
      expect((await test.database.pool.query('select * from council_area')).rows).toEqual([]);
    });

    it('undoes all of it when a statement fails that nobody waited for, and says what failed first', async () => {
      const unwaited = (answer: Promise<unknown>) => void answer.catch(() => undefined);
      const going = test.database.inOneGo(WRENBRIDGE, (asking) => {
        unwaited(asking.query(insertArea, [WRENBRIDGE, 'WB7 1', 'Fen']));
        unwaited(asking.query('select 1 / 0'));
        unwaited(asking.query(insertArea, [WRENBRIDGE, 'WB7 2', 'Fen']));
        return Promise.resolve('done');
      });
      await expect(going).rejects.toMatchObject({ code: '22012' });
      expect(await areas('WB7%')).toEqual([]);
    });

    it('undoes what was sent when the work itself fails, and the connection serves the next', async () => {
      for (let round = 0; round < 15; round++)
        await expect(
          test.database.inOneGo(WRENBRIDGE, async (asking) => {
            await asking.query(insertArea, [WRENBRIDGE, 'WB8 1', 'Fen']);
            throw new Error('changed my mind');
          }),
        ).rejects.toThrow('changed my mind');
      expect(await areas('WB8%')).toEqual([]);
    });

    it('fails alone when its connection is cut', async () => {
      const cut = test.database.inOneGo(WRENBRIDGE, (asking) =>
        asking.query('select pg_terminate_backend(pg_backend_pid())'),
      );
      await expect(cut).rejects.toThrow();
      expect(await test.database.inOneGo(WRENBRIDGE, (asking) => asking.query('select 1 as one'))).toEqual([
        { one: 1 },
      ]);
    });
  });

  it('says of a unit of work whose connection was cut that the connection is lost, whatever it asks next', async () => {
    const errors: unknown[] = [];
    const cut = test.database.inTenant(WRENBRIDGE, async (manager) => {
      await manager
        .query('select pg_terminate_backend(pg_backend_pid())')
        .catch((error: unknown) => errors.push(error));
      while (!manager.queryRunner!.isReleased) await pause(5);
      await manager.query('select 1').catch((error: unknown) => errors.push(error));
      await manager.queryRunner!.query('select 1').catch((error: unknown) => errors.push(error));
    });
    await cut.catch((error: unknown) => errors.push(error));
    expect(errors.map(isConnectionLost)).toEqual([true, true, true, true]);
  });

  it('refuses a unit of work without a council', async () => {
    await expect(test.database.inTenant('', () => Promise.resolve())).rejects.toThrow('names its council');
    await expect(test.database.inOneGo('', () => Promise.resolve())).rejects.toThrow('names its council');
  });
});
