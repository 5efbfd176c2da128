import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a runner leaves to others, because a newer program built the rows: while two versions run side by side. */
export class PassedOver1790000035000 implements MigrationInterface {
  name = 'PassedOver1790000035000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table subscription_runner add column passes_over text[] not null default '{}'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table subscription_runner drop column passes_over');
  }
}
