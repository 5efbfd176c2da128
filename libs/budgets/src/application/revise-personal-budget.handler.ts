import { CommandExecutor } from '@caretrail/commands';
import { EventStore } from '@caretrail/event-store';
import { type CommandResult, streamName } from '@caretrail/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RevisePersonalBudget, type ReviewFound } from '../contracts/index.js';

/** What planning publishes of a completed review; known by name, because contexts do not read each other's contracts. */
const COMPLETED = 'planning.review-completed.v1';
const WITHDRAWN = 'planning.review-withdrawn.v1';
interface Completed {
  readonly reviewId: string;
  readonly personId: string;
  readonly planId?: string;
  readonly consequence?: string;
}

/** Puts the review that a change cites into the command, as planning has it, whoever sends it: the decider sees its own stream alone. */
@CommandHandler(RevisePersonalBudget)
export class RevisePersonalBudgetHandler implements ICommandHandler<RevisePersonalBudget, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(EventStore) private readonly store: EventStore,
  ) {}

  async execute({ data, meta }: RevisePersonalBudget): Promise<CommandResult> {
    if (data.cause.kind !== 'review (s27)') return this.executor.execute(new RevisePersonalBudget(data, meta));
    const { kind, reviewEventId } = data.cause;
    const review = await this.found(meta.tenant, reviewEventId);
    const cause = { kind, reviewEventId, ...(review && { review }) };
    return this.executor.execute(new RevisePersonalBudget({ ...data, cause }, meta));
  }

  /** The review that the event completed, unless its source took it back. */
  private async found(tenant: string, eventId: string): Promise<ReviewFound | undefined> {
    const [event] = await this.store.readEvents(tenant, [eventId]);
    if (event?.type !== COMPLETED) return undefined;
    const { reviewId, personId, planId, consequence } = event.data as Completed;
    const told = await this.store.readStream(tenant, event.stream);
    if (told.some(({ type, data }) => type === WITHDRAWN && (data as Completed).reviewId === reviewId))
      return undefined;
    const allocationId = planId && (await this.allocationOf(tenant, planId));
    return {
      reviewId,
      personId,
      completedOn: event.metadata.effectiveOn,
      ...(planId && { planId }),
      ...(allocationId && { allocationId }),
      ...(consequence && { consequence }),
    };
  }

  private async allocationOf(tenant: string, planId: string): Promise<string | undefined> {
    const opened = await this.store.readStream(tenant, streamName('planning.support-plan', planId), { limit: 2 });
    return (opened as readonly { readonly data: { readonly allocationId?: string } }[]).find(
      ({ data }) => data.allocationId,
    )?.data.allocationId;
  }
}
