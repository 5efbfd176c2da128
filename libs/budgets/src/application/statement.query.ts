import { EventStore } from '@caretrail/event-store';
import { fold, NotFound, type PlainDate, type StoredEvent, unreachable } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type {
  BudgetDeploymentChosenData,
  ChangeCause,
  FinancialAssessmentRecordedData,
  OneOffSum,
  PersonalBudgetAgreedData,
} from '../contracts/index.js';
import { allocationStream } from '../domain/allocation/allocation.decider.js';
import { fundingDecider, type FundingEvent, fundingStreamOf } from '../domain/funding/funding.decider.js';
import { type Amounts, byCadence, type HeldStream } from '../domain/funding/funding.state.js';
import { type PersonalBudgetEvent, personalBudgetStream } from '../domain/personal-budget/personal-budget.decider.js';
import { type Allocation, allocationOf } from './allocation.query.js';
import { openedStream, recorded } from './opened-stream.js';

/** An event that a figure of the statement rests on. */
export interface Ground {
  readonly eventId: string;
  readonly what: string;
  readonly on: PlainDate;
}

/** The statement of Care Act 2014 s26 as it stands after an event. Money is whole pence; weekly, where nothing else is said. */
export interface Statement {
  readonly budgetId: string;
  readonly personId: string;
  readonly status: 'drafted' | 'agreed' | 'revised' | 'closed';
  /** The newest event that it rests on: by this number it is rebuilt, to the penny, whatever comes later. */
  readonly number: string;
  /** The day of the number's event: what of the other money is running is said of this day. */
  readonly asOf: PlainDate;
  /** From this day the amounts are true. */
  readonly trueFrom?: PlainDate;
  readonly decidedBy?: string;
  readonly costPencePerWeek: number;
  readonly contributionPencePerWeek?: number;
  readonly councilPencePerWeek?: number;
  readonly oneOff: readonly OneOffSum[];
  readonly reasons?: string;
  readonly cause?: ChangeCause;
  readonly means?: Pick<FinancialAssessmentRecordedData, 'outcome' | 'contributionPencePerWeek' | 'reasons'> & {
    readonly on: PlainDate;
  };
  /** `current` is false where the council's amount has changed since. */
  readonly deployment?: BudgetDeploymentChosenData & { readonly on: PlainDate; readonly current: boolean };
  readonly closed?: { readonly on: PlainDate; readonly reason: string };
  /** Other public money that runs on the day, and its sums by cadence; never part of the amounts above. */
  readonly otherMoney: readonly HeldStream[];
  readonly otherMoneyByCadence: Amounts;
  readonly allocation: Pick<Allocation, 'assessmentId' | 'needs' | 'indicative'>;
  readonly restsOn: readonly Ground[];
}

/** Builds the statement from the streams of the budget, the allocation and the other money. */
@Injectable()
export class StatementQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /**
   * @param at the number of a statement; the newest when it is left out
   * @throws NotFound for an id without a personal budget, or a number that is not of this one
   */
  async get(tenant: string, budgetId: string, at?: string): Promise<Statement> {
    const read = (stream: string) => openedStream(this.store, this.codec, tenant, stream);
    const [own, allocated] = await Promise.all([
      read(personalBudgetStream({ budgetId })),
      read(allocationStream({ allocationId: budgetId })),
    ]);
    const [first] = own as readonly StoredEvent<{ personId: string }>[];
    if (!first) throw new NotFound('No personal budget with this id is known here.');
    const funding = await read(fundingStreamOf(first.data));
    const last = at === undefined ? undefined : [...own, ...funding].find(({ id }) => id === at)?.position;
    if (at !== undefined && (last === undefined || last < first.position))
      throw new NotFound('No statement of this personal budget has this number.');
    const until = (events: readonly StoredEvent[]) =>
      last === undefined ? events : events.filter(({ position }) => position <= last);
    return statementOf(budgetId, until(own), until(allocated), until(funding));
  }
}

function statementOf(
  budgetId: string,
  own: readonly StoredEvent[],
  allocated: readonly StoredEvent[],
  funding: readonly StoredEvent[],
): Statement {
  const allocation = allocationOf(allocated)!;
  const newest = [...own, ...funding].reduce((one, other) => (other.position > one.position ? other : one));
  const asOf = newest.metadata.effectiveOn;
  const { streams } = fold(fundingDecider, recorded<FundingEvent>(funding));
  const otherMoney = streams.filter(({ from, to }) => from <= asOf && (to === undefined || asOf <= to));
  let statement: Statement = {
    budgetId,
    personId: allocation.personId,
    status: 'drafted',
    number: newest.id,
    asOf,
    costPencePerWeek: 0,
    oneOff: [],
    otherMoney,
    otherMoneyByCadence: byCadence(otherMoney),
    allocation: {
      assessmentId: allocation.assessmentId,
      needs: allocation.needs,
      ...(allocation.indicative && { indicative: allocation.indicative }),
    },
    restsOn: [...groundsOf(allocation), ...otherMoney.flatMap((stream) => groundOf(stream, funding))],
  };
  for (const event of own) statement = apply(statement, event as StoredEvent & PersonalBudgetEvent);
  return statement;
}

function apply(statement: Statement, event: StoredEvent & PersonalBudgetEvent): Statement {
  const on = event.metadata.effectiveOn;
  const ground = (what: string) => ({ restsOn: [...statement.restsOn, { eventId: event.id, what, on }] });
  switch (event.type) {
    case 'budgets.personal-budget-drafted.v1':
      return { ...statement, costPencePerWeek: event.data.costPencePerWeek };
    case 'budgets.financial-assessment-recorded.v1': {
      const { outcome, contributionPencePerWeek, reasons } = event.data;
      return {
        ...statement,
        ...ground('Financial assessment'),
        means: { outcome, contributionPencePerWeek, reasons, on },
      };
    }
    case 'budgets.personal-budget-agreed.v1':
      return { ...statement, ...amounts(event.data), ...decided(event), ...ground('Agreed'), status: 'agreed' };
    case 'budgets.personal-budget-revised.v1': {
      const { deployment } = statement;
      const current = deployment?.councilPencePerWeek === event.data.councilPencePerWeek;
      return {
        ...statement,
        ...amounts(event.data),
        ...decided(event),
        ...ground('Revised'),
        status: 'revised',
        cause: event.data.cause,
        ...(deployment && { deployment: { ...deployment, current } }),
      };
    }
    case 'budgets.budget-deployment-chosen.v1':
      return { ...statement, ...ground('Way to hold it'), deployment: { ...event.data, on, current: true } };
    case 'budgets.personal-budget-closed.v1':
      return { ...statement, ...ground('Closed'), status: 'closed', closed: { on, reason: event.data.reason } };
    default:
      return unreachable(event);
  }
}

const amounts = ({
  costPencePerWeek,
  contributionPencePerWeek,
  councilPencePerWeek,
  oneOff,
  reasons,
}: Pick<
  PersonalBudgetAgreedData,
  'costPencePerWeek' | 'contributionPencePerWeek' | 'councilPencePerWeek' | 'oneOff' | 'reasons'
>) => ({ costPencePerWeek, contributionPencePerWeek, councilPencePerWeek, oneOff, reasons });

const decided = ({ metadata }: StoredEvent) => ({ trueFrom: metadata.effectiveOn, decidedBy: metadata.actorId });

/** From the answers over the rulebook to the final amount: what the cost rests on. */
function groundsOf({ indicative, budget, overrides, check }: Allocation): Ground[] {
  const ground = (what: string, done: { eventId: string; on: PlainDate } | undefined): Ground[] =>
    done ? [{ what, eventId: done.eventId, on: done.on }] : [];
  const approved = overrides.findLast(({ decided: decision }) => decision?.approved)?.decided;
  return [
    ...(indicative?.answersFrom ?? []).map((eventId) => ({ eventId, what: 'Answers', on: indicative!.on })),
    ...(indicative
      ? [
          {
            eventId: indicative.rulebook.eventId,
            what: `Rulebook, version ${indicative.rulebook.version}`,
            on: indicative.rulebook.effectiveFrom,
          },
        ]
      : []),
    ...ground('Indicative budget', indicative),
    ...ground('Another amount approved', approved),
    ...ground('Check at local prices', check),
    ...ground('Allocation made final', budget && { eventId: budget.eventId, on: budget.allocatedOn }),
  ];
}

const groundOf = ({ fundingId, kind, from }: HeldStream, funding: readonly StoredEvent[]): Ground[] =>
  funding
    .filter(({ data }) => (data as { fundingId?: string }).fundingId === fundingId)
    .slice(-1)
    .map(({ id }) => ({ eventId: id, what: kind, on: from }));
