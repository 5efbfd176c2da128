import { type Account, Accounts } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { EventCatalogue, NotFound, type StoredEvent, streamName } from '@caretrail/kernel';
import { recordNumber } from '@caretrail/people/contracts';
import { PersonalCodec } from '@caretrail/privacy';
import {
  type AlertRaisedData,
  alertRaised,
  enquiryConcluded,
  type EnquiryConcludedData,
  type Limbs,
  s42CriteriaDecided,
  type S42CriteriaDecidedData,
} from '@caretrail/safeguarding/contracts';
import type { AsOfDays } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import type { ConcernCard } from './concern-card.js';
import { ConcernQueue } from './concern-queue.query.js';
import { type AdultProtection, type PlanDecision, planEvents, protectionOf } from './protection-of-adult.js';
import { QueuePage } from './queue-page.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One event of a concern, as a line. */
export interface ConcernEventLine {
  readonly eventId: string;
  readonly title: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly by: string;
  readonly authority: string;
  readonly decision: boolean;
}

export interface ConcernContents {
  readonly concern: ConcernCard;
  readonly raisedBy: string;
  readonly alert: AlertRaisedData;
  readonly decision?: S42CriteriaDecidedData;
  /** The parts of s42(1) in the order of the law, once they are decided. */
  readonly parts: readonly { readonly name: string; readonly met: boolean; readonly reasons: string }[];
  readonly conclusion?: EnquiryConcludedData;
  /** The same parts as the enquiry found them. */
  readonly found: readonly { readonly name: string; readonly found: string; readonly reasons: string }[];
  /** Record numbers of the adults, in the order of `conclusion.wishes`. */
  readonly adultsAsked: readonly string[];
  /** How each adult is kept safe, once action was concluded; in the order of the alert. */
  readonly protection: readonly AdultProtection[];
  readonly events: readonly ConcernEventLine[];
  readonly position: bigint;
  readonly team: readonly { readonly value: string; readonly text: string }[];
}

const partNames: Readonly<Record<keyof Limbs, string>> = {
  careAndSupportNeeds: 'Needs for care and support, s42(1)(a)',
  abuseOrNeglect: 'Experiencing or at risk of abuse or neglect, s42(1)(b)',
  unableToProtect: 'Unable to protect themselves because of those needs, s42(1)(c)',
};

/** Puts together a concern as it stood on two days: the alert and the reasons in clear, for the safeguarding team. */
@Injectable()
export class ConcernPage {
  constructor(
    @Inject(ConcernQueue) private readonly queue: ConcernQueue,
    @Inject(QueuePage) private readonly queuePage: QueuePage,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
    @Inject(EventCatalogue) private readonly catalogue: EventCatalogue,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** @throws NotFound when there is no such concern, or it was not known by then */
  async contents(account: Account, concernId: string, asOf: AsOfDays): Promise<ConcernContents> {
    const row = UUID.test(concernId) ? await this.queue.one(account.tenant, asOf, concernId) : undefined;
    if (!row)
      throw new NotFound(
        asOf.isToday ? 'There is no such concern.' : 'The council did not know of this concern on that day.',
      );
    const [concern] = await this.queuePage.cards(account, [row], asOf);
    const stored = await this.store.readStream(account.tenant, streamName('safeguarding.concern', concernId));
    const events = (await this.codec.open(stored)).filter(
      (event) => event.knownOn <= asOf.known && event.metadata.effectiveOn <= asOf.effective,
    );
    const alert = events.find((event) => event.type === alertRaised.type)!.data as AlertRaisedData;
    const decision = events.find((event) => event.id === row.decisionEventId && event.type === s42CriteriaDecided.type)
      ?.data as S42CriteriaDecidedData | undefined;
    const conclusion = events.find(
      (event) => event.id === row.conclusionEventId && event.type === enquiryConcluded.type,
    )?.data as EnquiryConcludedData | undefined;
    const decisions = await this.decisionsOnPlans(account, events);
    const team = (await this.accounts.list(account.tenant)).filter(({ role }) => role === 'safeguarding');
    return {
      concern: concern!,
      raisedBy: await this.accounts.nameOf(account.tenant, row.raisedById),
      alert,
      ...(decision && { decision }),
      parts: decision
        ? (Object.keys(partNames) as (keyof Limbs)[]).map((key) => ({ name: partNames[key], ...decision.limbs[key] }))
        : [],
      ...(conclusion && { conclusion }),
      found: conclusion
        ? (Object.keys(partNames) as (keyof Limbs)[]).map((key) => ({
            name: partNames[key],
            ...conclusion.findings[key],
          }))
        : [],
      adultsAsked: conclusion?.wishes.map(({ adult }) => recordNumber(adult)) ?? [],
      protection: conclusion?.actions.length
        ? concern!.people.map(({ id, label }) => protectionOf({ id, label }, decisions, asOf.effective))
        : [],
      events: await Promise.all(events.map((event) => this.line(account, event))),
      position: events.at(-1)?.position ?? 0n,
      team: team.map(({ id, name }) => ({ value: id, text: name })),
    };
  }

  private async decisionsOnPlans({ tenant }: Account, events: readonly StoredEvent[]): Promise<PlanDecision[]> {
    const ofPlans = events.filter(({ type }) => planEvents.includes(type));
    return Promise.all(
      ofPlans.map(async (event) => {
        const on = event.metadata.effectiveOn;
        const by = await this.accounts.nameOf(tenant, event.metadata.actorId);
        return { type: event.type, data: event.data, on, by } as PlanDecision;
      }),
    );
  }

  private async line(account: Account, event: StoredEvent): Promise<ConcernEventLine> {
    const definition = this.catalogue.get(event.type);
    return {
      eventId: event.id,
      title: definition.title(event.data),
      effectiveOn: event.metadata.effectiveOn,
      recordedAt: event.recordedAt,
      by: await this.accounts.nameOf(account.tenant, event.metadata.actorId),
      authority: event.metadata.legalBasis ?? definition.authority,
      decision: definition.decision,
    };
  }
}
