import { type WishesRecordedData, wishesRecorded } from '@caretrail/assessment/contracts';
import { CloseAllocation, ReopenAllocation } from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy, idArisingFrom, unlessRefused } from './caused-by.js';

const NAME = 'when-wishes-recorded-close-allocation';

/**
 * The person wants none of the eligible needs met, so there is no budget to decide (Care Act 2014 s13(3)(b), s24(1)); where they
 * come to want some met after all, there is one again. The allocation is the one that the decision on eligibility opened.
 * Once there is a budget, what the person wants of it is for the plan and its review.
 */
export function whenWishesRecordedCloseAllocation(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [wishesRecorded.type],
    async handle(event) {
      const { personId, assessmentId, wantsMet, determinedBy } = event.data as WishesRecordedData;
      if (!determinedBy) return;
      const allocation = { allocationId: idArisingFrom({ id: determinedBy }), personId, assessmentId };
      const meta = causedBy(event, NAME);
      const command =
        wantsMet === 'none of them'
          ? new CloseAllocation(
              { ...allocation, because: 'the person wants none of the needs met by the council' },
              meta,
            )
          : new ReopenAllocation(allocation, meta);
      await commandBus.execute(command).catch(unlessRefused);
    },
  };
}
