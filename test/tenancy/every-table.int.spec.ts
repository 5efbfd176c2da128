import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ROLE, assertAppRole, localUrl, OWNER_ROLE, rolePasswords, SUPERUSER } from '@caretrail/platform';
import { VIEW_FUNCTIONS } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import pg from 'pg';
import { platformParts, projections } from '../../apps/platform/src/house.js';

interface Table {
  readonly name: string;
  readonly owner: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly tenant: boolean;
  readonly partition: boolean;
  readonly policies: readonly { using: string | null; check: string | null; command: string; permissive: boolean }[];
  readonly keys: readonly (readonly string[])[];
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** What belongs to no council: the register of councils itself, and which migrations have run. */
const OF_NO_COUNCIL = ['council', 'schema_migration'];

/** What runs with the rights of the owner: how views are rebuilt, and how positions are given up that a crash left unused. */
const AS_OWNER: readonly string[] = [...VIEW_FUNCTIONS, 'pass_over_lost_positions'];

const tables = `
  select class.relname as name, pg_get_userbyid(class.relowner) as owner,
         class.relrowsecurity as enabled, class.relforcerowsecurity as forced, class.relispartition as partition,
         exists (select from pg_attribute a where a.attrelid = class.oid and a.attname = 'tenant'
                   and a.atttypid = 'text'::regtype and a.attnotnull) as tenant,
         coalesce((select json_agg(json_build_object('using', pg_get_expr(p.polqual, class.oid),
                     'check', pg_get_expr(p.polwithcheck, class.oid), 'command', p.polcmd, 'permissive', p.polpermissive))
                     from pg_policy p where p.polrelid = class.oid), '[]') as policies,
         coalesce((select json_agg((select json_agg(a.attname) from pg_attribute a
                     where a.attrelid = class.oid and a.attnum = any(i.indkey)))
                     from pg_index i where i.indrelid = class.oid and i.indisunique), '[]') as keys
    from pg_class class join pg_namespace namespace on namespace.oid = class.relnamespace
   where class.relkind in ('r', 'p', 'm', 'f') and namespace.nspname not in ('pg_catalog', 'information_schema')
     and namespace.nspname not like 'pg\\_%'
   order by 1`;

describe('every table of the house', () => {
  let test: TestDatabase;
  let superuser: pg.Client;
  let found: readonly Table[];
  const guarded = () => found.filter(({ name }) => !OF_NO_COUNCIL.includes(name));
  const namesOf = (list: readonly Table[]) => list.map(({ name }) => name);

  beforeAll(async () => {
    test = await createTestDatabase(platformParts);
    const { port, pathname } = new URL(test.ownerUrl);
    const { superuser: password } = rolePasswords(process.env['CARETRAIL_TEST_CLUSTER']!);
    superuser = new pg.Client(localUrl(Number(port), SUPERUSER, password, pathname.slice(1)));
    await superuser.connect();
    found = (await superuser.query<Table>(tables)).rows;
  });
  afterAll(async () => {
    await superuser?.end();
    await test?.drop();
  });

  it('is seen by this test', () => {
    expect(namesOf(found)).toEqual(
      expect.arrayContaining([...OF_NO_COUNCIL, 'council_area', 'event', 'command_result']),
    );
    expect(guarded().length).toBeGreaterThan(8);
  });

  it('belongs to the owner, and to nobody who serves', () => {
    expect(new Set(found.map(({ owner }) => owner))).toEqual(new Set([OWNER_ROLE]));
  });

  it('names the council in a column and in every key', () => {
    expect(namesOf(guarded().filter(({ tenant }) => !tenant))).toEqual([]);
    const without = guarded().flatMap(({ name, keys }) =>
      keys.length ? keys.filter((key) => !key.includes('tenant')).map((key) => `${name} (${key.join(', ')})`) : [name],
    );
    expect(without).toEqual([]);
  });

  it('is guarded by one policy that even its owner meets', () => {
    expect(namesOf(guarded().filter(({ enabled, forced }) => !enabled || !forced))).toEqual([]);
    const council = "(tenant = current_setting('app.tenant'::text, true))";
    const policy = [{ using: council, check: council, command: '*', permissive: true }];
    for (const { name, policies } of guarded()) expect({ name, policies }).toEqual({ name, policies: policy });
  });

  it('has no view beside it that would walk past the policy', async () => {
    const { rows } = await superuser.query(
      `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where relkind in ('v', 'm') and nspname = 'public'
          and not coalesce(reloptions @> array['security_invoker=true'], false)`,
    );
    expect(rows).toEqual([]);
  });

  it('has few functions beside it that run as its owner, and none of them looks anything up by the caller’s leave', async () => {
    const { rows } = await superuser.query<{ name: string; settings: string[]; public: boolean }>(
      `select proname as name, proconfig as settings, (select bool_or(a.grantee = 0) from aclexplode(proacl) a) as public
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where prosecdef and nspname not in ('pg_catalog', 'information_schema')`,
    );
    expect(rows.map(({ name }) => name).filter((name) => !AS_OWNER.includes(name))).toEqual([]);
    for (const row of rows)
      expect(row).toEqual({
        name: row.name,
        settings: [expect.stringMatching(/^search_path=(pg_catalog|public), pg_temp$/)],
        public: false,
      });
  });

  it('is given to the projection that fills it, where one does, and can be rebuilt', async () => {
    const { rows } = await superuser.query<{ view: string; tables: string[] }>(
      `select obj_description(oid, 'pg_class') as view, array_agg(relname::text order by relname) as tables from pg_class
        where relkind = 'p' and not relispartition group by 1`,
    );
    const given = Object.fromEntries(rows.map(({ view, tables: names }) => [view, names]));
    expect(given).toEqual(
      Object.fromEntries(projections.map(({ name, tables: names }) => [`view ${name}`, [...names].sort()])),
    );
  });

  it('shows the app role nothing without a council, and its own rows with one', async () => {
    await dropChecks();
    // What is planted in a view lands in a partition; that one is looked at through its view, and by its policy above.
    for (const { name } of guarded().filter(({ partition }) => !partition)) {
      await plant(name, WRENBRIDGE);
      await plant(name, OTHERBURY);
      const table = pg.escapeIdentifier(name);
      const there = await superuser.query<{ tenant: string }>(`select tenant from ${table} order by tenant`);
      expect({ name, rows: there.rows }).toEqual({ name, rows: [{ tenant: WRENBRIDGE }, { tenant: OTHERBURY }] });
      expect({ name, rows: await test.database.query(`select tenant from ${table}`) }).toEqual({ name, rows: [] });
      const rows = await test.database.inTenant(WRENBRIDGE, (manager) =>
        manager.query<object[]>(`select tenant from ${table}`),
      );
      expect({ name, rows }).toEqual({ name, rows: [{ tenant: WRENBRIDGE }] });
      const asOwner = new pg.Client(test.ownerUrl);
      await asOwner.connect();
      // Nor can it write for another council, or for none, nor give a row of its own away.
      const sql = await planting(name);
      for (const tenant of [OTHERBURY, '']) {
        const refused = /row-level security|permission denied/;
        await expect(test.database.inTenant(WRENBRIDGE, (manager) => manager.query(sql, [tenant]))).rejects.toThrow(
          refused,
        );
        await expect(
          test.database.inTenant(WRENBRIDGE, (manager) => manager.query(`update ${table} set tenant = $1`, [tenant])),
        ).rejects.toThrow(/row-level security|permission denied|never changed/);
      }
      await expect(test.database.query(sql, [WRENBRIDGE])).rejects.toThrow(/row-level security|permission denied/);
      const ownerSees = await asOwner.query(`select from ${table}`).finally(() => asOwner.end());
      expect({ name, rows: ownerSees.rowCount }).toEqual({ name, rows: 0 });
    }
  });

  it('is used by a role that owns nothing and can be nobody else', async () => {
    const { rows } = await test.database.pool.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
              (select count(*)::int from pg_auth_members m where m.member = r.oid) as roles,
              (select count(*)::int from pg_class c where c.relowner = r.oid) as owns,
              has_schema_privilege('public', 'create') as makes
         from pg_roles r where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolname: APP_ROLE,
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        roles: 0,
        owns: 0,
        makes: false,
      },
    ]);
    await expect(assertAppRole(superuser)).rejects.toThrow('superuser');
  });

  /** So that any value will do for a planted row. */
  async function dropChecks(): Promise<void> {
    const { rows } = await superuser.query<{ drop: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
         from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
    );
    for (const { drop } of rows) await superuser.query(drop);
  }

  /** A row of the council in any table, past triggers and keys to other tables: what stands in it does not matter. */
  async function plant(table: string, tenant: string): Promise<void> {
    await superuser.query("set session_replication_role = 'replica'");
    await superuser.query(await planting(table), [tenant]);
  }

  /** Whose council is the one parameter. */
  async function planting(table: string): Promise<string> {
    const { rows } = await superuser.query<Column>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
          and attnotnull and not atthasdef and attidentity = '' and attname <> 'tenant'`,
      [pg.escapeIdentifier(table)],
    );
    const names = rows.map(({ name }) => pg.escapeIdentifier(name));
    const values = rows.map(({ type }) => `${literal(type)}::${type}`);
    return `insert into ${pg.escapeIdentifier(table)} (${['tenant', ...names].join(', ')}) values (${['$1', ...values].join(', ')})`;
  }
});

function literal(type: string): string {
  if (type.endsWith('[]')) return "'{}'";
  if (/^(text|character)/.test(type)) return "'x'";
  if (/^(integer|bigint|smallint|numeric|double|real)/.test(type)) return '1';
  if (/^timestamp/.test(type)) return "'2025-04-01T00:00:00Z'";
  if (/^json/.test(type)) return "'{}'";
  const known: Record<string, string> = {
    uuid: "'00000000-0000-4000-8000-000000000000'",
    date: "'2025-04-01'",
    boolean: 'false',
    bytea: "'\\x00'",
  };
  if (known[type]) return known[type];
  throw new Error(`Say here what a value of the type ${type} looks like.`);
}
