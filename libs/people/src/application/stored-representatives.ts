import { type Represented, type RepresentativeInForce, Representatives } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { fold, type PlainDate, type Recorded, standingEvents, type Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { ERASED, PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { personDecider, type PersonEvent, personStream } from '../domain/person/person.decider.js';
import {
  representationDecider,
  type RepresentationEvent,
  representationStream,
} from '../domain/representation/representation.decider.js';
import { isInForce, type Representation, scopeLeft } from '../domain/representation/representation.state.js';

/** The register of representatives over the event store: two streams a person in one round trip, as they are known now. */
@Injectable()
export class StoredRepresentatives extends Representatives {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
    @Inject(Database) private readonly database: Database,
  ) {
    super();
  }

  async inForce(tenant: Tenant, personId: string, on: PlainDate): Promise<readonly RepresentativeInForce[]> {
    return (await this.registers(tenant, [personId], on)).get(personId) ?? [];
  }

  async representedBy(tenant: Tenant, representativeId: string, on: PlainDate): Promise<readonly Represented[]> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ personId: string }[]>(
        `select person_id as "personId" from represented_person where tenant = $1 and representative_id = $2 order by 1`,
        [tenant, representativeId],
      ),
    );
    const people = rows.map(({ personId }) => personId);
    const registers = await this.registers(tenant, people, on);
    return people.flatMap((personId) =>
      (registers.get(personId) ?? [])
        .filter((each) => each.personId === representativeId)
        .map(({ representationId, kind, scope, until }) => ({
          personId,
          representationId,
          kind,
          scope,
          ...(until && { until }),
        })),
    );
  }

  private async registers(
    tenant: Tenant,
    people: readonly string[],
    on: PlainDate,
  ): Promise<ReadonlyMap<string, readonly RepresentativeInForce[]>> {
    if (!people.length) return new Map();
    const streams = people.map((personId) => ({
      personId,
      person: personStream({ personId }),
      register: representationStream({ personId }),
    }));
    const stored = await this.store.readStreams(
      tenant,
      streams.flatMap(({ person, register }) => [person, register]),
    );
    const registers = await this.codec.open(streams.flatMap(({ register }) => stored.get(register) ?? []));
    return new Map(
      streams.map(({ personId, person, register }) => {
        const known = standingEvents(stored.get(person) ?? [], {}) as Recorded<PersonEvent>[];
        const told = standingEvents(
          registers.filter(({ stream }) => stream === register),
          {},
        ) as Recorded<RepresentationEvent>[];
        const diedOn = fold(personDecider, known).death?.on;
        const { byId } = fold(representationDecider, told);
        const standing = Object.values(byId).filter((representation) => isInForce(representation, on, diedOn));
        return [personId, standing.map(inForceOf)] as const;
      }),
    );
  }
}

function inForceOf(representation: Representation): RepresentativeInForce {
  const { representationId, kind, representative, until } = representation.appointed;
  const { personId, name } = representative;
  return {
    representationId,
    kind,
    scope: scopeLeft(representation),
    ...(until && { until }),
    ...(personId && { personId }),
    ...(name && name !== ERASED && { name }),
  };
}
