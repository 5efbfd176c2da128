import { describe, expect, it } from '@jest/globals';
import type { CommandExecutor } from '@caretrail/commands';
import type { Command, CommandMeta, CommandResult, PlainDate } from '@caretrail/kernel';
import { AllocateBudget, type AllocateBudgetData, type LocalPrice, LocalPrices } from '../contracts/index.js';
import { AllocateBudgetHandler } from './allocate-budget.handler.js';

const meta: CommandMeta = {
  tenant: 'E09000012',
  commandId: 'colin/allocate',
  actor: { id: 'colin', role: 'finance' },
  effectiveOn: '2026-03-14',
};
const data: AllocateBudgetData = {
  allocationId: '4471c0de-0000-4000-8000-000000000005',
  costPencePerWeek: 28_000,
  personPaysPencePerWeek: 0,
  councilPaysPencePerWeek: 28_000,
  reasons: 'What the hours cost here.',
};
const price = (medianPence: number, effectiveOn: PlainDate): LocalPrice => ({
  service: 'home-support',
  label: 'Home support',
  unit: 'hour',
  medianPence,
  effectiveOn,
  knownOn: '2026-03-20',
});

/** A market in which the price is known in one council, and is another on every day. */
class Market extends LocalPrices {
  knownOn(tenant: string, day: PlainDate): Promise<readonly LocalPrice[]> {
    return Promise.resolve(tenant === meta.tenant ? [price(2_000 + Number(day.slice(-2)), day)] : []);
  }
}

describe('the prices that a budget is held against', () => {
  const handled = async (command: AllocateBudget): Promise<AllocateBudgetData> => {
    const sent: Command[] = [];
    const execute = (each: Command) => Promise.resolve((sent.push(each), {} as CommandResult));
    await new AllocateBudgetHandler({ execute } as unknown as CommandExecutor, new Market()).execute(command);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.meta).toEqual(command.meta);
    return (sent[0] as AllocateBudget).data;
  };

  it('are those of the command’s council and day, and never what the sender says they are', async () => {
    const localPrices = [price(1, '2020-01-01')];
    expect(await handled(new AllocateBudget({ ...data, localPrices }, meta))).toEqual({
      ...data,
      localPrices: [price(2_014, '2026-03-14')],
    });
    expect(await handled(new AllocateBudget({ ...data, localPrices }, { ...meta, tenant: 'E09000033' }))).toEqual({
      ...data,
      localPrices: [],
    });
  });
});
