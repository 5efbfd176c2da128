import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An index of every event by the people whom it is about. No personal data: titles are read from the events. */
export class SafeguardingChronology1764300002000 implements MigrationInterface {
  readonly name = 'SafeguardingChronology1764300002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table chronology_entry (
        tenant text not null,
        person_id uuid not null,
        position bigint not null,
        event_id uuid not null,
        type text not null,
        context text not null,
        stream text not null,
        effective_on date not null,
        known_on date not null,
        recorded_at timestamptz not null,
        actor_id text not null,
        actor_role text not null,
        process text,
        source text,
        authority text not null,
        decision boolean not null,
        need_to_know boolean not null,
        corrects uuid,
        primary key (tenant, person_id, position)
      ) partition by list (tenant)`);
    await runner.query(viewTable('safeguarding-chronology', 'chronology_entry'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table chronology_entry');
  }
}
