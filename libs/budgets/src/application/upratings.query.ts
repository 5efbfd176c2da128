import { EventStore } from '@caretrail/event-store';
import { fold, NotFound } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type UpratingEvent, UPRATINGS_ID } from '../contracts/index.js';
import { upratingDecider, upratingsStream } from '../domain/uprating/uprating.decider.js';
import type { PublishedList } from '../domain/uprating/uprating.policies.js';
import { recorded } from './opened-stream.js';

/** Reads the published lists of a council from their own stream, so that what was just published can be cited at once. */
@Injectable()
export class UpratingsQuery {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** @throws NotFound for an id that no list of this council has */
  async one(tenant: string, upratingId: string): Promise<PublishedList> {
    const found = (await this.all(tenant)).find((list) => list.upratingId === upratingId);
    if (!found) throw new NotFound('No published list with this id is known here.');
    return found;
  }

  /** All of them, the one in force latest first; those that were withdrawn say so. */
  async all(tenant: string): Promise<readonly PublishedList[]> {
    const { lists } = fold(
      upratingDecider,
      recorded<UpratingEvent>(await this.store.readStream(tenant, upratingsStream({ registerId: UPRATINGS_ID }))),
    );
    return lists.toSorted((one, other) => (one.inForceFrom < other.inForceFrom ? 1 : -1));
  }
}
