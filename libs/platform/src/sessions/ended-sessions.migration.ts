import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByTenant } from '../database/migrations.js';

/** Sessions that somebody signed out of before their time was over. */
export class EndedSessions1790000300000 implements MigrationInterface {
  readonly name = 'EndedSessions1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ended_session (
        tenant text not null,
        session_id uuid not null,
        -- From then on the session would be over anyway, and the row says nothing.
        over_at timestamptz not null,
        primary key (tenant, session_id)
      )`);
    await runner.query('create index ended_session_over_at on ended_session (tenant, over_at)');
    await runner.query(protectByTenant('ended_session'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ended_session');
  }
}
