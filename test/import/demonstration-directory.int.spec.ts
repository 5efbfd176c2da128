import { DirectoryImporter } from '@caretrail/commissioning';
import type { Command } from '@caretrail/kernel';
import { OTHERBURY, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import {
  directoryEditions,
  directoryServiceId,
  specificationLife,
} from '../../libs/simulation/src/demonstration-directory.js';
import { openHouse, type OpenHouse } from '../e2e/open-house.js';

const actor = { id: 'os:tester', role: 'operator' };

describe('the directory of the demonstration council', () => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.close());

  it('is understood whole, in both editions, and says that it is made up', async () => {
    const [first, second] = directoryEditions('2024-03-01', '2026-03-01');
    expect(directoryEditions('2024-03-01', '2026-03-01')).toEqual([first, second]);
    const bring = (edition: typeof first) =>
      house.app.get(DirectoryImporter).import({ tenant: WRENBRIDGE, actor, ...edition! });
    expect(await bring(first)).toMatchObject({ records: 24, listed: 24, warned: 0, rejected: 0 });
    expect(await bring(second)).toMatchObject({ changed: 2, unchanged: 21, delisted: 1, warned: 0, rejected: 0 });
    for (const { content } of [first!, second!]) expect(Buffer.from(content).toString()).toContain('made up');
    expect(directoryServiceId('Tea at the Hall')).not.toBe(directoryServiceId('Homes First'));
  });

  it('is followed by a specification that was written together', async () => {
    const steps = specificationLife('2026-03-01');
    expect(steps.map(({ on }) => on)).toEqual(steps.map(({ on }) => on).toSorted());
    for (const { id, on, command } of steps) {
      const meta = { tenant: OTHERBURY, commandId: id, actor, effectiveOn: on };
      await house.app.get(CommandBus).execute<Command>(await command(meta, {} as never));
    }
    const stored = await house.platform.database.inTenant(OTHERBURY, (manager) =>
      manager.query<{ data: { tookPart: unknown[] } }[]>(
        "select data from event where type = 'commissioning.specification-published.v1'",
      ),
    );
    expect(stored.map(({ data }) => data.tookPart.length)).toEqual([4]);
  });
});
