import type { StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';
import {
  alertRaised,
  type AlertRaisedData,
  concernGiven,
  type ConcernGivenData,
  enquiryConcluded,
  type EnquiryConcludedData,
  riskAssessmentOutcome,
  s42CriteriaDecided,
  type S42CriteriaDecidedData,
} from '@caretrail/safeguarding/contracts';

/** Alerts, owners, decisions and conclusions as rows of facts: one statement for each table and batch, in any order of knowing. */
export const safeguardingConcernsProjection: Projection = {
  name: 'safeguarding-concerns',
  version: 2,
  tables: [
    'safeguarding_concern',
    'safeguarding_concern_owner',
    'safeguarding_concern_decision',
    'safeguarding_concern_conclusion',
  ],
  keysAreIndependent: true,
  types: [alertRaised.type, concernGiven.type, s42CriteriaDecided.type, enquiryConcluded.type],
  async apply(events, transaction) {
    await insert(transaction, 'safeguarding_concern', alertColumns, ofType(events, alertRaised.type).map(alertRow));
    await insert(
      transaction,
      'safeguarding_concern_owner',
      ownerColumns,
      ofType(events, concernGiven.type).map(ownerRow),
    );
    await insert(
      transaction,
      'safeguarding_concern_decision',
      decisionColumns,
      ofType(events, s42CriteriaDecided.type).map(decisionRow),
    );
    await insert(
      transaction,
      'safeguarding_concern_conclusion',
      conclusionColumns,
      ofType(events, enquiryConcluded.type).map(conclusionRow),
    );
  },
};

const known = 'position bigint, effective_on date, known_on date';
const alertColumns = `concern_id uuid, reference text, adults uuid[], types_of_risk text[], source_of_risk text,
  location_of_risk text, relation text, consent text, happened_on date, recorded_at timestamptz, actor_id text,
  event_id uuid, ${known}`;
const ownerColumns = `concern_id uuid, owner_id text, ${known}`;
const decisionColumns = `concern_id uuid, duty_to_enquire boolean, if_no_duty text, recorded_at timestamptz,
  actor_id text, event_id uuid, ${known}`;
const conclusionColumns = `concern_id uuid, risk_assessment_outcome text, risk_outcome text, actor_id text, event_id uuid,
  ${known}`;

type Row = Readonly<Record<string, unknown>>;

const alertRow = (event: StoredEvent): Row => {
  const data = event.data as AlertRaisedData;
  return {
    ...bothClocks(event),
    ...whoAndWhen(event),
    concern_id: data.concernId,
    reference: data.reference,
    adults: data.adults,
    types_of_risk: data.typesOfRisk,
    source_of_risk: data.sourceOfRisk,
    location_of_risk: data.locationOfRisk,
    relation: data.raisedBy.relation,
    consent: data.consent,
    happened_on: data.happenedOn,
  };
};

const ownerRow = (event: StoredEvent): Row => {
  const data = event.data as ConcernGivenData;
  return { ...bothClocks(event), concern_id: data.concernId, owner_id: data.to.id };
};

const decisionRow = (event: StoredEvent): Row => {
  const data = event.data as S42CriteriaDecidedData;
  return {
    ...bothClocks(event),
    ...whoAndWhen(event),
    concern_id: data.concernId,
    duty_to_enquire: data.dutyToEnquire,
    if_no_duty: data.ifNoDuty ?? null,
  };
};

const conclusionRow = (event: StoredEvent): Row => {
  const data = event.data as EnquiryConcludedData;
  return {
    ...bothClocks(event),
    ...whoAndWhen(event),
    concern_id: data.concernId,
    risk_assessment_outcome: riskAssessmentOutcome(data),
    risk_outcome: data.riskOutcome ?? null,
  };
};

const bothClocks = (event: StoredEvent): Row => ({
  position: event.position.toString(),
  effective_on: event.metadata.effectiveOn,
  known_on: event.knownOn,
});

const whoAndWhen = (event: StoredEvent): Row => ({
  recorded_at: event.recordedAt,
  actor_id: event.metadata.actorId,
  event_id: event.id,
});

const ofType = (events: readonly StoredEvent[], type: string): StoredEvent[] =>
  events.filter((event) => event.type === type);

async function insert(
  { tenant, query }: ProjectionTransaction,
  table: string,
  columns: string,
  rows: readonly Row[],
): Promise<void> {
  if (!rows.length) return;
  const names = columns.split(',').map((column) => column.trim().split(' ')[0]);
  await query(
    `insert into ${table} (tenant, ${names.join(', ')})
     select $1, ${names.join(', ')} from jsonb_to_recordset($2::jsonb) as fact (${columns})`,
    [tenant, JSON.stringify(rows)],
  );
}
