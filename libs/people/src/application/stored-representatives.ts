import { type RepresentativeInForce, Representatives } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { fold, type PlainDate, type Recorded, standingEvents, type Tenant } from '@caretrail/kernel';
import { ERASED, PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { personDecider, type PersonEvent, personStream } from '../domain/person/person.decider.js';
import {
  representationDecider,
  type RepresentationEvent,
  representationStream,
} from '../domain/representation/representation.decider.js';
import { isInForce, scopeLeft } from '../domain/representation/representation.state.js';

/** The register of representatives over the event store: two streams in one round trip, as they are known now. */
@Injectable()
export class StoredRepresentatives extends Representatives {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {
    super();
  }

  async inForce(tenant: Tenant, personId: string, on: PlainDate): Promise<readonly RepresentativeInForce[]> {
    const streams = { person: personStream({ personId }), register: representationStream({ personId }) };
    const stored = await this.store.readStreams(tenant, [streams.person, streams.register]);
    const register = standingEvents(await this.codec.open(stored.get(streams.register) ?? []), {});
    const person = standingEvents(stored.get(streams.person) ?? [], {});
    const diedOn = fold(personDecider, person as Recorded<PersonEvent>[]).death?.on;
    const { byId } = fold(representationDecider, register as Recorded<RepresentationEvent>[]);
    return Object.values(byId)
      .filter((representation) => isInForce(representation, on, diedOn))
      .map((representation) => {
        const { representationId, kind, representative } = representation.appointed;
        const { personId: own, name } = representative;
        return {
          representationId,
          kind,
          scope: scopeLeft(representation),
          ...(own && { personId: own }),
          ...(name && name !== ERASED && { name }),
        };
      });
  }
}
