import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was signposted where, and what brought people to the council: each fact as it was told, and between which days it was known so. */
export class CreateSignposting1790000210000 implements MigrationInterface {
  readonly name = 'CreateSignposting1790000210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table signposting_mark (
        tenant text not null,
        person_id uuid not null,
        -- The signpost (its event), request, assessment or person that it tells of.
        fact uuid not null,
        position bigint not null,
        kind text not null,
        effective_on date,
        known_from date not null,
        known_to date not null default 'infinity',
        service text,
        service_id uuid,
        -- Of a signpost: from which assessment it came.
        assessment_id uuid,
        primary key (tenant, person_id, fact, position)
      ) partition by list (tenant)`);
    await runner.query('create index signposting_mark_kind on signposting_mark (tenant, kind, effective_on)');
    await runner.query(viewTable('signposting', 'signposting_mark'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table signposting_mark');
  }
}

export const signpostingMigrations = [CreateSignposting1790000210000];
