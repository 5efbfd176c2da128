import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND_LOCK } from './event-store.migration.js';

/**
 * The writer for groups in which nothing is out of the ordinary: one council, each stream named once, nothing written
 * before. All of it is checked and written by two statements, however many requests there are. Where an expectation
 * does not hold, `append_events` decides each request by itself; where an id or a command was there before, the unique
 * indexes refuse the whole group, and the program sends it to `append_events`.
 *
 * Parameters as of `append_events`; `moments` is null where no clock is set, and then so is `event_moments`, which says
 * for each event what `moments` says for its request.
 * Answers one row with request 0 and, as json, the last position of each request and the version that each stream had.
 */
const appendGroup = `create function append_group(
    tenants text[], commands text[], moments timestamptz[], stream_ends int[], event_ends int[],
    streams text[], expectations int[], counts int[],
    event_streams int[], places int[], ids uuid[], types text[], bodies json[], metas json[],
    effective_days date[], known_days date[], event_moments timestamptz[]
  ) returns table (request int, verdict text, result json, stream_index int, actual int)
  language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
  #variable_conflict use_variable
  declare
    council_code text := tenants[1];
    versions int[];
    fits boolean;
    positions bigint[];
    moment timestamptz;
    today date;
  begin
    -- Under a snapshot older than the lock the checks below would look at the past.
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'Events are appended in READ COMMITTED transactions only.' using errcode = 'invalid_transaction_state';
    end if;
    -- Before any position is drawn, and until commit: positions become visible in the order in which they were drawn.
    perform pg_advisory_xact_lock(${APPEND_LOCK}), set_config('app.tenant', council_code, true);

    select array_agg(s.version order by s.at),
           bool_and(case when s.expected >= 0 then s.version = s.expected else s.expected <> -2 or s.version > 0 end)
      into versions, fits
      from (
        select u.at, u.expected, coalesce((
            select e.version from event e where e.tenant = council_code and e.stream = u.stream
            order by e.version desc limit 1
          ), 0) as version
          from unnest(streams, expectations) with ordinality u(stream, expected, at)
      ) s;
    if moments is not null then
      select fits
         and coalesce((select c.simulated from council c where c.tenant = council_code), false)
         and bool_and(m.moment <= clock_timestamp() and m.moment >= coalesce(m.earlier, (
               select e.recorded_at from event e where e.tenant = council_code order by e.position desc limit 1
             ), m.moment))
        into fits
        from (select u.moment, lag(u.moment) over (order by u.at) as earlier
                from unnest(moments) with ordinality u(moment, at)) m;
    end if;
    if fits is not true then
      return query select * from append_events(tenants, commands, moments, stream_ends, event_ends, streams, expectations,
        counts, event_streams, places, ids, types, bodies, metas, effective_days, known_days);
      return;
    end if;

    -- Whole milliseconds, as programs see it: what was read can be said again without lying before itself.
    moment := date_trunc('milliseconds', clock_timestamp());
    today := (moment at time zone 'Europe/London')::date;
    with written as (
      insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at)
      select council_code, streams[w.at_stream], versions[w.at_stream] + w.place, w.id, w.type, w.body, w.meta, w.effective_on,
             coalesce(w.known_on, (w.moment at time zone 'Europe/London')::date, today), coalesce(w.moment, moment)
        from unnest(event_streams, places, ids, types, bodies, metas, effective_days, known_days, event_moments)
             with ordinality w(at_stream, place, id, type, body, meta, effective_on, known_on, moment, nth)
       order by w.nth
      returning event.position
    )
    select array_agg(w.position order by w.position) into positions from written w;
    if commands is not null then
      insert into command_result (tenant, command_id, result)
      select council_code, r.command, json_build_object(
          'position', positions[r.event_end]::text,
          'eventIds', to_json(ids[r.event_start + 1:r.event_end]),
          'versions', (select json_object_agg(streams[s], versions[s] + counts[s] order by s)
                         from generate_series(r.stream_start + 1, r.stream_end) s))
        from (select u.command, u.event_end, u.stream_end, lag(u.event_end, 1, 0) over (order by u.at) as event_start,
                     lag(u.stream_end, 1, 0) over (order by u.at) as stream_start
                from unnest(commands, event_ends, stream_ends) with ordinality u(command, event_end, stream_end, at)) r
       where r.command is not null;
    end if;
    request := 0; verdict := 'written';
    result := json_build_object('versions', versions,
      'positions', (select array_agg(positions[u.event_end]::text order by u.at)
                      from unnest(event_ends) with ordinality u(event_end, at)));
    return next;
  end $$`;

/** Groups are written by few statements. */
export class AppendGroup1764000110000 implements MigrationInterface {
  readonly name = 'AppendGroup1764000110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appendGroup);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function append_group');
  }
}
