import { protectByTenant } from '@caretrail/platform';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The SQL for a migration that gives a table to a view, after it was made with `partition by list (tenant)`: councils
 * are kept apart, each gets a partition of its own when its rows are first built, and can be built anew beside it.
 * @param view the name of the projection; the functions below touch no table that was not given to one
 */
export function viewTable(view: string, table: string): string {
  const rest = `${table}_default`;
  return `
    comment on table ${pg.escapeIdentifier(table)} is ${pg.escapeLiteral(`view ${view}`)};
    create table ${pg.escapeIdentifier(rest)} partition of ${pg.escapeIdentifier(table)} default;
    ${protectByTenant(table)};
    ${protectByTenant(rest)}`;
}

/** What the role that serves may ask of the role that owns the tables, and nothing else; each takes the name of a view. */
export const VIEW_FUNCTIONS = [
  'view_open',
  'view_shadow',
  'view_index',
  'view_switch',
  'view_restore',
  'view_drop_shadow',
  'view_drop_previous',
] as const;

/** Of the parts below; they run with the rights of whoever calls them. */
const PARTS = [
  'view_council()',
  'view_tables(text)',
  'view_schema(text, text)',
  'view_guard(text, text, text)',
  'view_rows(text, text, text)',
] as const;

/** `CRVS`: keeps the lock apart from any others. */
const SCHEMA_LOCK = 0x43_52_56_53;

// Nothing is looked up where a caller could have put something of the same name.
const PLAIN = 'set search_path = pg_catalog, pg_temp';
const AS_OWNER = `returns void language plpgsql security definer ${PLAIN}`;

const parts = [
  // The council of the unit of work, and no other: what row-level security holds for rows holds for tables, too.
  `create function view_council() returns text language plpgsql stable ${PLAIN} as $$
  declare code text := current_setting('app.tenant', true);
  begin
    if not exists (select from public.council where tenant = code) then
      raise exception 'A view is rebuilt within a unit of work of a council.' using errcode = 'insufficient_privilege';
    end if;
    return code;
  end $$`,

  // In order of name, so that whoever locks several does so in the same order.
  `create function view_tables(view_name text) returns text[] language plpgsql stable ${PLAIN} as $$
  declare found text[];
  begin
    select array_agg(relname::text order by relname) into found from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'p' and not relispartition
       and relowner = (select oid from pg_roles where rolname = current_user)
       and obj_description(oid, 'pg_class') = 'view ' || view_name;
    if found is null then
      raise exception 'There is no such view.' using errcode = 'undefined_object';
    end if;
    return found;
  end $$`,

  // One at a time for each council: PostgreSQL refuses two who make, or grant rights on, the same schema at once.
  `create function view_schema(kind text, council text) returns text language plpgsql ${PLAIN} as $$
  declare schema_name text := kind || '_' || council; grantee name;
  begin
    if exists (select from pg_namespace where nspname = schema_name) then return schema_name; end if;
    perform pg_advisory_xact_lock(${SCHEMA_LOCK}, hashtext(council));
    if exists (select from pg_namespace where nspname = schema_name) then return schema_name; end if;
    execute format('create schema %I', schema_name);
    for grantee in
      select r.rolname from pg_namespace n, aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee
       where n.nspname = 'public' and a.privilege_type = 'USAGE' and r.rolname <> current_user
    loop
      execute format('grant usage on schema %I to %I', schema_name, grantee);
    end loop;
    return schema_name;
  end $$`,

  // Guarded as the view's own table, and open to the same roles.
  `create function view_guard(schema_name text, table_name text, like_table text) returns void language plpgsql ${PLAIN} as $$
  declare grantee name; rights text;
  begin
    execute format('alter table %I.%I enable row level security', schema_name, table_name);
    execute format('alter table %I.%I force row level security', schema_name, table_name);
    execute format('create policy %I on %I.%I using (tenant = current_setting(''app.tenant'', true))
      with check (tenant = current_setting(''app.tenant'', true))', table_name || '_tenant', schema_name, table_name);
    for grantee, rights in
      select r.rolname, string_agg(lower(a.privilege_type), ', ')
        from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
       where c.oid = to_regclass(format('public.%I', like_table)) and r.rolname <> current_user
         and a.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
       group by r.rolname
    loop
      execute format('grant %s on %I.%I to %I', rights, schema_name, table_name, grantee);
    end loop;
  end $$`,

  // A table for the rows of one council. The check says so, and spares PostgreSQL from looking when it is attached. Half of
  // each page is left free: then the next state of a row stands beside it, and no index has to be told.
  `create function view_rows(schema_name text, table_name text, council text) returns void language plpgsql ${PLAIN} as $$
  begin
    execute format('create table %I.%I (like public.%I including all, constraint of_one_council check (tenant = %L))
      with (fillfactor = 50)', schema_name, table_name, table_name, council);
    perform public.view_guard(schema_name, table_name, table_name);
  end $$`,
];

const functions = [
  // A partition for the council, which is partitioned once more: rows are switched below it, where the locks that this
  // takes are the council's own. What stands in the default partition has no checkpoint, and goes.
  `create function view_open(view_name text) ${AS_OWNER} as $$
  declare council text := public.view_council(); t text; own text; live text;
  begin
    foreach t in array public.view_tables(view_name) loop
      own := public.view_schema('council', council);
      if to_regclass(format('%I.%I', own, t)) is not null then continue; end if;
      live := public.view_schema('live', council);
      execute format('lock table public.%I in access exclusive mode', t || '_default');
      if to_regclass(format('%I.%I', own, t)) is not null then continue; end if;
      execute format('delete from public.%I where tenant = %L', t || '_default', council);
      execute format('create table %I.%I (like public.%I including all) partition by list (tenant)', own, t, t);
      perform public.view_guard(own, t, t);
      perform public.view_rows(live, t, council);
      execute format('alter table %I.%I attach partition %I.%I for values in (%L)', own, t, live, t, council);
      execute format('alter table public.%I attach partition %I.%I for values in (%L)', t, own, t, council);
    end loop;
  end $$`,

  // Empty tables of the same names. Only the keys are indexed while they are filled.
  `create function view_shadow(view_name text) ${AS_OWNER} as $$
  declare council text := public.view_council(); t text; shadow text; extra regclass;
  begin
    perform public.view_drop_shadow(view_name);
    shadow := public.view_schema('shadow', council);
    foreach t in array public.view_tables(view_name) loop
      perform public.view_rows(shadow, t, council);
      for extra in select indexrelid::regclass from pg_index
         where indrelid = format('%I.%I', shadow, t)::regclass and not indisunique
      loop
        execute format('drop index %s', extra);
      end loop;
    end loop;
  end $$`,

  // The other indexes: a table that is attached gets those which its new parent has and it has not, and keeps them.
  `create function view_index(view_name text) ${AS_OWNER} as $$
  declare council text := public.view_council(); t text; shadow text := 'shadow_' || council; form text;
  begin
    foreach t in array public.view_tables(view_name) loop
      form := t || '_form';
      execute format('create table %I.%I (like public.%I including all) partition by list (tenant)', shadow, form, t);
      execute format('alter table %I.%I attach partition %I.%I for values in (%L)', shadow, form, shadow, t, council);
      execute format('alter table %I.%I detach partition %I.%I', shadow, form, shadow, t);
      execute format('drop table %I.%I', shadow, form);
      execute format('analyze %I.%I', shadow, t);
    end loop;
  end $$`,

  // All tables of the view are locked before the first is touched: whoever read one of them reads the others as they were.
  `create function view_switch(view_name text) ${AS_OWNER} as $$
  declare council text := public.view_council(); tables text[] := public.view_tables(view_name); t text;
    own text := 'council_' || council; live text := 'live_' || council; shadow text := 'shadow_' || council;
    previous text := public.view_schema('previous', council);
  begin
    foreach t in array tables loop
      execute format('lock table %I.%I in access exclusive mode', own, t);
    end loop;
    foreach t in array tables loop
      execute format('alter table %I.%I detach partition %I.%I', own, t, live, t);
      execute format('drop table if exists %I.%I', previous, t);
      execute format('alter table %I.%I set schema %I', live, t, previous);
      execute format('alter table %I.%I set schema %I', shadow, t, live);
      execute format('alter table %I.%I attach partition %I.%I for values in (%L)', own, t, live, t, council);
    end loop;
  end $$`,

  // The rows that were shown before take the place of a shadow, and are switched with those that are shown.
  `create function view_restore(view_name text) ${AS_OWNER} as $$
  declare council text := public.view_council(); t text; shadow text; previous text := 'previous_' || council;
  begin
    perform public.view_drop_shadow(view_name);
    shadow := public.view_schema('shadow', council);
    foreach t in array public.view_tables(view_name) loop
      execute format('alter table %I.%I set schema %I', previous, t, shadow);
    end loop;
    perform public.view_switch(view_name);
  end $$`,

  ...['shadow', 'previous'].map(
    (kind) => `create function view_drop_${kind}(view_name text) ${AS_OWNER} as $$
  declare council text := public.view_council(); t text;
  begin
    foreach t in array public.view_tables(view_name) loop
      if to_regclass(format('%I.%I', '${kind}_' || council, t)) is not null then
        execute format('drop table %I.%I', '${kind}_' || council, t);
      end if;
    end loop;
  end $$`,
  ),

  // Whoever may make tables by nobody's leave but these must not be just anybody.
  ...VIEW_FUNCTIONS.map((name) => `revoke execute on function ${name}(text) from public`),
];

/** How the rows of a view are built anew beside those that are shown, and take their place. */
export class ViewRows1790000032000 implements MigrationInterface {
  name = 'ViewRows1790000032000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...parts, ...functions]) await runner.query(statement);
    await runner.query(`
      create table rebuild (
        tenant text not null,
        subscription text not null,
        id uuid not null default gen_random_uuid(),
        version int,
        epoch text,
        workers int not null,
        watermark bigint not null default 0,
        stage text not null check (stage in ('asked for', 'filling', 'indexing', 'catching up', 'comparing', 'switching')),
        asked_at timestamptz not null default clock_timestamp(),
        resumed_at timestamptz,
        resumed_events bigint not null default 0,
        resumed_done double precision not null default 0,
        failing text,
        primary key (tenant, subscription)
      )`);
    await runner.query(`
      create table rebuild_share (
        tenant text not null,
        subscription text not null,
        id uuid not null,
        share int not null,
        position bigint not null default 0,
        events bigint not null default 0,
        primary key (tenant, subscription, share)
      )`);
    await runner.query(`
      create table previous_rows (
        tenant text not null,
        subscription text not null,
        version int,
        position bigint not null,
        epoch text,
        switched_at timestamptz not null default clock_timestamp(),
        comparison json,
        primary key (tenant, subscription)
      )`);
    for (const table of ['rebuild', 'rebuild_share', 'previous_rows']) await runner.query(protectByTenant(table));
    // From which version somebody went back: the program of that version does not build it again unasked.
    await runner.query('alter table checkpoint add column rolled_back_from int');
    // What was parked when the rows were switched waits with them.
    await runner.query('alter table parked_event add column with_previous boolean not null default false');
    await runner.query('alter table parked_event drop constraint parked_event_pkey');
    await runner.query(
      'alter table parked_event add primary key (tenant, subscription, with_previous, position) deferrable',
    );
    await runner.query('alter table subscription_decision drop constraint subscription_decision_decision_check');
    await runner.query(`
      alter table subscription_decision add constraint subscription_decision_decision_check check (decision in
        ('release', 'skip', 'start over', 'rebuild', 'give up', 'roll back', 'drop previous'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['rebuild', 'rebuild_share', 'previous_rows']) await runner.query(`drop table ${table}`);
    await runner.query('alter table checkpoint drop column rolled_back_from');
    await runner.query('delete from parked_event where with_previous');
    await runner.query('alter table parked_event drop column with_previous');
    await runner.query('alter table parked_event add primary key (tenant, subscription, position)');
    await runner.query('alter table subscription_decision drop constraint subscription_decision_decision_check');
    await runner.query(`
      alter table subscription_decision add constraint subscription_decision_decision_check
        check (decision in ('release', 'skip', 'start over'))`);
    for (const name of VIEW_FUNCTIONS) await runner.query(`drop function ${name}(text)`);
    for (const part of [...PARTS].reverse()) await runner.query(`drop function ${part}`);
  }
}
