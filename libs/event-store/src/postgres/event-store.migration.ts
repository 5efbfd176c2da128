import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Held by every writer of the database from before positions are drawn until its commit can be seen. */
export const APPEND_LOCK = 0x4556454e54;

/** Positions travel as JSON numbers, which are exact so far; beyond it an append fails. A million a second last 285 years. */
export const LAST_POSITION = 2n ** 53n - 1n;

const TABLES = ['event', 'command_result'];

const tables = [
  // CACHE 1: a session that keeps numbers for later would hand them out of order.
  `create sequence event_position as bigint cache 1 maxvalue ${LAST_POSITION}`,
  // json, not jsonb: keys stay in their order, because hashes are taken over what was written.
  `create table event (
    tenant text not null,
    position bigint not null default nextval('event_position'),
    stream text collate "C" not null,
    version int not null check (version > 0),
    id uuid not null,
    type text not null,
    data json not null,
    metadata json not null,
    effective_on date not null,
    known_on date not null,
    recorded_at timestamptz not null,
    hash bytea,
    primary key (tenant, stream, version),
    unique (tenant, id),
    unique (tenant, position)
  )`,
  'alter sequence event_position owned by event.position',
  `create table command_result (
    tenant text not null,
    command_id text not null,
    result json not null,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (tenant, command_id)
  )`,
];

const protection = [
  `create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'What is in % was written once and is never changed.', tg_table_name using errcode = 'restrict_violation';
  end $$`,
  ...TABLES.flatMap((table) => [
    // For each statement, not each row: also a change that row-level security would let run over nothing is refused.
    `create trigger ${table}_is_kept before update or delete or truncate on ${table}
     for each statement execute function refuse_change()`,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy ${table}_tenant on ${table}
     using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true))`,
  ]),
  // Whoever may use the tables by default privileges may read and add, and no more.
  `do $$
  declare role_name text;
  begin
    for role_name in select distinct grantee from information_schema.role_table_grants
      where table_schema = current_schema() and table_name in (${TABLES.map((table) => `'${table}'`).join(', ')})
        and grantee not in (current_user, 'PUBLIC')
    loop
      execute format('revoke update, delete, truncate, references, trigger on ${TABLES.join(', ')} from %I', role_name);
    end loop;
  end $$`,
];

/** Events and the results of commands. */
export class EventStore1764000100000 implements MigrationInterface {
  readonly name = 'EventStore1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...protection]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table command_result, event');
    await runner.query('drop function refuse_change');
  }
}
