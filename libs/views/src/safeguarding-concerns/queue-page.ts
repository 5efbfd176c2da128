import { type Account, Accounts, maySeePersonal } from '@caretrail/access';
import { type Clock, formatDate } from '@caretrail/kernel';
import { PersonDirectory } from '@caretrail/people/contracts';
import { clockRules } from '@caretrail/safeguarding/contracts';
import { type AsOfDays, columns, type DrawnChart } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { type ConcernCard, concernCard } from './concern-card.js';
import { clockMoment } from './concern-clock.js';
import {
  type ConcernEvidence,
  ConcernQueue,
  type ConcernRow,
  type ConcernStage,
  type ConcernWeek,
} from './concern-queue.query.js';
import { type QueueRequest, queueRequest } from './queue-request.js';

const WEEKS = 10;
/** More than a team can have open; beyond it the page says so. */
const OPEN_LIMIT = 300;
const PAGE_SIZE = 50;

/** A group of the queue, with its own heading. */
export interface QueueGroup {
  readonly id: string;
  readonly title: string;
  readonly concerns: readonly ConcernCard[];
  /** Said when it is empty. */
  readonly empty: string;
}

export interface QueueContents {
  readonly request: QueueRequest;
  readonly counts: Readonly<Record<ConcernStage, number>>;
  /** Overdue, due today and later: every concern stands in one of them. None on the tabs of what is decided. */
  readonly groups: readonly QueueGroup[];
  /** Those of the groups that nobody has. */
  readonly withoutOwner: readonly ConcernCard[];
  /** On the tabs of what is decided. */
  readonly decided: readonly ConcernCard[];
  readonly pages: number;
  /** More wait than are shown. */
  readonly notShown: number;
  /** People who can own a concern, and those who ever did. */
  readonly owners: readonly { readonly id: string; readonly name: string; readonly inTeam: boolean }[];
  readonly weeks: readonly ConcernWeek[];
  readonly chart: DrawnChart;
  readonly chartAnswer: string;
  readonly evidence: ConcernEvidence;
  readonly now: string;
  readonly rulesVersion: string;
}

/** Puts together what the concern queue shows to an account, as of two days. */
@Injectable()
export class QueuePage {
  constructor(
    @Inject(ConcernQueue) private readonly queue: ConcernQueue,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  async contents(account: Account, query: Readonly<Record<string, unknown>>, asOf: AsOfDays): Promise<QueueContents> {
    const { tenant } = account;
    const owners = await this.ownersFor(account, asOf);
    const request = queueRequest(query);
    const { stage, filter, page } = request;
    const open = stage === 'to-decide';
    const paging = open ? { limit: OPEN_LIMIT, offset: 0 } : { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const [counts, rows, weeks, evidence] = await Promise.all([
      this.queue.counts(tenant, asOf, filter),
      this.queue.rows(tenant, asOf, filter, stage, paging),
      this.queue.weeks(tenant, asOf, filter, WEEKS),
      this.queue.evidence(tenant, asOf),
    ]);
    const cards = await this.cards(account, rows, asOf);
    const now = clockMoment(asOf.effective, this.clock.now(tenant));
    return {
      request,
      counts,
      groups: open ? groupsOf(cards, asOf.isToday) : [],
      withoutOwner: open ? cards.filter((card) => !card.ownerId) : [],
      decided: open ? [] : cards,
      pages: open ? 1 : Math.max(1, Math.ceil(counts[stage] / PAGE_SIZE)),
      notShown: open ? counts[stage] - rows.length : 0,
      owners,
      weeks,
      ...drawWeeks(weeks),
      evidence,
      now,
      rulesVersion: clockRules.version,
    };
  }

  /** Rows with names, ages, owners and clocks, as this account may see them. */
  async cards(account: Account, rows: readonly ConcernRow[], asOf: AsOfDays): Promise<ConcernCard[]> {
    const ids = [...new Set(rows.flatMap((row) => row.adults))];
    const labels = maySeePersonal(account)
      ? await this.people.labelsOf(account.tenant, ids, asOf.known === asOf.today ? undefined : asOf.known)
      : new Map();
    const actors = [
      ...new Set(rows.flatMap((row) => [row.ownerId, row.decidedById, row.concludedById, row.raisedById])),
    ];
    const accounts = new Map<string, string>();
    for (const id of actors) if (id) accounts.set(id, await this.accounts.nameOf(account.tenant, id));
    const now = clockMoment(asOf.effective, this.clock.now(account.tenant));
    return rows.map((row) => concernCard(row, { labels, accounts, day: asOf.effective, now }));
  }

  private async ownersFor(account: Account, asOf: AsOfDays): Promise<QueueContents['owners']> {
    const team = (await this.accounts.list(account.tenant)).filter(({ role }) => role === 'safeguarding');
    const known = new Set(team.map(({ id }) => id));
    const former = (await this.queue.owners(account.tenant, asOf)).filter((id) => !known.has(id));
    return [
      ...team.map(({ id, name }) => ({ id, name, inTeam: true })),
      ...(await Promise.all(
        former.map(async (id) => ({ id, name: await this.accounts.nameOf(account.tenant, id), inTeam: false })),
      )),
    ];
  }
}

function groupsOf(cards: readonly ConcernCard[], isToday: boolean): QueueGroup[] {
  const of = (group: string) => cards.filter((card) => card.clock?.group === group);
  const day = isToday ? 'today' : 'that day';
  return [
    { id: 'overdue', title: 'Overdue', concerns: of('overdue'), empty: 'no concern is over its time' },
    { id: 'today', title: `Due ${day}`, concerns: of('today'), empty: `no concern is due later ${day}` },
    { id: 'later', title: 'Later', concerns: of('later'), empty: 'no concern is due on a later day' },
  ];
}

function drawWeeks(weeks: readonly ConcernWeek[]): { chart: DrawnChart; chartAnswer: string } {
  const raised = weeks.reduce((sum, week) => sum + week.raised, 0);
  const decided = weeks.reduce((sum, week) => sum + week.decided, 0);
  const chartAnswer = `In the last ${weeks.length} weeks ${raised} ${raised === 1 ? 'concern was' : 'concerns were'} raised and ${decided} decided.`;
  const chart = columns({
    id: 'concerns-by-week',
    title: chartAnswer,
    unit: 'week from Monday',
    categories: weeks.map(({ monday }) => formatDate(monday, 'short')),
    series: [
      { name: 'raised', own: true, values: weeks.map((week) => week.raised) },
      { name: 'decided', own: false, values: weeks.map((week) => week.decided) },
    ],
  });
  return { chart, chartAnswer };
}
