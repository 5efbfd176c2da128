import { EventStore } from '@caretrail/event-store';
import { fold, NotFound, streamName } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { FundingPooledData, FundingStepHeldData, FundingStepPlannedData } from '../contracts/index.js';
import { fundingDecider, type FundingEvent, fundingStreamOf } from '../domain/funding/funding.decider.js';
import { type Amounts, byCadence, type HeldStream } from '../domain/funding/funding.state.js';
import { openedStream, recorded } from './opened-stream.js';

/** A pool, as it was decided, with its sums by cadence. */
export interface Pool extends FundingPooledData {
  readonly on: string;
  readonly byCadence: Amounts;
}

/** The other public money of a person, what was pooled, and the calendar of its assessments and reviews. */
export interface Funding {
  readonly personId: string;
  readonly streams: readonly HeldStream[];
  readonly pools: readonly Pool[];
  readonly planned: readonly FundingStepPlannedData[];
  readonly held: readonly FundingStepHeldData[];
}

@Injectable()
export class FundingQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an id that this council has registered nobody under */
  async of(tenant: string, personId: string): Promise<Funding> {
    const registered = await openedStream(this.store, this.codec, tenant, streamName('people.person', personId));
    if (!registered.length) throw new NotFound('No person with this id is known here.');
    const stored = await openedStream(this.store, this.codec, tenant, fundingStreamOf({ personId }));
    const events = recorded<FundingEvent>(stored);
    const { streams, planned } = fold(fundingDecider, events);
    return {
      personId,
      streams,
      planned: planned.toSorted((one, other) => one.on.localeCompare(other.on)),
      pools: events.flatMap((event) =>
        event.type === 'budgets.funding-pooled.v1'
          ? [{ ...event.data, on: event.effectiveOn, byCadence: byCadence(event.data.pooled) }]
          : [],
      ),
      held: events.flatMap((event) => (event.type === 'budgets.funding-step-held.v1' ? [event.data] : [])),
    };
  }
}
