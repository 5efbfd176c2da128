import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By whom to look: the representative first. */
export class CreateRepresentedPeople1790000220000 implements MigrationInterface {
  readonly name = 'CreateRepresentedPeople1790000220000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table represented_person (
        tenant text not null,
        representative_id uuid not null,
        person_id uuid not null,
        primary key (tenant, representative_id, person_id)
      ) partition by list (tenant)`);
    await runner.query(viewTable('represented-people', 'represented_person'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table represented_person');
  }
}

export const peopleMigrations = [CreateRepresentedPeople1790000220000];
