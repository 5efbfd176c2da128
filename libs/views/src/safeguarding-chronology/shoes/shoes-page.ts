import { type Account, Accounts } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { EventCatalogue, NotFound, type PlainDate, type Tenant } from '@caretrail/kernel';
import { PersonDirectory, type PersonLabel } from '@caretrail/people/contracts';
import { PersonalCodec } from '@caretrail/privacy';
import type { AsOfDays } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { Chronology, type ChronologyEntry } from '../chronology.query.js';
import { type Eyes, type Reason, reasons, type Shoe, withoutTrace } from './shoe.js';
import { shoeTable } from './shoe-table.js';
import { type SeenField, seenIn } from './seen-in.js';

const READ_AT_ONCE = 500;

/** An event as a shoe sees it, with who and when. */
export interface SeenEvent {
  readonly eventId: string;
  /** A day, or for a commissioner a month: `2026-03`. */
  readonly on: string;
  readonly knownOn: string;
  readonly decision: boolean;
  readonly who: string;
  readonly authority: string;
  readonly title: string;
  readonly fields: readonly SeenField[];
}

/** A person's history as a shoe sees it: what it shows, and how much it keeps, for which reasons. */
export interface SeenHistory {
  readonly label?: PersonLabel;
  readonly events: readonly SeenEvent[];
  readonly kept: readonly { readonly reason: string; readonly events: number; readonly fields: number }[];
  readonly position: string;
}

/** Shows one history as each may see it. */
@Injectable()
export class ShoesPage {
  constructor(
    @Inject(Chronology) private readonly chronology: Chronology,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(EventCatalogue) private readonly catalogue: EventCatalogue,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** @throws NotFound when nobody had this record by then */
  async history(
    account: Account,
    personId: string,
    shoe: Shoe,
    { effective, known, today }: AsOfDays,
  ): Promise<SeenHistory> {
    const { tenant } = account;
    const labels = await this.people.labelsOf(tenant, [personId], known === today ? undefined : known);
    const label = labels.get(personId);
    if (!label) throw new NotFound('Nobody with this record was known here on that day.');
    const entries = standing(await this.chronology.of({ tenant, needToKnow: false, effective, known }, personId));
    const events: SeenEvent[] = [];
    const kept = new Map<Reason, { events: number; fields: number }>();
    const keep = (reason: Reason, what: 'events' | 'fields') => {
      if (withoutTrace.includes(reason)) return;
      const counted = kept.get(reason) ?? { events: 0, fields: 0 };
      kept.set(reason, { ...counted, [what]: counted[what] + 1 });
    };
    for (const seen of await this.seen(tenant, entries, shoe, personId)) {
      if ('hidden' in seen) {
        keep(seen.hidden, 'events');
        continue;
      }
      events.push(seen);
      for (const field of seen.fields) if (field.kept) keep(field.kept, 'fields');
    }
    return {
      ...(shoe !== 'commissioner' && { label }),
      events,
      kept: [...kept].map(([reason, counted]) => ({ reason: reasons[reason], ...counted })),
      position: await this.chronology.position(tenant),
    };
  }

  /** Each entry of one person's chronology as these eyes see it, in order. */
  async seen(
    tenant: Tenant,
    entries: readonly ChronologyEntry[],
    eyes: Eyes,
    personId: string,
  ): Promise<(SeenEvent | { readonly hidden: Reason })[]> {
    const stored = new Map<string, Awaited<ReturnType<EventStore['readEvents']>>[number]>();
    for (let from = 0; from < entries.length; from += READ_AT_ONCE) {
      const ids = entries.slice(from, from + READ_AT_ONCE).map(({ eventId }) => eventId);
      for (const event of await this.codec.open(await this.store.readEvents(tenant, ids))) stored.set(event.id, event);
    }
    return Promise.all(
      entries.map(async (entry) => {
        const event = stored.get(entry.eventId);
        if (!event) throw new Error(`Event ${entry.eventId} of a chronology is not in the store.`);
        const seen = seenIn(eyes, event, this.catalogue.get(event.type), shoeTable[event.type], personId);
        if ('hidden' in seen) return seen;
        const { eventId, effectiveOn, knownOn, decision, authority, source, actorId, actorRole } = entry;
        // With few people like this one an exact day says who they are.
        const shownDay = (day: PlainDate): string => (eyes === 'commissioner' ? day.slice(0, 7) : day);
        return {
          eventId,
          on: shownDay(effectiveOn),
          knownOn: shownDay(knownOn),
          decision,
          authority,
          who: source ?? (await this.whoOf(tenant, actorId, actorRole, eyes)),
          ...seen,
        };
      }),
    );
  }

  private async whoOf(tenant: Tenant, actorId: string, actorRole: string, eyes: Eyes): Promise<string> {
    // Nobody: what follows from an event by a rule of the program.
    if (actorRole === 'process') return 'Caretrail, by rule';
    return eyes === 'commissioner' ? actorRole : this.accounts.nameOf(tenant, actorId, actorRole);
  }
}

/** What no later event among them corrects. */
export function standing(entries: readonly ChronologyEntry[]): readonly ChronologyEntry[] {
  const corrected = new Set(entries.flatMap(({ corrects }) => corrects ?? []));
  return entries.filter(({ eventId }) => !corrected.has(eventId));
}
