import { EventStore } from '@caretrail/event-store';
import { NotFound, type PlainDate, type StoredEvent, unreachable } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AllocationOpenedData,
  CarerFacts,
  IndicativeBudgetCalculatedData,
  LocalPricesCheckedData,
  RasAnswer,
} from '../contracts/index.js';
import { type AllocationEvent, allocationStream } from '../domain/allocation/allocation.decider.js';
import { openedStream } from './opened-stream.js';

/** Who did it and on which day it is true; `by` is the id of an account or of a process. */
interface Done {
  readonly eventId: string;
  readonly on: PlainDate;
  readonly by: string;
}

/** Another amount than the indicated one; money is whole pence a week. */
export interface Override extends Done {
  readonly pencePerWeek: number;
  readonly reasons: string;
  readonly decided?: Done & { readonly approved: boolean; readonly reasons: string };
}

/** An allocation with all that led to its budget. Money is whole pence a week; `reasons` are in clear. */
export interface Allocation extends AllocationOpenedData {
  /** The last answer to each question, with the event in which it came, and the assessment's event where it is from one. */
  readonly answers: readonly (RasAnswer & Done & { readonly sourceEventId?: string })[];
  readonly carer?: CarerFacts;
  readonly indicative?: IndicativeBudgetCalculatedData & Done;
  /** Every other amount that was proposed since the indication, the last one last. */
  readonly overrides: readonly Override[];
  readonly check?: LocalPricesCheckedData & Done;
  readonly budget?: {
    readonly eventId: string;
    readonly allocatedOn: PlainDate;
    /** Id of the account that decided. */
    readonly allocatedBy: string;
    readonly costPencePerWeek: number;
    readonly personPaysPencePerWeek: number;
    readonly councilPaysPencePerWeek: number;
    readonly reasons: string;
  };
}

/** Reads one allocation from its own stream, so that it is never behind. */
@Injectable()
export class AllocationQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an id that this council has not opened an allocation under */
  async get(tenant: string, allocationId: string): Promise<Allocation> {
    const found = allocationOf(await openedStream(this.store, this.codec, tenant, allocationStream({ allocationId })));
    if (!found) throw new NotFound('No allocation with this id is known here.');
    return found;
  }
}

/** What the events of one allocation's stream say together; undefined where it was not opened. */
export function allocationOf(events: readonly StoredEvent[]): Allocation | undefined {
  let found: Allocation | undefined;
  for (const stored of events) {
    const done = { eventId: stored.id, on: stored.metadata.effectiveOn, by: stored.metadata.actorId };
    found = apply(found, stored as StoredEvent & AllocationEvent, done);
  }
  return found;
}

function apply(found: Allocation | undefined, event: AllocationEvent, done: Done): Allocation | undefined {
  if (event.type === 'budgets.allocation-opened.v1') return { answers: [], overrides: [], ...found, ...event.data };
  if (!found) return found;
  switch (event.type) {
    case 'budgets.answers-received.v1': {
      const { answers, carer, sourceEventId } = event.data;
      const held = answers.map((answer) => ({ ...answer, ...done, ...(sourceEventId && { sourceEventId }) }));
      const kept = found.answers.filter(({ question }) => !held.some((answer) => answer.question === question));
      return { ...found, answers: [...kept, ...held], ...(carer && { carer }) };
    }
    case 'budgets.indicative-budget-calculated.v1':
      return { ...found, indicative: { ...event.data, ...done }, overrides: [] };
    case 'budgets.override-proposed.v1': {
      const { pencePerWeek, reasons } = event.data;
      return { ...found, overrides: [...found.overrides, { pencePerWeek, reasons, ...done }] };
    }
    case 'budgets.allocation-overridden.v1':
    case 'budgets.override-declined.v1': {
      const approved = event.type === 'budgets.allocation-overridden.v1';
      const last = found.overrides.at(-1)!;
      const decided = { ...done, approved, reasons: event.data.reasons };
      return { ...found, overrides: [...found.overrides.slice(0, -1), { ...last, decided }] };
    }
    case 'budgets.allocation-closed.v1':
    case 'budgets.allocation-reopened.v1':
      return found;
    case 'budgets.local-prices-checked.v1':
      return { ...found, check: { ...event.data, ...done } };
    case 'budgets.budget-allocated.v1': {
      const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek, reasons } = event.data;
      const amounts = { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek };
      const { eventId, on: allocatedOn, by: allocatedBy } = done;
      return { ...found, budget: { eventId, allocatedOn, allocatedBy, ...amounts, reasons } };
    }
    default:
      return unreachable(event);
  }
}
