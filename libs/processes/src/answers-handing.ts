import { OpenAllocation, type OpenAllocationData, ReceiveAnswers, type RasAnswer } from '@caretrail/budgets/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import { type CommandSender, causedBy, unlessRefused } from './caused-by.js';

/**
 * Hands the answers of an assessment to its allocation. The allocation is opened here, too, because the process that opens
 * it may come second: the same opening twice is nothing new. An allocation that was made final before takes no more
 * answers, and needs none.
 */
export async function handAnswersOn(
  commandBus: CommandSender,
  event: StoredEvent,
  process: string,
  opening: OpenAllocationData,
  answers: RasAnswer[],
): Promise<void> {
  const meta = causedBy(event, process);
  await commandBus.execute(new OpenAllocation(opening, { ...meta, commandId: `${meta.commandId}/opening` }));
  const { allocationId } = opening;
  await commandBus
    .execute(new ReceiveAnswers({ allocationId, sourceEventId: event.id, answers }, meta))
    .catch(unlessRefused);
}
