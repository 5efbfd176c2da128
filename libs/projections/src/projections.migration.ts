import { protectByTenant } from '@caretrail/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Leases1790000031000 } from './leases.migration.js';
import { MovedCheckpoints1790000033000 } from './moved-checkpoints.migration.js';
import { PassedOver1790000035000 } from './passed-over.migration.js';
import { ServerLives1790000034000 } from './server-lives.migration.js';
import { ViewRows1790000032000 } from './view-rows.migration.js';

export class CreateCheckpoints1790000030000 implements MigrationInterface {
  name = 'CreateCheckpoints1790000030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table checkpoint (
        tenant text not null,
        name text not null,
        version int not null,
        position bigint not null,
        moved_at timestamptz not null default now(),
        primary key (tenant, name)
      )`);
    await runner.query(protectByTenant('checkpoint'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table checkpoint');
  }
}

/** In the order in which they run. */
export const projectionMigrations = [
  CreateCheckpoints1790000030000,
  Leases1790000031000,
  ViewRows1790000032000,
  MovedCheckpoints1790000033000,
  ServerLives1790000034000,
  PassedOver1790000035000,
];
