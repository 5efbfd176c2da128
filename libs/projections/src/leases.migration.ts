import { protectByTenant } from '@caretrail/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['subscription_runner', 'event_epoch', 'parked_event', 'subscription_decision'] as const;

/** Who runs a subscription and until when, which store its position is of, and what it had to leave aside. */
export class Leases1790000031000 implements MigrationInterface {
  name = 'Leases1790000031000';

  async up(runner: QueryRunner): Promise<void> {
    // The token is raised with each new holder: what an earlier one still has under way no longer fits.
    await runner.query(`
      alter table checkpoint
        add column owner text,
        add column token bigint not null default 0,
        add column leased_until timestamptz,
        add column epoch text,
        add column failing text`);
    await runner.query(`
      create table subscription_runner (
        tenant text not null,
        owner text not null,
        seen_until timestamptz not null,
        primary key (tenant, owner)
      )`);
    await runner.query(`
      create table event_epoch (
        tenant text not null primary key,
        epoch uuid not null default gen_random_uuid()
      )`);
    await runner.query(`
      create table parked_event (
        tenant text not null,
        subscription text not null,
        position bigint not null,
        key text not null,
        event_id uuid not null,
        reason text not null,
        parked_at timestamptz not null default now(),
        primary key (tenant, subscription, position)
      )`);
    await runner.query('create index parked_event_key on parked_event (tenant, subscription, key)');
    await runner.query(`
      create table subscription_decision (
        tenant text not null,
        id uuid not null default gen_random_uuid(),
        subscription text not null,
        decision text not null check (decision in ('release', 'skip', 'start over')),
        key text,
        event_id uuid,
        actor_id text not null,
        actor_role text not null,
        reason text not null,
        decided_at timestamptz not null default now(),
        primary key (tenant, id)
      )`);
    for (const table of TABLES) await runner.query(protectByTenant(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`drop table ${table}`);
    await runner.query(`
      alter table checkpoint drop column owner, drop column token, drop column leased_until, drop column epoch,
        drop column failing`);
  }
}
