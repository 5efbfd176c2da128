import { randomUUID } from 'node:crypto';
import { AllocateBudget, OpenAllocation } from '@caretrail/budgets';
import type { Command, CommandMeta } from '@caretrail/kernel';
import { Councils, loadConfiguration, openPlatform } from '@caretrail/platform';
import { StyleSheet } from '@caretrail/web';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CaretrailModule } from '../../apps/platform/src/caretrail.module.js';
import { platformParts } from '../../apps/platform/src/house.js';

/** A synthetic council. */
export const COUNCIL = 'E09000012';

/** The modules of the house on a data folder, while nobody else runs; PostgreSQL is stopped after. */
export async function inHouse<Result>(
  dataDir: string,
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const platform = await openPlatform(loadConfiguration({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), platformParts);
  try {
    const module = CaretrailModule.forRoot(platform, { styles: new StyleSheet(''), follows: false });
    const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await platform.close();
  }
}

/** A council with so many synthetic people who have a budget. Returns the ids of their allocations. */
export async function furnish(dataDir: string, people: number, today: string): Promise<readonly string[]> {
  return inHouse(dataDir, async (app) => {
    const council = { tenant: COUNCIL, laCode: '997', name: 'Hackleton', simulated: true };
    await app.get(Councils).add(council, new Date().toISOString());
    const allocations = Array.from({ length: people }, () => randomUUID());
    const bus = app.get(CommandBus);
    for (const allocationId of allocations) {
      const meta = (): CommandMeta => ({
        tenant: COUNCIL,
        commandId: randomUUID(),
        actor: { id: 'os:test', role: 'operator' },
        effectiveOn: today,
      });
      const opening = {
        allocationId,
        personId: randomUUID(),
        assessmentId: randomUUID(),
        assessedOn: today,
        eligibleNeeds: 'Eligible needs identified' as const,
        needs: ['nutrition'],
      };
      const budget = {
        allocationId,
        costPencePerWeek: 40_000,
        personPaysPencePerWeek: 5_000,
        councilPaysPencePerWeek: 35_000,
        reasons: 'A synthetic budget.',
      };
      const commands: Command[] = [new OpenAllocation(opening, meta()), new AllocateBudget(budget, meta())];
      for (const command of commands) await bus.execute(command);
    }
    return allocations;
  });
}
