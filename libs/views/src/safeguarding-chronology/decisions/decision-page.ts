import { type Account, Accounts, maySeeNeedToKnow, type Role } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { EventCatalogue, formatDate, londonClock, londonDate, NotFound, type StoredEvent } from '@caretrail/kernel';
import { PersonDirectory, type PersonLabel } from '@caretrail/people/contracts';
import { type PageAgain, type Shown, shownFrom } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { Chronology, type ChronologyEntry } from '../chronology.query.js';
import type { Eyes } from '../shoes/shoe.js';
import { type SeenEvent, ShoesPage, standing } from '../shoes/shoes-page.js';

const FAR = '9999-12-31';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Who answers for decisions. */
export const readers: readonly Role[] = ['practitioner', 'safeguarding', 'finance', 'broker'];

/** A decision about a person, in a list. */
export interface DecisionLine {
  readonly eventId: string;
  readonly title: string;
  readonly on: string;
  readonly by: string;
  /** Whether it keeps what its maker was shown. */
  readonly kept: boolean;
}

/** A decision, and the history as its maker had it before them. */
export interface DecisionRecord {
  readonly eventId: string;
  readonly personId: string;
  readonly label?: PersonLabel;
  readonly title: string;
  readonly authority: string;
  readonly by: string;
  readonly role: string;
  /** London day and clock time. */
  readonly decided: string;
  readonly effectiveOn: string;
  /** Undefined where the decision does not say: then the history is that just before it. */
  readonly shown?: Shown;
  readonly shownAt?: string;
  readonly events: readonly SeenEvent[];
  /** Titles of what was recorded between what was shown and the decision. */
  readonly between: readonly string[];
  /** Titles of what is about the same days, and became known only after the decision. */
  readonly later: readonly string[];
}

/** Puts on the screen again what the maker of a decision was shown. */
@Injectable()
export class DecisionPage {
  constructor(
    @Inject(Chronology) private readonly chronology: Chronology,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(EventCatalogue) private readonly catalogue: EventCatalogue,
    @Inject(ShoesPage) private readonly shoes: ShoesPage,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** The decisions about a person, the newest first. */
  async of(account: Account, personId: string): Promise<DecisionLine[]> {
    const entries = await this.entries(account, personId);
    const decisions = entries.filter(({ decision }) => decision).toReversed();
    const ids = decisions.map(({ eventId }) => eventId);
    const stored = await this.store.readEvents(account.tenant, ids);
    const byId = new Map(stored.map((event) => [event.id, event]));
    const lines = await Promise.all(
      decisions.map(async ({ eventId, effectiveOn, actorId }) => {
        const event = byId.get(eventId);
        if (!event || !this.mayKnow(account, event)) return [];
        return {
          eventId,
          title: this.catalogue.get(event.type).title(event.data),
          on: effectiveOn,
          by: await this.accounts.nameOf(account.tenant, actorId, event.metadata.actorRole),
          kept: event.metadata.shown !== undefined,
        };
      }),
    );
    return lines.flat();
  }

  /** @throws NotFound for what is no decision, or none that this reader may know of */
  async record(account: Account, personId: string, eventId: string): Promise<DecisionRecord> {
    const entries = await this.entries(account, personId);
    const entry = entries.find((each) => each.eventId === eventId && each.decision);
    const [event] = entry ? await this.store.readEvents(account.tenant, [eventId]) : [];
    if (!entry || !event || !this.mayKnow(account, event))
      throw new NotFound('No such decision about this person is known here.');
    const { metadata } = event;
    const shown = metadata.shown === undefined ? undefined : shownFrom(metadata.shown);
    const position = BigInt(entry.position);
    const upTo = shown?.position ?? position - 1n;
    const [effective, known] = [shown?.effectiveOn ?? FAR, shown?.knownOn ?? FAR];
    const inView = (each: ChronologyEntry): boolean =>
      BigInt(each.position) <= upTo && each.effectiveOn <= effective && each.knownOn <= known;
    const after = (each: ChronologyEntry): boolean => BigInt(each.position) > position;
    const before = (each: ChronologyEntry): boolean => BigInt(each.position) > upTo && BigInt(each.position) < position;
    const makerKnew = (each: ChronologyEntry): boolean => !each.needToKnow || metadata.actorRole === 'safeguarding';
    const seen = await this.shoes.seen(
      account.tenant,
      standing(entries.filter((each) => inView(each) && makerKnew(each))),
      eyesOf(metadata.actorRole, account),
      personId,
    );
    const label = (await this.people.labelsOf(account.tenant, [personId])).get(personId);
    const definition = this.catalogue.get(event.type);
    return {
      eventId,
      personId,
      ...(label && { label }),
      title: definition.title(event.data),
      authority: metadata.legalBasis ?? definition.authority,
      by: await this.accounts.nameOf(account.tenant, metadata.actorId, metadata.actorRole),
      role: metadata.actorRole,
      decided: moment(event.recordedAt),
      effectiveOn: metadata.effectiveOn,
      ...(shown && { shown, shownAt: moment(shown.at) }),
      events: seen.flatMap((each) => ('hidden' in each ? [] : each)),
      between: await this.titles(account, entries.filter(before)),
      later: await this.titles(
        account,
        entries.filter((each) => after(each) && each.effectiveOn <= metadata.effectiveOn),
      ),
    };
  }

  /**
   * What the maker of a decision was shown, and in words by whom and when: for drawing the page again.
   * @throws NotFound for what is no decision, for one that does not keep it, and for one that this reader may not know of
   */
  async shownTo(account: Account, eventId: string): Promise<PageAgain & { readonly shown: Shown }> {
    const [event] =
      readers.includes(account.role) && UUID.test(eventId)
        ? await this.store.readEvents(account.tenant, [eventId])
        : [];
    const shown = event?.metadata.shown === undefined ? undefined : shownFrom(event.metadata.shown);
    if (!event || !shown || !this.mayKnow(account, event))
      throw new NotFound('No decision with this id keeps here what its maker was shown.');
    const [personId] = this.catalogue.get(event.type).people(event.data);
    return {
      shown,
      at: moment(shown.at),
      by: await this.accounts.nameOf(account.tenant, event.metadata.actorId, event.metadata.actorRole),
      href: `/people/${personId}/decisions/${eventId}`,
    };
  }

  private entries(account: Account, personId: string): Promise<ChronologyEntry[]> {
    const { tenant } = account;
    return this.chronology.of(
      { tenant, needToKnow: maySeeNeedToKnow(account), effective: FAR, known: FAR },
      personId.toLowerCase(),
    );
  }

  private async titles(account: Account, entries: readonly ChronologyEntry[]): Promise<string[]> {
    const events = await this.store.readEvents(
      account.tenant,
      entries.map(({ eventId }) => eventId),
    );
    return events
      .filter((event) => this.mayKnow(account, event))
      .map((event) => `${formatDate(event.metadata.effectiveOn)}: ${this.catalogue.get(event.type).title(event.data)}`);
  }

  private mayKnow(account: Account, event: StoredEvent): boolean {
    return !this.catalogue.get(event.type).needToKnow(event.data) || maySeeNeedToKnow(account);
  }
}

const moment = (instant: string): string => `${formatDate(londonDate(instant))}, ${londonClock(instant)}`;

/**
 * The eyes of whoever decided, and never more than those of whoever reads it now: a role without shoes of its own sees no
 * more than a practitioner.
 */
function eyesOf(role: string, reader: Account): Eyes {
  const onMoney = (each: string): boolean => each === 'finance' || each === 'broker';
  if (role === 'safeguarding' && maySeeNeedToKnow(reader)) return 'safeguarding';
  if (role === 'person' || role === 'commissioner') return onMoney(reader.role) ? 'finance' : role;
  return onMoney(role) || onMoney(reader.role) ? 'finance' : 'practitioner';
}
