import {
  AgreePersonalBudget,
  AllocateBudget,
  ChooseDeployment,
  ClosePersonalBudget,
  type ClosePersonalBudgetData,
  DecideOverride,
  directPayments,
  ProposeOverride,
  ReceiveAnswers,
  RecordFinancialAssessment,
  RevisePersonalBudget,
  type RevisePersonalBudgetData,
  type WayToHold,
  waysToHold,
} from '@caretrail/budgets/contracts';
import { addDays, type PlainDate } from '@caretrail/kernel';
import type { Assessed } from './assessment.story.js';
import { weighed } from './council-person.js';
import type { Life } from './life.js';
import type { Lived } from './life-step.js';
import { WHY_NOT, WHY_NOT_OTHERWISE } from './life-words.js';
import { published } from './published-figures.js';
import { upratings } from './uprating.js';

/** The three amounts of s26(1), whole pence a week. */
interface Amounts {
  readonly costPencePerWeek: number;
  readonly contributionPencePerWeek: number;
  readonly councilPencePerWeek: number;
}

const TEN_PENCE = 10;
const tens = (pence: number): number => Math.round(pence / TEN_PENCE) * TEN_PENCE;
/** Where no rulebook indicated anything. */
const PENCE_FOR_EACH_NEED = 9_000;
/** Above what local providers charge for an hour of home support. */
const PENCE_AN_HOUR = 3_200;

/** A personal budget on its way through the years: what is known of it on a day once it has been lived. */
export class BudgetStory {
  private readonly changes: { readonly on: PlainDate; readonly factor: number }[] = [];

  constructor(
    readonly assessmentId: string,
    readonly needs: readonly string[],
    readonly allocatedOn: PlainDate,
    /** What is asked of the person in the means test, in pence; less where it would take too much of the cost. */
    private readonly contribution: number,
    /** Of what is indicated. */
    private readonly share: number,
    /** The ways to hold it, with the parts of the council's amount. */
    readonly held: readonly (readonly [WayToHold, number])[],
  ) {}

  /** As the allocation was made final. */
  allocated(lived: Lived): Amounts {
    const indicated = lived.indicationOf(this.assessmentId) ?? PENCE_FOR_EACH_NEED * this.needs.length;
    const costPencePerWeek = tens(indicated * this.share);
    const contributionPencePerWeek = Math.min(this.contribution, tens(costPencePerWeek * 0.4));
    return {
      costPencePerWeek,
      contributionPencePerWeek,
      councilPencePerWeek: costPencePerWeek - contributionPencePerWeek,
    };
  }

  /** From a day on the cost is another. */
  change(on: PlainDate, factor: number): void {
    this.changes.push({ on, factor });
  }

  on(lived: Lived, day: PlainDate): Amounts {
    const { costPencePerWeek: first, contributionPencePerWeek } = this.allocated(lived);
    const costPencePerWeek = this.changes
      .filter(({ on }) => on <= day)
      .reduce((cost, { factor }) => tens(cost * factor), first);
    return {
      costPencePerWeek,
      contributionPencePerWeek,
      councilPencePerWeek: costPencePerWeek - contributionPencePerWeek,
    };
  }

  /** The council's amount, split to the penny. */
  parts(lived: Lived, day: PlainDate): { readonly way: WayToHold; readonly pencePerWeek: number }[] {
    const { councilPencePerWeek: all } = this.on(lived, day);
    const [[first], ...others] = this.held as [readonly [WayToHold, number], ...(readonly [WayToHold, number])[]];
    const rest = others.map(([way, share]) => ({ way, pencePerWeek: tens(all * share) }));
    return [{ way: first, pencePerWeek: all - rest.reduce((sum, { pencePerWeek }) => sum + pencePerWeek, 0) }, ...rest];
  }

  get directPayment(): boolean {
    return this.held.some(([way]) => directPayments.includes(way));
  }
}

function waysHeld({ person, random }: Life, ofCarer?: true): readonly (readonly [WayToHold, number])[] {
  const { directPayments: shares } = published;
  // Most carers who are supported have it as a direct payment.
  const share = ofCarer ? 0.7 : person.older ? shares.older : shares.younger;
  if (!random.chance(share)) return [[random.chance(0.75) ? 'held by the care manager' : 'held by a provider', 1]];
  const way = weighed<WayToHold>(random, [
    ['cash direct payment', 0.7],
    ['indirect payment to a third party', 0.2],
    ['trust', 0.1],
  ]);
  return random.chance(0.25)
    ? [
        [way, 0.6],
        ['held by the care manager', 0.4],
      ]
    : [[way, 1]];
}

/** From the indication to the statement: an override for some, the means, the ways to hold it (s24, s26, s31). */
export function budgeted(life: Life, { assessmentId, needs, on: assessedOn, ofCarer }: Assessed): BudgetStory {
  const { diary, person, random } = life;
  const allocationId = (lived: Lived) => lived.allocationOf(assessmentId);
  let day = addDays(assessedOn, random.between(2, 6));
  if (person.details.hasUnpaidCarer === 'Yes') {
    const answer = random.pick(['some of it', 'some of it', 'most of it', 'nothing']);
    const carer = { willing: true, able: random.chance(0.8) };
    day = diary.add(
      day,
      'practitioner',
      'carer-facts',
      (meta, lived) =>
        new ReceiveAnswers(
          { allocationId: allocationId(lived), answers: [{ question: 'what a carer does', answer }], carer },
          meta,
        ),
    );
  }
  // One indication in six is not enough, and four of five of these proposals are approved.
  const asks = random.chance(0.16);
  const approves = asks && random.chance(0.8);
  const share = approves ? 1.2 : random.between(86, 100) / 100;
  // Nobody is charged here for what is done for them as a carer.
  const contribution = !ofCarer && random.chance(0.58) ? random.between(200, 1_100) * TEN_PENCE : 0;
  // Not on the day of the answers: a new indication sets aside what was proposed about the old one.
  if (asks) day = overridden(life, addDays(day, 1), assessmentId, approves);
  // One in twelve waits for months.
  day = addDays(day, random.chance(0.08) ? random.between(50, 90) : random.between(3, 16));
  const allocated = (lived: Lived) => story.allocated(lived);
  const allocatedOn = diary.add(day, 'finance', 'allocated', (meta, lived) => {
    const { costPencePerWeek, contributionPencePerWeek, councilPencePerWeek } = allocated(lived);
    const minutes = Math.floor((costPencePerWeek / PENCE_AN_HOUR) * 60);
    return new AllocateBudget(
      {
        allocationId: allocationId(lived),
        costPencePerWeek,
        personPaysPencePerWeek: contributionPencePerWeek,
        councilPaysPencePerWeek: councilPencePerWeek,
        reasons: 'What local providers charge for the hours that the needs take.',
        needed: [{ service: 'home-support', unit: 'hour', amount: minutes }],
      },
      meta,
    );
  });
  const story = new BudgetStory(assessmentId, needs, allocatedOn, contribution, share, waysHeld(life, ofCarer));
  stated(life, story);
  return story;
}

function overridden({ diary, random }: Life, day: PlainDate, assessmentId: string, approved: boolean): PlainDate {
  const proposedOn = diary.add(day, 'practitioner', 'override-proposed', (meta, lived) => {
    const pencePerWeek = tens((lived.indicationOf(assessmentId) ?? 0) * 1.2);
    const reasons = 'Two workers are needed for each lift, which the rulebook does not ask about.';
    return new ProposeOverride({ allocationId: lived.allocationOf(assessmentId), pencePerWeek, reasons }, meta);
  });
  return diary.add(addDays(proposedOn, random.between(1, 6)), 'practitioner-2', 'override-decided', (meta, lived) => {
    const reasons = approved
      ? 'Seen at a lift: one worker cannot do it safely.'
      : 'A standing hoist makes it safe with one worker; it is ordered.';
    return new DecideOverride({ allocationId: lived.allocationOf(assessmentId), approved, reasons }, meta);
  });
}

/** What the person can pay, the statement, and how the money is held. */
function stated(life: Life, story: BudgetStory): void {
  const { diary, random } = life;
  const budgetId = (lived: Lived) => lived.allocationOf(story.assessmentId);
  // The means test of one in ten takes months.
  const assessedOn = diary.add(
    addDays(story.allocatedOn, random.chance(0.1) ? random.between(40, 80) : random.between(1, 9)),
    'finance',
    'means-assessed',
    (meta, lived) => {
      const { contributionPencePerWeek } = story.allocated(lived);
      return new RecordFinancialAssessment(
        {
          budgetId: budgetId(lived),
          outcome: contributionPencePerWeek ? 'contribution assessed' : 'nothing to pay',
          contributionPencePerWeek,
          reasons: 'Assessed on income and capital; the minimum income guarantee is kept.',
        },
        meta,
      );
    },
  );
  const equipment = random.chance(0.15) ? random.between(30, 180) * 1_000 : 0;
  const agreedOn = diary.add(addDays(assessedOn, random.between(0, 5)), 'finance', 'budget-agreed', (meta, lived) => {
    const sum = { pence: equipment, contributionPence: 0, councilPence: equipment };
    return new AgreePersonalBudget(
      {
        budgetId: budgetId(lived),
        ...story.allocated(lived),
        oneOff: equipment ? [{ purpose: 'equipment', ...sum }] : [],
        reasons: 'The allocation as it was made final.',
      },
      meta,
    );
  });
  deployed(life, story, addDays(agreedOn, random.between(0, 7)), 'deployed');
  for (const { from, factor, upratingId } of upratings(agreedOn, life.lastDay)) {
    const cause = { kind: 'published uprating', upratingId } as const;
    revised(life, story, {
      on: from,
      name: `uprated-${from}`,
      factor,
      reasons: 'Prices as published.',
      cause: () => cause,
    });
  }
}

/** What was said of each way, and how the council's amount is split over those that were chosen. */
function deployed(life: Life, story: BudgetStory, day: PlainDate, name: string): void {
  const { diary, person, random } = life;
  const direct = story.held.some(([way]) => directPayments.includes(way));
  const whyNot = random.pick<string>(direct ? WHY_NOT_OTHERWISE : WHY_NOT);
  const noTrust = random.chance(0.3);
  const ways = waysToHold.map((way) => {
    if (story.held.some(([held]) => held === way)) return { way, offered: true };
    if (way === 'trust' && noTrust && person.reason === 'memory and cognition')
      return { way, offered: false, excludedBy: 'nobody can manage it, alone or with help (s31(6), s32(8))' as const };
    return { way, offered: true, whyNot };
  });
  const holder = 'A holder in the made-up council';
  diary.add(
    day,
    'practitioner',
    name,
    (meta, lived) =>
      new ChooseDeployment(
        {
          budgetId: lived.allocationOf(story.assessmentId),
          parts: story
            .parts(lived, meta.effectiveOn)
            .map((part) =>
              part.way === 'cash direct payment' || part.way === 'held by the care manager'
                ? part
                : { ...part, holder },
            ),
          ways,
        },
        meta,
      ),
  );
}

interface Revision {
  readonly on: PlainDate;
  readonly name: string;
  readonly factor: number;
  readonly reasons: string;
  readonly cause: (lived: Lived) => RevisePersonalBudgetData['cause'] | Promise<RevisePersonalBudgetData['cause']>;
}

/** Another cost from a day on, because of a review or a published uprating; what is held follows. */
export function revised(life: Life, story: BudgetStory, { on, name, factor, reasons, cause }: Revision): PlainDate {
  const day = life.diary.add(on, 'finance', name, async (meta, lived) => {
    const amounts = story.on(lived, meta.effectiveOn);
    const budgetId = lived.allocationOf(story.assessmentId);
    return new RevisePersonalBudget({ budgetId, ...amounts, oneOff: [], reasons, cause: await cause(lived) }, meta);
  });
  story.change(day, factor);
  deployed(life, story, day, `${name}-deployed`);
  return day;
}

export function budgetClosed(
  { diary }: Life,
  { assessmentId }: BudgetStory,
  day: PlainDate,
  reason: ClosePersonalBudgetData['reason'],
): void {
  diary.add(
    day,
    'finance',
    'budget-closed',
    (meta, lived) => new ClosePersonalBudget({ budgetId: lived.allocationOf(assessmentId), reason }, meta),
  );
}
