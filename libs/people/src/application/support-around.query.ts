import { type Account, maySeeNeedToKnow } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import {
  fold,
  londonDate,
  NotFound,
  type PlainDate,
  type Recorded,
  standingEvents,
  type StoredEvent,
} from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AdvocateOfferedData,
  type BestInterestsDecidedData,
  type CapacityAssessedData,
  type CarerIdentifiedData,
  type ConflictOfInterest,
  type ConsentRecordedData,
  type ErasureAgreedData,
  type ErasureExtendedData,
  type ErasureRefusedData,
  type ErasureRequestedData,
  isForSafeguarding,
  type PersonDetails,
  PersonDirectory,
  type PersonLabel,
  recordNumber,
  type RepresentationScope,
  type RepresentativeAppointedData,
  type RepresentativeRevokedData,
} from '../contracts/index.js';
import { advocacyDecider, type AdvocacyEvent, advocacyStream } from '../domain/advocacy/advocacy.decider.js';
import type { Advocacy } from '../domain/advocacy/advocacy.state.js';
import { capacityStream, type CapacityEvent } from '../domain/capacity/capacity.decider.js';
import { consentStream } from '../domain/consent/consent.decider.js';
import { type ErasureEvent, erasureStream } from '../domain/erasure/erasure.decider.js';
import { answerErasureBy } from '../domain/erasure/erasure.policies.js';
import { personDecider, type PersonEvent, personStream } from '../domain/person/person.decider.js';
import { representationStream, type RepresentationEvent } from '../domain/representation/representation.decider.js';
import { isInForce, scopeLeft } from '../domain/representation/representation.state.js';

/** Whether something stands today, and why not. */
export type Standing = 'in force' | 'not yet' | 'over' | 'revoked' | 'ended with the person’s death';

export interface RepresentationRecord {
  readonly representationId: string;
  readonly appointed: RepresentativeAppointedData;
  /** Whoever it is by name, where the register or the directory knows it. */
  readonly name?: string;
  readonly since: PlainDate;
  readonly standing: Standing;
  /** In what they may speak now, when the conflicts of interest have taken theirs. */
  readonly scope: readonly RepresentationScope[];
  readonly conflicts: readonly (ConflictOfInterest & { readonly since: PlainDate })[];
  readonly revoked?: RepresentativeRevokedData & { readonly on: PlainDate };
}

export interface AdvocacyRecord {
  readonly considered: AdvocateOfferedData;
  readonly on: PlainDate;
  readonly required: boolean;
  readonly stands: Advocacy['stands'];
  readonly advocate?: { readonly name: string; readonly organisation: string; readonly since: PlainDate };
  readonly endedOn?: PlainDate;
}

export interface CapacityRecord {
  readonly assessed: CapacityAssessedData;
  readonly on: PlainDate;
  readonly bestInterests?: BestInterestsDecidedData & { readonly on: PlainDate };
}

/** A request to be erased, and what became of it. */
export interface ErasureRecord {
  readonly requested: ErasureRequestedData;
  readonly on: PlainDate;
  /** The last day for the answer. */
  readonly answerBy: PlainDate;
  /** Where the person was told that it takes longer: on which day, and why. */
  readonly extended?: ErasureExtendedData & { readonly on: PlainDate };
  readonly refused?: ErasureRefusedData & { readonly on: PlainDate };
  readonly agreed?: ErasureAgreedData & { readonly on: PlainDate };
  readonly erasedOn?: PlainDate;
}

/** Who speaks for a person and who stands by them, what they could decide, and to what they consented. */
export interface SupportAround {
  readonly personId: string;
  readonly label: PersonLabel;
  readonly representations: readonly RepresentationRecord[];
  readonly advocacy: readonly AdvocacyRecord[];
  readonly capacity: readonly CapacityRecord[];
  readonly consent: readonly (ConsentRecordedData & { readonly on: PlainDate })[];
  /** The last one last. */
  readonly erasures: readonly ErasureRecord[];
  /** For whom they care, unpaid, as it was last said. */
  readonly caring?: CarerIdentifiedData & { readonly on: PlainDate };
  /** Those of them who are said, by name where one is known. */
  readonly caredFor: readonly { readonly personId: string; readonly record: string; readonly name?: string }[];
}

type Told<Event> = Event & { readonly on: PlainDate };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the person's own streams, so that it is never behind. */
@Injectable()
export class SupportAroundQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
  ) {}

  /**
   * As the account may know it: an advocate for a safeguarding enquiry says that there is one.
   * @throws NotFound for an id that this council has registered nobody under
   */
  async of(
    account: Pick<Account, 'tenant' | 'role'>,
    personId: string,
    today: PlainDate = londonDate(new Date()),
  ): Promise<SupportAround> {
    const { tenant } = account;
    const label = await this.labelOf(tenant, personId);
    const streamsOf = [
      personStream,
      representationStream,
      advocacyStream,
      capacityStream,
      consentStream,
      erasureStream,
    ];
    const stored = await this.store.readStreams(
      tenant,
      streamsOf.map((of) => of({ personId })),
    );
    const opened = await this.codec.open([...stored.values()].flat());
    const told = <Event>(of: (typeof streamsOf)[number]) => eventsOf<Event>(opened, of({ personId }));
    const representations = representationsOf(told<RepresentationEvent>(representationStream), today, label.diedOn);
    const caring = told<PersonEvent>(personStream).findLast((event) => event.type === 'people.carer-identified.v1');
    return {
      personId,
      label,
      representations: await this.named(tenant, representations),
      advocacy: advocacyOf(told<Recorded<AdvocacyEvent>>(advocacyStream)).filter(
        ({ considered }) => !isForSafeguarding(considered) || maySeeNeedToKnow(account),
      ),
      capacity: capacityOf(told<CapacityEvent>(capacityStream)),
      erasures: erasuresOf(told<ErasureEvent>(erasureStream)),
      consent: told<{ data: ConsentRecordedData }>(consentStream).map(({ data, on }) => ({ ...data, on })),
      ...(caring && { caring: { ...caring.data, on: caring.on } }),
      caredFor: await this.labelled(tenant, caring?.data.caresFor ?? []),
    };
  }

  /** What is known of somebody. @throws NotFound for an id that this council has registered nobody under */
  async labelOf(tenant: string, personId: string): Promise<PersonLabel> {
    const label = UUID.test(personId) ? (await this.directory.labelsOf(tenant, [personId])).get(personId) : undefined;
    if (!label) throw new NotFound('No person with this id is known here.');
    return label;
  }

  /**
   * Who the person is, as it was last said, with what identifies them in clear.
   * @throws NotFound for an id that this council has registered nobody under
   */
  async detailsOf(tenant: string, personId: string): Promise<PersonDetails> {
    const stored = UUID.test(personId) ? await this.store.readStream(tenant, personStream({ personId })) : [];
    const events = standingEvents(await this.codec.open(stored), {}) as Recorded<PersonEvent>[];
    const { details } = fold(personDecider, events);
    if (!details) throw new NotFound('No person with this id is known here.');
    return details;
  }

  private async labelled(tenant: string, ids: readonly string[]) {
    const labels = await this.directory.labelsOf(tenant, ids);
    return ids.map((personId) => {
      const name = labels.get(personId)?.name;
      return { personId, record: recordNumber(personId), ...(name && { name }) };
    });
  }

  private async named(tenant: string, records: readonly RepresentationRecord[]): Promise<RepresentationRecord[]> {
    const own = records.flatMap(({ appointed }) => appointed.representative.personId ?? []);
    const labels = await this.directory.labelsOf(tenant, own);
    return records.map((record) => {
      const { personId, name = labels.get(personId ?? '')?.name } = record.appointed.representative;
      return { ...record, ...(name && { name }) };
    });
  }
}

function eventsOf<Event>(opened: readonly StoredEvent[], stream: string): Told<Event>[] {
  return opened
    .filter((event) => event.stream === stream)
    .map((event) => ({
      ...(event as unknown as Event),
      effectiveOn: event.metadata.effectiveOn,
      on: event.metadata.effectiveOn,
    }));
}

function representationsOf(
  events: readonly Told<RepresentationEvent>[],
  today: PlainDate,
  diedOn: PlainDate | undefined,
): RepresentationRecord[] {
  return events.flatMap((event) => {
    if (event.type !== 'people.representative-appointed.v1') return [];
    const { representationId } = event.data;
    const of = events.filter(({ data }) => data.representationId === representationId);
    const later = of.flatMap((each) =>
      each.type === 'people.conflict-of-interest-recorded.v1' ? [{ ...each.data.conflict, since: each.on }] : [],
    );
    const conflicts = [...event.data.conflicts.map((each) => ({ ...each, since: event.on })), ...later];
    const [revoked] = of.flatMap((each) =>
      each.type === 'people.representative-revoked.v1' ? [{ ...each.data, on: each.on }] : [],
    );
    const state = {
      appointed: event.data,
      since: event.on,
      conflicts: conflicts.map(({ kind }) => kind),
      ...(revoked && { revokedOn: revoked.on }),
    };
    const standing = standingOf(isInForce(state, today, diedOn), state, today, diedOn);
    return [
      {
        representationId,
        appointed: event.data,
        since: event.on,
        standing,
        scope: scopeLeft(state),
        conflicts,
        ...(revoked && { revoked }),
      },
    ];
  });
}

function standingOf(
  stands: boolean,
  { since, revokedOn, appointed }: { since: PlainDate; revokedOn?: PlainDate; appointed: { until?: PlainDate } },
  today: PlainDate,
  diedOn: PlainDate | undefined,
): Standing {
  if (stands) return 'in force';
  if (since > today) return 'not yet';
  if (revokedOn !== undefined && revokedOn <= today) return 'revoked';
  if (appointed.until !== undefined && appointed.until < today) return 'over';
  return diedOn === undefined ? 'over' : 'ended with the person’s death';
}

function advocacyOf(events: readonly Told<Recorded<AdvocacyEvent>>[]): AdvocacyRecord[] {
  const { byId } = fold(advocacyDecider, events);
  return events.flatMap((event): AdvocacyRecord[] => {
    if (event.type !== 'people.advocate-offered.v1' && event.type !== 'people.advocate-not-required.v1') return [];
    const of = events.filter(({ data }) => data.advocacyId === event.data.advocacyId);
    const last = of.at(-1)!;
    const appointed = of.findLast((each) => each.type === 'people.advocate-appointed.v1');
    const advocate = appointed?.type === 'people.advocate-appointed.v1' && {
      ...appointed.data.advocate,
      since: appointed.on,
    };
    return [
      {
        considered: event.data,
        on: event.on,
        required: event.type === 'people.advocate-offered.v1',
        stands: byId[event.data.advocacyId]!.stands,
        ...(advocate && { advocate }),
        ...(last.type === 'people.advocacy-ended.v1' && { endedOn: last.on }),
      },
    ];
  });
}

function capacityOf(events: readonly Told<CapacityEvent>[]): CapacityRecord[] {
  return events.flatMap((event): CapacityRecord[] => {
    if (event.type !== 'people.capacity-assessed.v1') return [];
    const decided = events.find(
      (each) => each.type === 'people.best-interests-decided.v1' && each.data.capacityId === event.data.capacityId,
    );
    return [
      {
        assessed: event.data,
        on: event.on,
        ...(decided?.type === 'people.best-interests-decided.v1' && {
          bestInterests: { ...decided.data, on: decided.on },
        }),
      },
    ];
  });
}

function erasuresOf(events: readonly Told<ErasureEvent>[]): ErasureRecord[] {
  return events.flatMap((event): ErasureRecord[] => {
    if (event.type !== 'people.erasure-requested.v1') return [];
    const of = events.filter(({ data }) => data.requestId === event.data.requestId);
    const extended = of.find((each) => each.type === 'people.erasure-extended.v1');
    const refused = of.find((each) => each.type === 'people.erasure-refused.v1');
    const agreed = of.find((each) => each.type === 'people.erasure-agreed.v1');
    const erased = of.find((each) => each.type === 'people.person-erased.v1');
    return [
      {
        requested: event.data,
        on: event.on,
        answerBy: extended?.data.answerBy ?? answerErasureBy(event),
        ...(extended && { extended: { ...extended.data, on: extended.on } }),
        ...(refused && { refused: { ...refused.data, on: refused.on } }),
        ...(agreed && { agreed: { ...agreed.data, on: agreed.on } }),
        ...(erased && { erasedOn: erased.on }),
      },
    ];
  });
}

/** The request that waits for its answer, or for being carried out. */
export const openErasureOf = ({ erasures }: Pick<SupportAround, 'erasures'>): ErasureRecord | undefined =>
  erasures.find(({ refused, erasedOn }) => !refused && !erasedOn);
