import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND_LOCK } from './event-store.migration.js';

/** Positions that are passed over after a crash: more than all writers together can have shown and not yet kept. */
export const POSITIONS_PASSED_OVER = 1_000_000;

/**
 * A group of requests as arrays, in order: per request its command, its moment, and where its streams and events end;
 * per stream its name, expectation (-1 any, -2 exists, else exact), where its events end, and the first place of the same
 * stream in the group (null where none is named twice); per event the place of its stream, its envelope, and the hash of
 * its content (null where hashes are off).
 */
export const GROUP = [
  ['council_code', 'text'],
  ['plain', 'boolean'],
  ['commands', 'text[]'],
  ['moments', 'timestamptz[]'],
  ['stream_ends', 'int[]'],
  ['event_ends', 'int[]'],
  ['streams', 'text[]'],
  ['twins', 'int[]'],
  ['part_ends', 'int[]'],
  ['expectations', 'int[]'],
  ['event_parts', 'int[]'],
  ['ids', 'uuid[]'],
  ['types', 'text[]'],
  ['bodies', 'json[]'],
  ['metas', 'json[]'],
  ['effective_days', 'date[]'],
  ['known_days', 'date[]'],
  ['contents', 'text[]'],
] as const;

const SIGNATURE = GROUP.map(([name, type]) => `${name} ${type}`).join(', ');
const ARGUMENTS = GROUP.map(([name]) => name).join(', ');

/** Planned once, and never by a walk through the whole table: a session that plans while it is small keeps its plan. */
const PLANNED_ONCE = 'set plan_cache_mode = force_generic_plan set enable_seqscan = off';

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * Recovery empties what is unlogged, so that this sequence tells whether PostgreSQL crashed since the last append.
 * What was seen and not yet on the disk is gone then, and its positions would be drawn again for other events: a reader
 * that has gone past them would never find those. The jump is on the disk before any position beyond it can be seen.
 */
const recovery = [
  'create unlogged sequence event_uptime',
  `create function pass_over_lost_positions() returns void language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    perform setval('event_position', (select last_value from event_position) + ${POSITIONS_PASSED_OVER});
    perform pg_logical_emit_message(false, 'caretrail', '', true);
    perform nextval('event_uptime');
  end $$`,
  'revoke execute on function pass_over_lost_positions from public',
  // Before the first append nobody can have seen anything that is lost.
  "select nextval('event_uptime')",
];

/**
 * Decides each request of a group by itself, in order, each seeing what those before it add: three look-ups for all of
 * them, and the rest in memory. Draws the positions of what is written; those of the others stay null. `kept` are the
 * results that belong to commands; `verdicts` has for each request what became of it.
 */
const decide = `create function decide_appends(${SIGNATURE}, moment timestamptz,
    out firsts int[], out drawn bigint[], out part_moments timestamptz[], out kept json[], out verdicts json)
  language plpgsql ${PLANNED_ONCE} as $$
  #variable_conflict use_variable
  declare
    earlier json[];
    found_streams text[]; found_versions int[]; found_positions bigint[];
    found_any boolean;
    current int[];
    head bigint; last_moment timestamptz; may_set boolean;
    s_from int := 1; s_to int; e_from int := 1; e_to int; p_from int;
    present boolean; verdict text; result json; failed int; actual int; at_position bigint;
    told text[]; versions int[]; moved text[];
  begin
    if commands is not null then
      select array_agg((select c.result from command_result c where c.tenant = council_code and c.command_id = u.command) order by u.at)
        into earlier from unnest(commands) with ordinality u(command, at);
    end if;
    select array_agg(e.stream order by u.at), array_agg(e.version order by u.at), array_agg(e.position order by u.at), count(e.version) > 0
      into found_streams, found_versions, found_positions, found_any
      from unnest(ids) with ordinality u(id, at)
      left join lateral (select f.stream, f.version, f.position from event f where f.tenant = council_code and f.id = u.id limit 1) e on true;
    select array_agg(coalesce((
        select e.version from event e where e.tenant = council_code and e.stream = u.stream order by e.version desc limit 1
      ), 0) order by u.at)
      into current from unnest(streams) with ordinality u(stream, at);
    select e.position, e.recorded_at into head, last_moment
      from event e where e.tenant = council_code order by e.position desc limit 1;
    if moments is not null then
      may_set := coalesce((select c.simulated from council c where c.tenant = council_code), false);
    end if;

    for r in 1 .. cardinality(stream_ends) loop
      s_to := stream_ends[r]; e_to := event_ends[r];
      verdict := null; result := null; failed := null; actual := null;
      if earlier[r] is not null then
        verdict := 'repeated'; result := earlier[r];
      else
        present := false;
        if found_any then
          for i in e_from .. e_to loop present := present or found_versions[i] is not null; end loop;
        end if;
        versions := '{}';
        if present then
          -- Written before is what stands in the named stream, one after another.
          verdict := 'repeated'; at_position := 0; p_from := e_from;
          for s in s_from .. s_to loop
            for i in p_from .. part_ends[s] loop
              if found_versions[i] is null or found_streams[i] <> streams[s] or found_versions[i] - i <> found_versions[p_from] - p_from then
                verdict := 'partly written'; failed := s;
                exit;
              end if;
              at_position := greatest(at_position, found_positions[i]);
            end loop;
            exit when failed is not null;
            versions := versions || case when part_ends[s] < p_from then current[coalesce(twins[s], s)] else found_versions[part_ends[s]] end;
            p_from := part_ends[s] + 1;
          end loop;
        else
          for s in s_from .. s_to loop
            actual := current[coalesce(twins[s], s)];
            if (expectations[s] >= 0 and expectations[s] <> actual) or (expectations[s] = -2 and actual = 0) then
              verdict := 'conflict'; failed := s;
              exit;
            end if;
          end loop;
          if verdict is null and moments[r] is not null then
            if may_set is not true then verdict := 'not-simulated';
            elsif moments[r] > clock_timestamp() then verdict := 'in-the-future';
            elsif moments[r] < last_moment then verdict := 'before-last-event';
            end if;
          end if;
          if verdict is null then
            verdict := 'written'; p_from := e_from;
            for s in s_from .. s_to loop
              firsts[s] := current[coalesce(twins[s], s)] - p_from + 1;
              part_moments[s] := moments[r];
              current[coalesce(twins[s], s)] := firsts[s] + part_ends[s];
              versions := versions || current[coalesce(twins[s], s)];
              p_from := part_ends[s] + 1;
            end loop;
            for i in e_from .. e_to loop
              head := nextval('event_position'); drawn[i] := head;
              last_moment := coalesce(moments[r], moment);
            end loop;
            at_position := coalesce(head, 0);
          end if;
        end if;
        if verdict in ('written', 'repeated') then
          result := json_build_object(
            'position', at_position::text,
            'eventIds', coalesce(to_json(ids[e_from:e_to]), '[]'),
            'versions', coalesce((select json_object_agg(streams[s], versions[s - s_from + 1] order by s)
                                    from generate_series(s_from, s_to) s), '{}'));
          if commands[r] is not null then kept[r] := result; end if;
        end if;
      end if;
      told[r] := json_build_object('verdict', verdict, 'result', result, 'stream', failed, 'actual', actual,
        'added', verdict = 'written' and e_to >= e_from)::text;
      s_from := s_to + 1; e_from := e_to + 1;
    end loop;
    verdicts := '[' || array_to_string(told, ',') || ']';
  end $$`;

const EVENT_COLUMNS =
  'tenant, position, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at, hash';

/** What stands before the position and before the version in the JSON of `envelopeHash`; null without the day, without the moment. */
const knownOnText = (day: string): string => `'","knownOn":"' || to_char(${day}, 'YYYY-MM-DD') || '","position":"'`;
const recordedAtText = (moment: string): string =>
  `'","recordedAt":"' || to_char(${moment} at time zone 'UTC', ${INSTANT}) || '","version":'`;

/**
 * The hash of what the store adds to an event by RFC 8785, with the hash of its content: `eventHash` in event-hash.ts.
 * What most events of a group have in common (`known_text`, `moment_text`) is put together once: the lock is held meanwhile.
 */
const envelopeHash = (
  content: string,
  knownOn: string,
  position: string,
  recordedAt: string,
  version: string,
): string =>
  `case when contents is not null then sha256(convert_to('{"content":"' || ${content} || ${knownOn} || ${position} || ${recordedAt} || ${version} || '}', 'UTF8')) end`;

/**
 * The only writer. What is plain (`plain`: no stream named twice, no clock set) and fits what is there is written by
 * three statements, however many requests there are, and an event that comes alone by two short ones; the unique indexes refuse
 * it all where an id or a command was there before. Otherwise `decide_appends` says for each request what becomes of it.
 * Answers, as JSON: the version of each stream and the position of each event, and `verdicts` where it was not all written.
 */
const append = `create function append_group(${SIGNATURE}, out versions text, out positions text, out verdicts text)
  language plpgsql ${PLANNED_ONCE} as $$
  #variable_conflict use_variable
  declare
    lone boolean := plain and cardinality(streams) = 1 and cardinality(ids) = 1;
    done text;
    version int; firsts int[]; after int[]; fits boolean;
    drawn bigint[]; part_moments timestamptz[]; kept json[];
    moment timestamptz; today date; known_text text; moment_text text;
    decided record;
  begin
    -- Under a snapshot older than the lock the checks below would look at the past.
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'Events are appended in READ COMMITTED transactions only.' using errcode = 'invalid_transaction_state';
    end if;
    -- Before any position is drawn, and until commit: positions become visible in the order in which they were drawn.
    done := pg_advisory_xact_lock(${APPEND_LOCK});
    done := set_config('app.tenant', council_code, true);

    if lone then
      select e.version into version from event e where e.tenant = council_code and e.stream = streams[1] order by e.version desc limit 1;
      version := coalesce(version, 0);
      fits := case when expectations[1] >= 0 then version = expectations[1] else expectations[1] <> -2 or version > 0 end;
      after := array[version + 1];
    else
      select array_agg(s.version - s.start order by s.at), array_agg(s.version - s.start + s.finish order by s.at),
             bool_and(case when s.expected >= 0 then s.version = s.expected else s.expected <> -2 or s.version > 0 end)
        into firsts, after, fits
        from (
          select u.at, u.expected, u.finish, coalesce(part_ends[u.at - 1], 0) as start, coalesce((
              select e.version from event e where e.tenant = council_code and e.stream = u.stream
              order by e.version desc limit 1
            ), 0) as version
            from unnest(streams, expectations, part_ends) with ordinality u(stream, expected, finish, at)
        ) s;
    end if;
    if pg_sequence_last_value('event_uptime') is null then
      done := pass_over_lost_positions();
    end if;

    -- Whole milliseconds, as programs see it: what was read can be said again without lying before itself.
    moment := date_trunc('milliseconds', clock_timestamp());
    today := (moment at time zone 'Europe/London')::date;
    if contents is not null then
      known_text := ${knownOnText('today')};
      moment_text := ${recordedAtText('moment')};
    end if;
    if lone and fits then
      drawn := array[nextval('event_position')];
      insert into event (${EVENT_COLUMNS})
      values (council_code, drawn[1], streams[1], after[1], ids[1], types[1], bodies[1], metas[1], effective_days[1],
              coalesce(known_days[1], today), moment,
              ${envelopeHash('contents[1]', `coalesce(${knownOnText('known_days[1]')}, known_text)`, 'drawn[1]', 'moment_text', 'after[1]')});
    else
      if plain and fits then
        drawn := array(select nextval('event_position') from generate_series(1, cardinality(ids)));
      else
        decided := decide_appends(${ARGUMENTS}, moment);
        firsts := decided.firsts; drawn := decided.drawn; part_moments := decided.part_moments; kept := decided.kept;
        verdicts := decided.verdicts::text;
      end if;
      insert into event (${EVENT_COLUMNS})
      select council_code, drawn[i], streams[w.part], w.version, ids[i], types[i], bodies[i], metas[i], effective_days[i],
             coalesce(known_days[i], (w.moment at time zone 'Europe/London')::date, today), coalesce(w.moment, moment),
             ${envelopeHash(
               'contents[i]',
               `coalesce(${knownOnText("coalesce(known_days[i], (w.moment at time zone 'Europe/London')::date)")}, known_text)`,
               'drawn[i]',
               `coalesce(${recordedAtText('w.moment')}, moment_text)`,
               'w.version',
             )}
        from (select i, event_parts[i] as part, firsts[event_parts[i]] + i as version, part_moments[event_parts[i]] as moment
                from generate_series(1, cardinality(ids)) i
               where drawn[i] is not null) w;
    end if;
    if verdicts is null then
      versions := array_to_json(after)::text;
      positions := array_to_json(drawn)::text;
    end if;
    if commands is not null then
      if verdicts is null then
        select array_agg(case when r.command is not null then json_build_object(
            'position', drawn[r.event_end]::text,
            'eventIds', to_json(ids[r.event_start + 1:r.event_end]),
            'versions', (select json_object_agg(streams[s], after[s] order by s) from generate_series(r.stream_start + 1, r.stream_end) s)
          ) end order by r.at)
          into kept
          from (select u.at, u.command, u.event_end, u.stream_end, lag(u.event_end, 1, 0) over (order by u.at) as event_start,
                       lag(u.stream_end, 1, 0) over (order by u.at) as stream_start
                  from unnest(commands, event_ends, stream_ends) with ordinality u(command, event_end, stream_end, at)) r;
      end if;
      insert into command_result (tenant, command_id, result)
      select council_code, commands[r], kept[r] from generate_series(1, cardinality(commands)) r where kept[r] is not null;
    end if;
  end $$`;

/**
 * `append_group` in a transaction of its own that ends before the disk is waited for: once its commit can be seen the lock
 * is free, and the next writer works while this one waits. It answers when all is on the disk, so that what was
 * acknowledged outlives a crash. Where a standby confirms each commit, the commit itself waits for it, as everywhere.
 */
const durably = `create procedure append_durably(${SIGNATURE}, out versions text, out positions text, out verdicts text)
  language plpgsql as $$
  #variable_conflict use_variable
  declare
    confirmed boolean := current_setting('synchronous_standby_names') <> '';
    answer record;
    done text;
  begin
    done := set_config('synchronous_commit', case when confirmed then 'on' else 'off' end, true);
    answer := append_group(${ARGUMENTS});
    versions := answer.versions; positions := answer.positions; verdicts := answer.verdicts;
    commit;
    if not confirmed then
      done := pg_logical_emit_message(false, 'caretrail', '', true);
    end if;
  end $$`;

/** The functions through which events are written. */
export class Appends1764000110000 implements MigrationInterface {
  readonly name = 'Appends1764000110000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...recovery, decide, append, durably]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop procedure append_durably');
    await runner.query('drop function append_group, decide_appends, pass_over_lost_positions');
    await runner.query('drop sequence event_uptime');
  }
}
