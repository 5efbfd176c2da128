import { type Account } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { type AsOf, fold, idOf, NotFound, type PlainDate, type Recorded, standingEvents } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type {
  ContributorRole,
  OpenSpecificationData,
  SpecificationPublishedData,
  SpecificationVersionWrittenData,
} from '../contracts/index.js';
import {
  specificationCategory,
  specificationDecider,
  type SpecificationEvent,
  specificationStream,
  tookPart,
} from '../domain/service-specification/service-specification.decider.js';

/** What somebody wants of a service, and what became of it. */
export interface Contribution {
  readonly contributionId: string;
  readonly role: ContributorRole;
  readonly people: number;
  readonly way: string;
  readonly on: PlainDate;
  /** In their own words; left out for whoever may not read them. */
  readonly inTheirWords?: string;
  /** True for whoever made it. */
  readonly own: boolean;
  /** Of the newest version that answers it. */
  readonly answer?: { readonly version: number; readonly takenUp: boolean; readonly answer: string };
}

export interface Version extends Pick<SpecificationVersionWrittenData, 'version' | 'sections'> {
  readonly on: PlainDate;
  readonly takenUp: number;
  readonly publishedOn?: PlainDate;
}

/** A specification as it stands on a day. */
export interface Specification extends OpenSpecificationData {
  readonly stage: 'being written' | 'published' | 'withdrawn';
  readonly openedOn: PlainDate;
  readonly contributions: readonly Contribution[];
  /** How many people took part, as what. */
  readonly tookPart: readonly { readonly role: string; readonly people: number }[];
  /** The newest first. */
  readonly versions: readonly Version[];
  /** What holds. */
  readonly published?: Version & Pick<SpecificationPublishedData, 'tookPart' | 'withoutLivedExperience'>;
  readonly withdrawn?: { readonly on: PlainDate; readonly reason: string };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHOWN = 200;

/** Reads specifications from their own streams, so that they are never behind. */
@Injectable()
export class SpecificationQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** All of the council, by title. */
  async all(account: Account, days: AsOf = {}): Promise<readonly Specification[]> {
    const found: Specification[] = [];
    for (let after = ''; found.length < SHOWN;) {
      const streams = await this.store.streamsOf(account.tenant, specificationCategory, after, SHOWN);
      if (!streams.length) break;
      for (const stream of streams) found.push(...(await this.read(account, idOf(stream), days)));
      after = streams.at(-1)!;
    }
    return found.sort((one, other) => one.title.localeCompare(other.title, 'en-GB'));
  }

  /** @throws NotFound for an id under which nothing was opened by then */
  async get(account: Account, specificationId: string, days: AsOf = {}): Promise<Specification> {
    const [found] = UUID.test(specificationId) ? await this.read(account, specificationId, days) : [];
    if (!found) throw new NotFound('There is no specification with this id. Look at the list of specifications.');
    return found;
  }

  private async read(
    account: Account,
    specificationId: string,
    { effectiveOn, knownOn }: AsOf,
  ): Promise<Specification[]> {
    const stored = await this.store.readStream(account.tenant, specificationStream({ specificationId }));
    const inEffect = stored.filter(({ metadata }) => effectiveOn === undefined || metadata.effectiveOn <= effectiveOn);
    const events = standingEvents(await this.codec.open(inEffect), { knownOn });
    return events.length ? [told(events as Recorded<SpecificationEvent>[], account)] : [];
  }
}

/** The words of a contribution are for whoever made it, and for those who write the specification. */
const mayRead = ({ role, personId }: Account, by: string | undefined): boolean =>
  role === 'commissioner' || (personId !== undefined && personId === by);

function told(events: readonly Recorded<SpecificationEvent>[], account: Account): Specification {
  const of = <Type extends SpecificationEvent['type']>(type: Type) =>
    events.filter((event): event is Recorded<SpecificationEvent & { type: Type }> => event.type === type);
  const [opened] = of('commissioning.specification-opened.v1');
  const published = of('commissioning.specification-published.v1');
  const written = of('commissioning.specification-version-written.v1');
  const [withdrawn] = of('commissioning.specification-withdrawn.v1');
  const versions = written.map(({ data: { version, sections, answers }, effectiveOn }): Version => {
    const publishedOn = published.find(({ data }) => data.version === version)?.effectiveOn;
    const takenUp = answers.filter((each) => each.takenUp).length;
    return { version, sections, on: effectiveOn, takenUp, ...(publishedOn && { publishedOn }) };
  });
  const answers = new Map(
    written.flatMap(({ data: { version, answers: given } }) =>
      given.map(({ contributionId, takenUp, answer }) => [contributionId, { version, takenUp, answer }] as const),
    ),
  );
  const contributions = of('commissioning.specification-contributed.v1').map(({ data, effectiveOn }): Contribution => {
    const { contributionId, role, people, way, personId, inTheirWords } = data;
    const answer = answers.get(contributionId);
    return {
      contributionId,
      role,
      people,
      way,
      on: effectiveOn,
      own: personId !== undefined && personId === account.personId,
      ...(mayRead(account, personId) && { inTheirWords }),
      ...(answer && { answer }),
    };
  });
  const last = published.at(-1);
  const holds = last && versions.find(({ version }) => version === last.data.version);
  return {
    ...opened!.data,
    stage: withdrawn ? 'withdrawn' : last ? 'published' : 'being written',
    openedOn: opened!.effectiveOn,
    contributions,
    tookPart: tookPart(fold(specificationDecider, events).contributions),
    versions: versions.toReversed(),
    ...(holds && {
      published: { ...holds, tookPart: last.data.tookPart, withoutLivedExperience: last.data.withoutLivedExperience },
    }),
    ...(withdrawn && { withdrawn: { on: withdrawn.effectiveOn, reason: withdrawn.data.reason } }),
  };
}
