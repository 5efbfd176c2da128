import { CommandExecutor } from '@caretrail/commands';
import { EventStore } from '@caretrail/event-store';
import { type CommandResult, streamName } from '@caretrail/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  RevisePersonalBudget,
  type RevisePersonalBudgetData,
  type ReviewFound,
  type UpratingFound,
} from '../contracts/index.js';
import { UpratingsQuery } from './upratings.query.js';

/** What planning publishes of a completed review; known by name, because contexts do not read each other's contracts. */
const COMPLETED = 'planning.review-completed.v1';
const WITHDRAWN = 'planning.review-withdrawn.v1';
interface Completed {
  readonly reviewId: string;
  readonly personId: string;
  readonly planId?: string;
  readonly consequence?: string;
}

/** Puts the review or the published list that a change cites into the command, whoever sends it: the decider sees its own stream alone. */
@CommandHandler(RevisePersonalBudget)
export class RevisePersonalBudgetHandler implements ICommandHandler<RevisePersonalBudget, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(UpratingsQuery) private readonly upratings: UpratingsQuery,
  ) {}

  async execute({ data, meta }: RevisePersonalBudget): Promise<CommandResult> {
    const cause = await this.causeOf(meta.tenant, data.cause);
    return this.executor.execute(new RevisePersonalBudget({ ...data, cause }, meta));
  }

  private async causeOf(tenant: string, cited: RevisePersonalBudgetData['cause']): Promise<typeof cited> {
    if (cited.kind === 'review (s27)') {
      const { kind, reviewEventId } = cited;
      const review = await this.found(tenant, reviewEventId);
      return { kind, reviewEventId, ...(review && { review }) };
    }
    const { kind, upratingId } = cited;
    const uprating = await this.listOf(tenant, upratingId);
    return { kind, upratingId, ...(uprating && { uprating }) };
  }

  private async listOf(tenant: string, upratingId: string): Promise<UpratingFound | undefined> {
    const list = (await this.upratings.all(tenant)).find((each) => each.upratingId === upratingId);
    if (!list) return undefined;
    const { name: reference, publishedOn, inForceFrom, withdrawnOn } = list;
    return { reference, publishedOn, inForceFrom, ...(withdrawnOn && { withdrawnOn }) };
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
