import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, and both sides of each of their entries: debits above nothing, credits below, so that all add up to nothing. */
export class CreateDirectPayments1790000180000 implements MigrationInterface {
  readonly name = 'CreateDirectPayments1790000180000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table direct_payment_account (
        tenant text not null,
        account_id uuid not null,
        person_id uuid not null,
        allocation_id uuid not null,
        received_by text not null,
        opened_on date not null,
        opening_known_on date not null,
        closed_on date not null default 'infinity',
        closing_known_on date not null default 'infinity',
        primary key (tenant, account_id)
      ) partition by list (tenant)`);
    await runner.query(`
      create table direct_payment_posting (
        tenant text not null,
        event_id uuid not null,
        ledger_account text not null,
        position bigint not null,
        account_id uuid not null,
        kind text not null,
        category text,
        pence bigint not null,
        effective_on date not null,
        known_on date not null,
        primary key (tenant, event_id, ledger_account)
      ) partition by list (tenant)`);
    await runner.query('create index direct_payment_posting_account on direct_payment_posting (tenant, account_id)');
    for (const table of ['direct_payment_account', 'direct_payment_posting'])
      await runner.query(viewTable('direct-payments', table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table direct_payment_posting, direct_payment_account');
  }
}

export const directPaymentsMigrations = [CreateDirectPayments1790000180000];
