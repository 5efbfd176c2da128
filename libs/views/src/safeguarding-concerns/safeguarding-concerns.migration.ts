import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The concern queue: what was alleged, to whom each concern was given, and what was decided. Facts are only added;
 * each row says when it was true and when it was known, so that the queue of any day is one query. No personal data:
 * accounts and reasons stay ciphertext in the events.
 */
export class SafeguardingConcerns1764300001000 implements MigrationInterface {
  readonly name = 'SafeguardingConcerns1764300001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table safeguarding_concern (
        tenant text not null,
        concern_id uuid not null,
        reference text not null,
        adults uuid[] not null,
        types_of_risk text[] not null,
        source_of_risk text not null,
        location_of_risk text not null,
        relation text not null,
        consent text not null,
        happened_on date not null,
        effective_on date not null,
        known_on date not null,
        recorded_at timestamptz not null,
        actor_id text not null,
        event_id uuid not null,
        position bigint not null,
        primary key (tenant, concern_id)
      ) partition by list (tenant)`);
    await runner.query(`
      create table safeguarding_concern_owner (
        tenant text not null,
        concern_id uuid not null,
        position bigint not null,
        owner_id text not null,
        effective_on date not null,
        known_on date not null,
        primary key (tenant, concern_id, position)
      ) partition by list (tenant)`);
    await runner.query(`
      create table safeguarding_concern_decision (
        tenant text not null,
        concern_id uuid not null,
        position bigint not null,
        duty_to_enquire boolean not null,
        if_no_duty text,
        effective_on date not null,
        known_on date not null,
        recorded_at timestamptz not null,
        actor_id text not null,
        event_id uuid not null,
        primary key (tenant, concern_id, position)
      ) partition by list (tenant)`);
    for (const table of ['safeguarding_concern', 'safeguarding_concern_owner', 'safeguarding_concern_decision'])
      await runner.query(viewTable('safeguarding-concerns', table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['safeguarding_concern_decision', 'safeguarding_concern_owner', 'safeguarding_concern'])
      await runner.query(`drop table ${table}`);
  }
}

/** When an enquiry was concluded, and what is left of the risk. */
export class SafeguardingConclusions1764300001001 implements MigrationInterface {
  readonly name = 'SafeguardingConclusions1764300001001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table safeguarding_concern_conclusion (
        tenant text not null,
        concern_id uuid not null,
        position bigint not null,
        risk_assessment_outcome text not null,
        risk_outcome text,
        effective_on date not null,
        known_on date not null,
        actor_id text not null,
        event_id uuid not null,
        primary key (tenant, concern_id, position)
      ) partition by list (tenant)`);
    await runner.query(viewTable('safeguarding-concerns', 'safeguarding_concern_conclusion'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table safeguarding_concern_conclusion');
  }
}
