import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateExploredEvent1790000110000 implements MigrationInterface {
  name = 'CreateExploredEvent1790000110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table explored_event (
        tenant text not null,
        position bigint not null,
        event_id uuid not null,
        type text not null,
        context text not null,
        stream text not null,
        version int not null,
        actor_id text not null,
        actor_role text not null,
        process text,
        correlation_id text not null,
        causation_id text,
        effective_on date not null,
        known_on date not null,
        recorded_at timestamptz not null,
        corrects uuid,
        decision boolean not null,
        need_to_know boolean not null,
        records text[] not null,
        primary key (tenant, position)
      ) partition by list (tenant)`);
    await runner.query(viewTable('event-explorer', 'explored_event'));
    await runner.query('create unique index on explored_event (tenant, event_id)');
    await runner.query('create index on explored_event (tenant, type, position)');
    await runner.query('create index on explored_event (tenant, stream, version)');
    await runner.query('create index on explored_event (tenant, correlation_id, position)');
    await runner.query('create index on explored_event (tenant, actor_id, position)');
    await runner.query('create index on explored_event using gin (records)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table explored_event');
  }
}

export const eventExplorerMigrations = [CreateExploredEvent1790000110000];
