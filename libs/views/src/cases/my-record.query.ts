import {
  type AssessmentCompletedData,
  type CarerOutcome,
  type Outcome,
  type assessmentCompleted,
  type assessmentCorrected,
} from '@caretrail/assessment/contracts';
import type { BudgetAllocatedData, PersonalBudgetAgreedData } from '@caretrail/budgets/contracts';
import { EventStore } from '@caretrail/event-store';
import type { EventOf, PlainDate, StoredEvent } from '@caretrail/kernel';
import type { Contributor, ReasonNotMet, SupportPlanAgreedData } from '@caretrail/planning/contracts';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { FactKind } from './case-facts.js';
import { openAssessmentOf, statementOf } from './case-rows.js';
import { type CaseDays, CasesQuery, type PersonCase, type StandingFact } from './cases.query.js';

/** Something about me, with the day it is true from and the id of whoever decided it. */
interface Decided {
  readonly on: PlainDate;
  readonly by: string;
}

export interface MyAssessment extends Decided {
  readonly eligible?: boolean;
  /** True where only a return tells of it: then there is nothing to read in it. */
  readonly returned: boolean;
  readonly findings: readonly { readonly about: string; readonly answer: string; readonly words?: string }[];
  readonly impact?: string;
  readonly reasons?: string;
}

interface MyAmounts extends Decided {
  readonly costPencePerWeek: number;
  readonly personPaysPencePerWeek: number;
  readonly councilPaysPencePerWeek: number;
  readonly reasons: string;
}

/** What the statement in force says; what was allocated at first, until one is agreed. */
export interface MyBudget extends MyAmounts {
  readonly budgetId: string;
  /** The number of the statement in force (s26), and what was allocated before there was any. */
  readonly statement?: string;
  readonly first?: MyAmounts;
  readonly endedOn?: PlainDate;
}

export interface MyPlan extends Decided {
  readonly lines: readonly {
    readonly about: string;
    readonly action: string;
    readonly who: string;
    readonly weeklyPence: number;
    /** What it costs once; never added to what it costs a week. */
    readonly oneOffPence?: number;
  }[];
  readonly notMet: readonly { readonly about: string; readonly why: string }[];
  readonly agreed: boolean;
  readonly inTheirWords?: string;
  readonly stepsToAgree?: string;
}

/** A person's own record in plain words: the newest assessment, budget and plan that stand on the two days. */
export interface MyRecord {
  readonly assessment?: MyAssessment;
  /** One that was offered and is not complete, so that its self-assessment may be open. */
  readonly offeredAssessmentId?: string;
  readonly budget?: MyBudget;
  readonly plan?: MyPlan;
  /** Of the plan that is made with them, agreed or not. */
  readonly planId?: string;
  /** Of the statement of their personal budget, once an amount is allocated. */
  readonly budgetId?: string;
  /** Of the newest assessment that was made here, so that their own answers can be read again. */
  readonly assessmentId?: string;
  readonly events: number;
  readonly position: string;
  readonly leftOut: number;
}

type Assessed = EventOf<typeof assessmentCompleted | typeof assessmentCorrected>['data'];

const about: Readonly<Record<Outcome | CarerOutcome, string>> = {
  nutrition: 'Eating and drinking',
  'personal hygiene': 'Washing and keeping clean',
  'toilet needs': 'Using the toilet',
  'being appropriately clothed': 'Getting dressed',
  'using the home safely': 'Moving safely at home',
  'a habitable home': 'Looking after your home',
  'family and other personal relationships': 'Family and friends',
  'work, training, education or volunteering': 'Work, learning, volunteering',
  'facilities and services in the community': 'Getting out',
  'caring responsibilities for a child': 'Caring for a child',
  'providing care to other people': 'Caring for other people',
  'recreational activities': 'Time for what you enjoy',
};
const answers: Readonly<Record<NonNullable<AssessmentCompletedData['findings'][number]['unable']>, string>> = {
  'cannot without help': 'You cannot do this without help.',
  'only with significant pain, distress or anxiety': 'You can, but it hurts or distresses you.',
  'endangering health or safety': 'You can, but it is not safe.',
  'takes much longer': 'You can, but it takes you much longer than it should.',
};
const who: Readonly<Record<Contributor, string>> = {
  person: 'You',
  carer: 'Your carer',
  family: 'Your family',
  'front-line worker': 'A care worker',
  community: 'People around you',
};
const why: Readonly<Record<ReasonNotMet, string>> = {
  'a carer meets it (s18(7))': 'Your carer does this.',
  'the person declined': 'You told us that you do not want help with this.',
  'not asked for': 'You did not ask us for this.',
  'another power or bar (s21–s23)': 'The law has somebody else do this, such as the NHS or the housing service.',
};

/** The title of an outcome for the person; a name that is not one of the ten as it is. */
const titleOf = (need: string): string => about[need as Outcome] ?? need;

/** Reads the newest standing facts, and opens the words in their events for the person whose they are. */
@Injectable()
export class MyRecordQuery {
  constructor(
    @Inject(CasesQuery) private readonly cases: CasesQuery,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** Undefined when nothing of the person was known on these days. */
  async of(tenant: string, personId: string, days: CaseDays): Promise<MyRecord | undefined> {
    const found = await this.cases.ofPerson(tenant, personId, days);
    if (!found) return undefined;
    const newest = (kind: FactKind) => found.facts.findLast((fact) => fact.kind === kind);
    const assessed = newest('assessed');
    const offeredAssessmentId = openAssessmentOf(found.facts);
    const budget = newest('budget allocated');
    const stated = statementOf(found.facts, budget?.factId);
    const ended = found.facts.findLast(({ kind, factId }) => kind === 'budget ended' && factId === budget?.factId);
    const agreed = newest('plan agreed');
    const ids = [assessed, budget, stated, agreed].flatMap((fact) => fact?.eventId ?? []);
    const opened = await this.codec.open(await this.store.readEvents(tenant, ids));
    const words = new Map(opened.map((event) => [event.id, event]));
    return {
      ...(assessed && { assessment: assessmentOf(assessed, words) }),
      ...(offeredAssessmentId && { offeredAssessmentId }),
      ...(budget && {
        budget: { ...budgetOf(budget, stated, words), ...(ended && { endedOn: ended.effectiveFrom }) },
      }),
      ...(agreed && { plan: planOf(agreed, words) }),
      ...idsOf(found),
      events: found.events,
      position: found.position,
      leftOut: found.leftOut,
    };
  }
}

/** What else may be read of a case, by the ids that lead there. */
function idsOf({ case: { planId, allocationId, budgetAllocatedOn }, facts }: PersonCase) {
  const offered = new Set(facts.flatMap(({ kind, factId }) => (kind === 'assessment offered' ? [factId] : [])));
  const assessed = facts.findLast(({ kind, factId }) => kind === 'assessed' && offered.has(factId));
  return {
    ...(planId && { planId }),
    ...(allocationId && budgetAllocatedOn && { budgetId: allocationId }),
    ...(assessed && { assessmentId: assessed.factId }),
  };
}

type Words = ReadonlyMap<string, StoredEvent>;

function dataOf<Data>(fact: StandingFact, words: Words): Data {
  const event = words.get(fact.eventId);
  if (!event) throw new Error(`Event ${fact.eventId} of a standing fact is not in the store.`);
  return event.data as Data;
}

function assessmentOf(fact: StandingFact, words: Words): MyAssessment {
  const { findings, impactOnWellbeing, reasons } = dataOf<Assessed>(fact, words);
  return {
    on: fact.effectiveFrom,
    by: fact.actorId,
    returned: fact.returned,
    ...(fact.eligible !== undefined && { eligible: fact.eligible }),
    findings: findings.map((finding) => ({
      about: titleOf(finding.outcome),
      answer: finding.unable ? answers[finding.unable] : 'You can do this.',
      ...(finding.words && { words: finding.words }),
    })),
    ...(impactOnWellbeing && { impact: impactOnWellbeing.reasons }),
    ...(reasons && { reasons }),
  };
}

function budgetOf(allocated: StandingFact, stated: StandingFact | undefined, words: Words): MyBudget {
  const budgetId = allocated.factId;
  const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek, reasons } = dataOf<BudgetAllocatedData>(
    allocated,
    words,
  );
  const amounts = { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek, reasons };
  const first = { on: allocated.effectiveFrom, by: allocated.actorId, ...amounts };
  if (!stated) return { budgetId, ...first };
  const now = dataOf<PersonalBudgetAgreedData>(stated, words);
  return {
    budgetId,
    on: stated.effectiveFrom,
    by: stated.actorId,
    costPencePerWeek: now.costPencePerWeek,
    personPaysPencePerWeek: now.contributionPencePerWeek,
    councilPaysPencePerWeek: now.councilPencePerWeek,
    reasons: now.reasons,
    statement: stated.eventId,
    first,
  };
}

function planOf(fact: StandingFact, words: Words): MyPlan {
  const { lines, notMet, agreement, inTheirWords, stepsToAgree } = dataOf<SupportPlanAgreedData>(fact, words);
  return {
    on: fact.effectiveFrom,
    by: fact.actorId,
    lines: lines.map(({ need, action, contributor, weeklyPence, oneOffPence }) => ({
      about: titleOf(need),
      action,
      who: who[contributor],
      weeklyPence,
      ...(oneOffPence && { oneOffPence }),
    })),
    notMet: notMet.map(({ need, reason }) => ({ about: titleOf(need), why: why[reason] })),
    agreed: agreement === 'agreed',
    ...(inTheirWords && { inTheirWords }),
    ...(stepsToAgree && { stepsToAgree }),
  };
}
