import { EventStore } from '@caretrail/event-store';
import { type PlainDate, sameContent } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AnswersReceivedData,
  type IndicativeBudgetCalculatedData,
  type RulebookPublishedData,
  rulebookIdFor,
} from '../contracts/index.js';
import { unanswered, unknownAnswers, workOut } from '../domain/rulebook/ras.engine.js';
import type { PublishedVersion } from '../domain/rulebook/rulebook.state.js';
import { type Allocation, AllocationQuery } from './allocation.query.js';
import { RulebookQuery } from './rulebook.query.js';

/** How an amount was worked out, and what stands in the way where none was. */
export interface Working {
  readonly allocation: Allocation;
  /** The rulebook by which the indication was worked out; without one, the rulebook in force on the day asked about. */
  readonly rulebook?: Pick<PublishedVersion, 'version' | 'effectiveFrom' | 'content' | 'eventId'>;
  /** Whether the answers and the rulebook, read again by the ids of their events, give the same trace. */
  readonly reproduced?: boolean;
  /** Questions of that rulebook without an answer that it knows. */
  readonly open: readonly string[];
}

/** Works an indication out again from the events that it cites. */
@Injectable()
export class WorkingQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(AllocationQuery) private readonly allocations: AllocationQuery,
    @Inject(RulebookQuery) private readonly rulebooks: RulebookQuery,
  ) {}

  /** @throws NotFound for an id that this council has not opened an allocation under */
  async get(tenant: string, allocationId: string, day: PlainDate): Promise<Working> {
    const allocation = await this.allocations.get(tenant, allocationId);
    const { indicative, answers } = allocation;
    if (indicative) return { allocation, open: [], ...(await this.again(tenant, indicative)) };
    const rulebook = await this.rulebooks.inForceOn(tenant, rulebookIdFor(allocation), day);
    if (!rulebook) return { allocation, open: [] };
    const unknown = unknownAnswers(rulebook.content, answers).map(({ question }) => question);
    return { allocation, rulebook, open: [...unanswered(rulebook.content, answers), ...unknown] };
  }

  private async again(
    tenant: string,
    indicative: IndicativeBudgetCalculatedData,
  ): Promise<Pick<Working, 'rulebook' | 'reproduced'>> {
    const { rulebook: cited, answersFrom, trace } = indicative;
    const events = await this.store.readEvents(tenant, [cited.eventId, ...answersFrom]);
    const published = events.find(({ id }) => id === cited.eventId)?.data as RulebookPublishedData | undefined;
    if (!published) return { reproduced: false };
    const received = events.filter(({ id }) => answersFrom.includes(id)).map(({ data }) => data as AnswersReceivedData);
    const last = new Map(received.flatMap(({ answers }) => answers).map(({ question, answer }) => [question, answer]));
    const carer = received.findLast((each) => each.carer)?.carer;
    const answers = Array.from(last, ([question, answer]) => ({ question, answer }));
    return {
      rulebook: { ...cited, content: published.content },
      reproduced: sameContent(workOut(published.content, answers, carer), trace),
    };
  }
}
