import { EventStore } from '@caretrail/event-store';
import { fold, NotFound, type Recorded, type Tenant } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import {
  concernDecider,
  type ConcernEvent,
  type ConcernState,
  concernStream,
} from '../domain/concern/concern.decider.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A concern as its own stream tells it now, with what was said in clear. Only for the safeguarding team. */
@Injectable()
export class OpenConcern {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound */
  async open(tenant: Tenant, concernId: string): Promise<ConcernState & Required<Pick<ConcernState, 'raised'>>> {
    const stored = UUID.test(concernId) ? await this.store.readStream(tenant, concernStream({ concernId })) : [];
    const events = (await this.codec.open(stored)).map(
      ({ id, type, data, metadata }) =>
        ({ id, type, data, effectiveOn: metadata.effectiveOn }) as Recorded<ConcernEvent>,
    );
    const state = fold(concernDecider, events);
    if (!state.raised) throw new NotFound('There is no such concern.');
    return { ...state, raised: state.raised };
  }
}
