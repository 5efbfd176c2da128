import type { AppendRequest } from '@caretrail/event-store';
import type { Tenant } from '@caretrail/kernel';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Projection, viewTable } from './index.js';

export class CreateTally1790000099000 implements MigrationInterface {
  name = 'CreateTally1790000099000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table tally (tenant text not null, stream text, sum int, primary key (tenant, stream)) partition by list (tenant)',
    );
    await runner.query(viewTable('tally', 'tally'));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table tally');
  }
}

/** Sums what the events of a stream say. */
export const tally = (version = 1, factor = 1): Projection => ({
  name: 'tally',
  version,
  tables: ['tally'],
  types: ['testing.counted.v1'],
  async apply(events, transaction) {
    for (const event of events)
      await transaction.query(
        `insert into tally values ($1, $2, $3) on conflict (tenant, stream) do update set sum = tally.sum + excluded.sum`,
        [transaction.tenant, event.stream, (event.data as { by: number }).by * factor],
      );
  },
});

/** An append of one event that says how much. */
export const counted = (tenant: Tenant, stream: string, by: number, type = 'testing.counted.v1'): AppendRequest => ({
  tenant,
  streams: [
    {
      stream,
      expected: 'any',
      events: [
        {
          id: randomUUID(),
          type,
          data: { by },
          metadata: { actorId: 'a', actorRole: 'r', commandId: 'c', correlationId: 'c', effectiveOn: '2026-01-05' },
        },
      ],
    },
  ],
});
