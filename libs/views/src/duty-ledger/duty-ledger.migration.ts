import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What events did to duties, and from it, for any pair of days, which duties were open. */
export class CreateDutyLedger1790000160000 implements MigrationInterface {
  readonly name = 'CreateDutyLedger1790000160000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table duty_mark (
        tenant text not null,
        person_id uuid not null,
        duty text not null,
        scope text not null,
        position bigint not null,
        nth smallint not null,
        effect text not null,
        effective_on date,
        due_on date,
        known_from date not null,
        known_to date not null default 'infinity',
        fact uuid,
        event_id uuid not null,
        primary key (tenant, person_id, duty, scope, position, nth)
      ) partition by list (tenant)`);
    await runner.query('create index duty_mark_event on duty_mark (tenant, event_id)');
    await runner.query('create index duty_mark_fact on duty_mark (tenant, fact) where fact is not null');
    await runner.query(viewTable('duty-ledger', 'duty_mark'));
    await runner.query(`
      create table duty (
        tenant text not null,
        person_id uuid not null,
        duty text not null,
        scope text not null,
        effective_from date not null,
        effective_to date not null,
        known_from date not null,
        known_to date not null,
        -- Of the whole stretch: its days go on when only the day changes by which it is due.
        opened_on date not null,
        due_on date,
        opened_by uuid not null,
        discharged_by uuid,
        position bigint not null,
        primary key (tenant, person_id, duty, scope, known_from, effective_from, position)
      ) partition by list (tenant)`);
    await runner.query('create index duty_open on duty (tenant, known_to, effective_to, opened_on)');
    await runner.query(viewTable('duty-ledger', 'duty'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duty_mark, duty');
  }
}

export const dutyLedgerMigrations = [CreateDutyLedger1790000160000];
