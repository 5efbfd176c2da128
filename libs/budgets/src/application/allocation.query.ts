import { EventStore } from '@caretrail/event-store';
import { type EventOf, NotFound, type PlainDate, standingEvents, unreachable } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { AllocationOpenedData, allocationOpened, budgetAllocated } from '../contracts/index.js';
import { allocationStream } from '../domain/allocation/allocation.decider.js';

/** An allocation with its budget, once decided. Money is whole pence a week; `reasons` are in clear. */
export interface Allocation extends AllocationOpenedData {
  readonly budget?: {
    readonly allocatedOn: PlainDate;
    /** Id of the account that decided. */
    readonly allocatedBy: string;
    readonly costPencePerWeek: number;
    readonly personPaysPencePerWeek: number;
    readonly councilPaysPencePerWeek: number;
    readonly reasons: string;
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads one allocation from its own stream, so that it is never behind. */
@Injectable()
export class AllocationQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an id that this council has not opened an allocation under */
  async get(tenant: string, allocationId: string): Promise<Allocation> {
    const stored = UUID.test(allocationId)
      ? await this.store.readStream(tenant, allocationStream({ allocationId }))
      : [];
    const actors = new Map(stored.map(({ id, metadata }) => [id, metadata.actorId]));
    let found: Allocation | undefined;
    for (const event of standingEvents(await this.codec.open(stored), {}))
      found = apply(found, event as unknown as AllocationEvent, event.effectiveOn, actors.get(event.id)!);
    if (!found) throw new NotFound('No allocation with this id is known here.');
    return found;
  }
}

type AllocationEvent = EventOf<typeof allocationOpened | typeof budgetAllocated>;

function apply(
  found: Allocation | undefined,
  event: AllocationEvent,
  allocatedOn: PlainDate,
  allocatedBy: string,
): Allocation | undefined {
  switch (event.type) {
    case 'budgets.allocation-opened.v1':
      return event.data;
    case 'budgets.budget-allocated.v1': {
      const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek, reasons } = event.data;
      const amounts = { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek };
      return found && { ...found, budget: { allocatedOn, allocatedBy, ...amounts, reasons } };
    }
    default:
      return unreachable(event);
  }
}
