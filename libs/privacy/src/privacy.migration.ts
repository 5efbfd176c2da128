import { protectByTenant } from '@caretrail/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSubjectKeys1790000020000 implements MigrationInterface {
  name = 'CreateSubjectKeys1790000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table subject_key (
        tenant text not null,
        subject uuid not null,
        wrapped_key bytea,
        created_at timestamptz not null default now(),
        destroyed_at timestamptz,
        primary key (tenant, subject),
        check ((wrapped_key is null) = (destroyed_at is not null))
      )`);
    await runner.query(protectByTenant('subject_key'));
    await runner.query(`
      create table subject_index (
        tenant text not null,
        kind text not null,
        digest text not null,
        subject uuid not null,
        primary key (tenant, kind, digest)
      )`);
    await runner.query(protectByTenant('subject_index'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table subject_index');
    await runner.query('drop table subject_key');
  }
}

export class CreateSealedDrafts1790000021000 implements MigrationInterface {
  name = 'CreateSealedDrafts1790000021000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sealed_draft (
        tenant text not null,
        kind text not null,
        id uuid not null,
        owner text not null,
        subject uuid not null,
        sealed bytea not null,
        saved_at timestamptz not null default now(),
        primary key (tenant, kind, id, owner)
      )`);
    await runner.query(protectByTenant('sealed_draft'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sealed_draft');
  }
}

export const privacyMigrations = [CreateSubjectKeys1790000020000, CreateSealedDrafts1790000021000];
