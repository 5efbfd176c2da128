import { protectByTenant } from '@caretrail/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which number of the council's year each concern was given. Not a read model: it is never rebuilt. */
export class SafeguardingReference1764300003000 implements MigrationInterface {
  readonly name = 'SafeguardingReference1764300003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table safeguarding_reference (
        tenant text not null,
        concern_id uuid not null,
        year int not null,
        number int not null,
        primary key (tenant, concern_id),
        unique (tenant, year, number)
      )`);
    await runner.query(protectByTenant('safeguarding_reference'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table safeguarding_reference');
  }
}

export const safeguardingMigrations = [SafeguardingReference1764300003000] as const;
