import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Held by every writer of the cluster's database from before positions are drawn until commit. */
export const APPEND_LOCK = 0x4556454e54;

const TABLES = ['event', 'command_result'];

const tables = [
  // CACHE 1: a session that keeps numbers for later would hand them out of order.
  'create sequence event_position as bigint cache 1',
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

/**
 * The only writer. Takes a group of requests as arrays, in order: per request its council, command and moment, and
 * where its streams and events end; per stream its name, expectation (-1 any, -2 exists, else exact) and number of
 * events; per event the index of its stream, its place among the stream's new events, and its envelope.
 * Each request has a verdict of its own; `written` and `repeated` carry the result as json.
 * Planned once: new plans for each request took half of the time. Without sequential scans, because a session that plans
 * while the table is small keeps its plan while an import makes it large.
 */
const append = `create function append_events(
    tenants text[], commands text[], moments timestamptz[], stream_ends int[], event_ends int[],
    streams text[], expectations int[], counts int[],
    event_streams int[], places int[], ids uuid[], types text[], bodies json[], metas json[],
    effective_days date[], known_days date[]
  ) returns table (request int, verdict text, result json, stream_index int, actual int)
  language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
  #variable_conflict use_variable
  declare
    council_code text;
    s_from int; s_to int; e_from int; e_to int;
    versions int[];
    present int;
    at_position bigint;
    moment timestamptz;
    may_set boolean;
  begin
    -- Under a snapshot older than the lock the checks below would look at the past.
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'Events are appended in READ COMMITTED transactions only.' using errcode = 'invalid_transaction_state';
    end if;
    -- Before any position is drawn, and until commit: positions become visible in the order in which they were drawn.
    perform pg_advisory_xact_lock(${APPEND_LOCK});

    for r in 1 .. cardinality(tenants) loop
      request := r; verdict := null; result := null; stream_index := null; actual := null;
      council_code := tenants[r];
      s_from := coalesce(stream_ends[r - 1], 0) + 1; s_to := stream_ends[r];
      e_from := coalesce(event_ends[r - 1], 0) + 1; e_to := event_ends[r];
      perform set_config('app.tenant', council_code, true);

      if commands[r] is not null then
        select c.result into result from command_result c where c.tenant = council_code and c.command_id = commands[r];
        if found then
          verdict := 'repeated';
          return next;
          continue;
        end if;
      end if;

      select array_agg(coalesce(latest.version, 0) order by s.i) into versions
        from generate_series(s_from, s_to) s(i)
        left join lateral (
          select e.version from event e where e.tenant = council_code and e.stream = streams[s.i]
          order by e.version desc limit 1
        ) latest on true;

      select count(*) into present from event e where e.tenant = council_code and e.id = any(ids[e_from:e_to]);
      if present > 0 then
        -- Written before is what stands in the named stream, one after another.
        select w.at_stream into stream_index
          from (select i, event_streams[i] as at_stream from generate_series(e_from, e_to) i) w
          left join event e on e.tenant = council_code and e.id = ids[w.i]
          group by w.at_stream
          having not bool_and(e.id is not null and e.stream = streams[w.at_stream]) or max(e.version - w.i) <> min(e.version - w.i)
          order by w.at_stream limit 1;
        if found then
          verdict := 'partly written';
          return next;
          continue;
        end if;
        verdict := 'repeated';
        select max(e.position) into at_position from event e where e.tenant = council_code and e.id = any(ids[e_from:e_to]);
        select array_agg(case when counts[s.i] = 0 then versions[s.i - s_from + 1] else (
            select max(e.version) from event e
             where e.tenant = council_code and e.id = any(ids[e_from:e_to]) and e.stream = streams[s.i]
          ) end order by s.i) into versions
          from generate_series(s_from, s_to) s(i);
      else
        for s in s_from .. s_to loop
          actual := versions[s - s_from + 1];
          if (expectations[s] >= 0 and expectations[s] <> actual) or (expectations[s] = -2 and actual = 0) then
            verdict := 'conflict'; stream_index := s;
            exit;
          end if;
        end loop;
        if verdict is not null then
          return next;
          continue;
        end if;

        -- Whole milliseconds, as programs see it: what was read can be said again without lying before itself.
        moment := date_trunc('milliseconds', clock_timestamp());
        if moments[r] is not null then
          select c.simulated into may_set from council c where c.tenant = council_code;
          if may_set is not true then verdict := 'not-simulated';
          elsif moments[r] > clock_timestamp() then verdict := 'in-the-future';
          elsif moments[r] < (select e.recorded_at from event e where e.tenant = council_code order by e.position desc limit 1)
            then verdict := 'before-last-event';
          end if;
          if verdict is not null then
            return next;
            continue;
          end if;
          moment := moments[r];
        end if;

        verdict := 'written';
        if e_to >= e_from then
          insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at)
          select council_code, streams[w.at_stream], versions[w.at_stream - s_from + 1] + w.place, w.id, w.type, w.body, w.meta,
                 w.effective_on, coalesce(w.known_on, (moment at time zone 'Europe/London')::date), moment
            from unnest(event_streams[e_from:e_to], places[e_from:e_to], ids[e_from:e_to], types[e_from:e_to],
                        bodies[e_from:e_to], metas[e_from:e_to], effective_days[e_from:e_to], known_days[e_from:e_to])
                 with ordinality w(at_stream, place, id, type, body, meta, effective_on, known_on, nth)
           order by w.nth;
        end if;
        select array_agg(versions[s.i - s_from + 1] + counts[s.i] order by s.i) into versions
          from generate_series(s_from, s_to) s(i);
        select e.position into at_position from event e where e.tenant = council_code order by e.position desc limit 1;
      end if;

      result := json_build_object(
        'position', coalesce(at_position, 0)::text,
        'eventIds', coalesce(to_json(ids[e_from:e_to]), '[]'),
        'versions', coalesce((select json_object_agg(streams[s.i], versions[s.i - s_from + 1] order by s.i)
                                from generate_series(s_from, s_to) s(i)), '{}'));
      if commands[r] is not null then
        insert into command_result (tenant, command_id, result) values (council_code, commands[r], result);
      end if;
      return next;
    end loop;
  end $$`;

/** Events, the results of commands, and the function through which they are written. */
export class EventStore1764000100000 implements MigrationInterface {
  readonly name = 'EventStore1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...protection, append]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function append_events');
    await runner.query('drop table command_result, event');
    await runner.query('drop function refuse_change');
  }
}
