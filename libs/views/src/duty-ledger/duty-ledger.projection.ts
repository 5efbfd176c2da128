import type { StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';
import { dutyEventTypes, entriesOf } from './duty-marks.js';

const insert = `
  insert into duty_mark (tenant, person_id, duty, scope, position, nth, effect, effective_on, due_on, known_from, fact, event_id)
  select $1, person_id, duty, scope, position, nth, effect, effective_on, due_on, known_from, fact, event_id
  from jsonb_to_recordset($2::jsonb) as mark (person_id uuid, duty text, scope text, position bigint, nth smallint,
    effect text, effective_on date, due_on date, known_from date, fact uuid, event_id uuid)`;

// A fact that was told anew no longer holds as it was told before: from the day on which the new telling was known, in
// the order of knowing, which need not be the order of recording.
const retell = `
  update duty_mark mark set known_to = anew.known_to
  from (
    select told.person_id, told.duty, told.scope, told.position, told.nth,
      coalesce(min(retold.known_from), 'infinity') as known_to
    from duty_mark told left join duty_mark retold on retold.tenant = $1 and retold.fact = told.fact
      and retold.effect = 'retold' and (retold.known_from, retold.position) > (told.known_from, told.position)
    where told.tenant = $1 and told.effect <> 'retold'
      and told.fact in (select fact from duty_mark where tenant = $1 and event_id = any ($2::uuid[]) and fact is not null)
    group by told.person_id, told.duty, told.scope, told.position, told.nth
  ) anew
  where mark.tenant = $1 and mark.person_id = anew.person_id and mark.duty = anew.duty and mark.scope = anew.scope
    and mark.position = anew.position and mark.nth = anew.nth and mark.known_to <> anew.known_to`;

// The duties of the people to whom something was done, all of each: a person has a few dozen marks.
const touched = `select distinct person_id from duty_mark where tenant = $1 and event_id = any ($2::uuid[])`;
const forget = `delete from duty where tenant = $1 and person_id in (${touched})`;

// A mark whose scope is the person is about every duty of that kind which they have. For each day on which something
// became known the marks that stand are walked in the order in which they took effect; what changes nothing is left out,
// and each that remains lasts until the next.
const restate = `
  with marks as (
    select * from duty_mark where tenant = $1 and effect <> 'retold' and person_id in (${touched})
  ),
  scopes as (select distinct person_id, duty, scope from marks where effect in ('opens', 'restates')),
  applied as (
    select scopes.person_id, scopes.duty, scopes.scope, mark.position, mark.nth, mark.effect, mark.effective_on,
      mark.due_on, mark.known_from, mark.known_to, mark.event_id
    from scopes join marks mark on mark.person_id = scopes.person_id and mark.duty = scopes.duty
      and mark.scope in (scopes.scope, scopes.person_id::text)
  ),
  versions as (
    select person_id, duty, scope, known,
      coalesce(lead(known) over (partition by person_id, duty, scope order by known), 'infinity') as known_until
    from (
      select person_id, duty, scope, known_from as known from applied
      union select person_id, duty, scope, known_to from applied where known_to < 'infinity'
    ) days
  ),
  standing as (
    select version.known, version.known_until, mark.*,
      count(*) filter (where mark.effect <> 'renews') over walk as turn
    from versions version join applied mark using (person_id, duty, scope)
    where mark.known_from <= version.known and mark.known_to > version.known
    window walk as (partition by person_id, duty, scope, version.known order by mark.effective_on, mark.position, mark.nth)
  ),
  after_each as (
    select *, turn > 0 and first_value(effect) over (
      partition by person_id, duty, scope, known, turn order by effective_on, position, nth) <> 'discharges' as open_after
    from standing
  ),
  before_each as (
    select *, coalesce(lag(open_after) over (
      partition by person_id, duty, scope, known order by effective_on, position, nth), false) as open_before
    from after_each
  ),
  changes as (
    select *, effect <> 'discharges' and (not open_before or effect = 'renews') as begins
    from before_each
    where case effect when 'opens' then not open_before when 'restates' then true else open_before end
  ),
  stretches as (
    select *, count(*) filter (where begins) over walk as stretch,
      lead(effective_on) over walk as until, lead(effect) over walk as next, lead(event_id) over walk as next_event
    from changes window walk as (partition by person_id, duty, scope, known order by effective_on, position, nth)
  )
  insert into duty (tenant, person_id, duty, scope, effective_from, effective_to, known_from, known_to, opened_on, due_on,
    opened_by, discharged_by, position)
  select $1, person_id, duty, scope, effective_on, coalesce(until, 'infinity'), known, known_until,
    first_value(effective_on) over stretch_walk, due_on, first_value(event_id) over stretch_walk,
    case when next in ('renews', 'discharges') then next_event end, position
  from stretches where effect <> 'discharges'
  window stretch_walk as (partition by person_id, duty, scope, known, stretch order by effective_on, position, nth)`;

/** Which duties the council had towards whom, for any pair of days. Ids and days; nothing personal. */
export const dutyLedgerProjection: Projection = {
  name: 'duty-ledger',
  version: 5,
  tables: ['duty', 'duty_mark'],
  types: dutyEventTypes,

  async apply(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    const marks = events.flatMap((event) =>
      entriesOf(event).map((entry, nth) => ({
        person_id: entry.personId,
        duty: entry.duty,
        scope: entry.scope,
        position: event.position.toString(),
        nth,
        effect: entry.effect,
        ...(entry.effect !== 'retold' && { effective_on: entry.effectiveOn, due_on: entry.dueOn }),
        known_from: event.knownOn,
        fact: entry.fact,
        event_id: event.id,
      })),
    );
    if (!marks.length) return;
    const ids = [tenant, [...new Set(marks.map(({ event_id }) => event_id))]];
    await query(insert, [tenant, JSON.stringify(marks)]);
    await query(retell, ids);
    await query(forget, ids);
    await query(restate, ids);
  },
};
