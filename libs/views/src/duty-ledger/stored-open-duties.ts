import { EventStore } from '@caretrail/event-store';
import { type PlainDate, type Tenant, Unavailable } from '@caretrail/kernel';
import { OpenDuties } from '@caretrail/people/contracts';
import { Freshness } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { ANSWER_ERASURE, dutyNamed } from './duties.js';
import { DutyLedgerQuery } from './duty-ledger.query.js';

/** As long as somebody who is about to do what cannot be undone may be asked to wait. */
const PATIENCE_MS = 5_000;

/**
 * What is open in the ledger, but for the duty to answer the request for which it is asked. Never behind: a duty that arose a
 * moment ago, by whomever, stands in the way.
 */
@Injectable()
export class StoredOpenDuties extends OpenDuties {
  constructor(
    @Inject(DutyLedgerQuery) private readonly ledger: DutyLedgerQuery,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {
    super();
  }

  override async towards(tenant: Tenant, personId: string, on: PlainDate): Promise<readonly string[]> {
    if (!(await this.freshness.reached(tenant, await this.store.head(tenant), PATIENCE_MS)))
      throw new Unavailable('The ledger of duties is behind what was recorded. Try again in a moment.');
    const owed = await this.ledger.ofPerson({ tenant, role: 'safeguarding' }, personId, {
      effectiveOn: on,
      knownOn: on,
    });
    const open = owed.filter(({ duty, dischargedOn }) => dischargedOn === undefined && duty !== ANSWER_ERASURE);
    return [...new Set(open.map(({ duty }) => duty))].map((name) => {
      const { words, section } = dutyNamed(name)!;
      return `${words} (${section})`;
    });
  }
}
