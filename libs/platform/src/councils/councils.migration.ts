import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectByTenant } from '../database/migrations.js';
import { EndedSessions1790000300000 } from '../sessions/ended-sessions.migration.js';

/** The register of councils, and the named areas of each. */
export class Councils1764000000000 implements MigrationInterface {
  readonly name = 'Councils1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    // The one table without row-level security: nobody can name a council before knowing which there are.
    // It holds no personal data.
    await runner.query(`
      create table council (
        tenant text primary key,
        la_code text not null unique,
        name text not null,
        simulated boolean not null,
        added_at timestamptz not null,
        -- Where somebody set the clock of a simulated council; a real one lives now.
        clock timestamptz check (clock is null or simulated)
      )`);
    await runner.query(`
      create table council_area (
        tenant text not null references council (tenant),
        postcode_prefix text not null,
        area text not null,
        primary key (tenant, postcode_prefix)
      )`);
    await runner.query(protectByTenant('council_area'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table council_area');
    await runner.query('drop table council');
  }
}

/** What the platform itself needs in the database; runs before everybody else's. */
export const platformMigrations = [Councils1764000000000, EndedSessions1790000300000];
