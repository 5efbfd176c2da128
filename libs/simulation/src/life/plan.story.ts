import {
  AgreeSupportPlan,
  ChangePlanLine,
  CloseSupportPlan,
  type CloseSupportPlanData,
  CompleteFivePointCheck,
  type Contributor,
  ContributePlanLine,
  type DraftedLine,
  fivePoints,
  GivePlanInWriting,
  instruments,
  MeasureOutcome,
  type Moment,
  OfferOptions,
  OpenPlanRevision,
  type PointAnswer,
  RecordAboutPerson,
  RecordDissent,
  RecordNeedUnmet,
  type Signature,
  SignSupportPlan,
  StartSupportPlan,
  WithdrawUnmetNeed,
} from '@caretrail/planning/contracts';
import { addDays, addMonths, type PlainDate } from '@caretrail/kernel';
import type { Assessed } from './assessment.story.js';
import type { BudgetStory } from './budget.story.js';
import { weighed } from './council-person.js';
import type { Life } from './life.js';
import type { Lived, Who } from './life-step.js';
import { CIRCLE, MATTERS, STRENGTHS, wordsFor } from './life-words.js';
import type { Representative } from './speaking.story.js';

const QUALITY_OF_LIFE = instruments[0]!;

/** A line before it is lived: what it costs follows from the budget. */
type LineToBe = Omit<DraftedLine, 'weeklyPence'> & { readonly share: number };

/** A plan that was agreed. */
export interface Planned {
  readonly assessmentId: string;
  readonly agreedOn: PlainDate;
  readonly startedOn: PlainDate;
  readonly firstLine: LineToBe;
  readonly signature: Signature | undefined;
}

const planId = (lived: Lived, { assessmentId }: { readonly assessmentId: string }) => lived.planOf(assessmentId);

const lineAt = ({ share, ...line }: LineToBe, costPencePerWeek: number): DraftedLine => ({
  ...line,
  weeklyPence: Math.floor((costPencePerWeek * share) / 10) * 10,
});

/** Made together, line by line, measured before, signed and begun (s24, s25). Undefined where a duty in it stays open. */
export function planned(
  life: Life,
  { assessmentId, needs }: Assessed,
  budget: BudgetStory,
  representative?: Representative,
): Planned | undefined {
  const { diary, random } = life;
  const of = { assessmentId };
  const begins = addDays(budget.allocatedOn, random.between(1, 12));
  aboutThePerson(life, of, begins);
  measured(life, of, addDays(begins, 1), { name: 'measured-before', moment: 'before' });
  const [mine, open] = unmetNeeds(life, of, addDays(begins, 2), needs);
  const lines = linesOf(life, mine);
  optionsOffered(life, of, addDays(begins, 1), mine[0]!);
  let day = begins;
  for (const [at, line] of lines.entries())
    day = contributed(life, of, budget, addDays(begins, 2 + at), { name: `line-${at}`, line });
  if (open) {
    // A provider is found after weeks; for one in three there is none yet.
    if (random.chance(0.33)) return undefined;
    day = addDays(day, random.between(15, 50));
    diary.add(
      day,
      'practitioner',
      'need-no-longer-open',
      (meta, lived) => new WithdrawUnmetNeed({ planId: planId(lived, of), need: open }, meta),
    );
    const [line] = linesOf(life, [open]);
    day = contributed(life, of, budget, day, { name: 'line-late', line: { ...line!, share: 0.05 } });
  }
  return signedOff(life, of, addDays(day, random.between(2, 16)), lines[0]!, representative);
}

function aboutThePerson({ diary, random }: Life, of: { readonly assessmentId: string }, day: PlainDate): void {
  const [who, how] = random.pick(CIRCLE);
  const data = {
    whatMatters: random.pick(MATTERS),
    strengths: random.pick(STRENGTHS),
    circle: [{ who, how }],
    contingency: 'If a call is missed the neighbour has a key, and the duty line is on the fridge.',
    prevention: 'Strong and Steady on Tuesdays keeps the legs going.',
    independentLiving: random.chance(0.5) ? [{ area: 'housing' as const, outcome: 'To stay where I live.' }] : [],
  };
  diary.add(
    day,
    'practitioner',
    'about-person',
    (meta, lived) => new RecordAboutPerson({ planId: planId(lived, of), ...data }, meta),
  );
}

/** The needs that get a line, and the one that stands open, if any. The last may be met by a carer, or not wanted. */
function unmetNeeds(
  { diary, person, random }: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  needs: readonly string[],
): [mine: readonly string[], open: string | undefined] {
  const last = needs.at(-1)!;
  const carer = person.details.hasUnpaidCarer === 'Yes' && random.chance(0.6);
  if (needs.length > 1 && (carer || random.chance(0.07))) {
    const reason = carer ? ('a carer meets it (s18(7))' as const) : ('the person declined' as const);
    diary.add(
      day,
      'practitioner',
      'need-not-met',
      (meta, lived) => new RecordNeedUnmet({ planId: planId(lived, of), need: last, reason }, meta),
    );
    return [needs.slice(0, -1), undefined];
  }
  if (needs.length < 2 || !random.chance(0.14)) return [needs, undefined];
  diary.add(day, 'practitioner', 'need-open', (meta, lived) => {
    const words = 'Three providers were asked; none has a worker free at that time of day.';
    return new RecordNeedUnmet(
      { planId: planId(lived, of), need: last, openBecause: 'no provider found yet', words },
      meta,
    );
  });
  return [needs.slice(0, -1), last];
}

function linesOf({ random, seededId, diary }: Life, needs: readonly string[]): LineToBe[] {
  const restricted = diary.has('best-interests-decided');
  return needs.map((need): LineToBe => {
    const { own, actions, outcome } = wordsFor(need);
    const writtenBy = weighed<Contributor>(random, [
      ['person', 0.46],
      ['front-line worker', 0.34],
      ['family', 0.12],
      ['carer', 0.08],
    ]);
    const contributor = weighed<Contributor>(random, [
      ['front-line worker', 0.72],
      ['community', 0.12],
      ['family', 0.08],
      ['person', 0.08],
    ]);
    const protects = restricted && need === 'using the home safely';
    return {
      lineId: seededId(`line/${need}`),
      need,
      outcome,
      action: random.pick(actions),
      contributor,
      writtenBy,
      ...(writtenBy === 'person' && { inOwnWords: random.pick(own) }),
      purpose: protects ? 'protection' : 'benefit',
      share: contributor === 'front-line worker' ? random.between(66, 85) / 100 / needs.length : 0,
    };
  });
}

function contributed(
  { diary }: Life,
  of: { readonly assessmentId: string },
  budget: BudgetStory,
  day: PlainDate,
  { name, line }: { readonly name: string; readonly line: LineToBe },
): PlainDate {
  // People write their own lines themselves, unless the line restricts them.
  const who: Who = line.writtenBy === 'person' && line.purpose === 'benefit' ? 'person' : 'practitioner';
  return diary.add(day, who, name, (meta, lived) => {
    const { costPencePerWeek } = budget.allocated(lived);
    const protection = {
      legalBasis: 'best interests (MCA 2005 s4–s6)' as const,
      beneficiary: 'the person' as const,
      beneficiaryName: 'The person themselves',
      proportionality: 'A cooker that turns itself off, so that the kitchen need not be locked.',
      expiresOn: addMonths(meta.effectiveOn, 11),
    };
    const written = { ...lineAt(line, costPencePerWeek), ...(line.purpose === 'protection' && { protection }) };
    return new ContributePlanLine({ planId: planId(lived, of), line: written }, meta);
  });
}

function optionsOffered(
  { diary, random }: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  need: string,
): void {
  const personal = random.chance(0.35);
  const whyNot = 'I would have to find somebody, and I do not know how.';
  const options = [
    {
      way: 'a service that the council arranges' as const,
      chosen: !personal,
      ...(personal && { whyNot: 'Never the same face.' }),
    },
    { way: 'a personal assistant' as const, chosen: personal, ...(!personal && { whyNot }) },
    { way: 'technology' as const, chosen: false, whyNot: 'A machine does not ask how I am.' },
  ];
  diary.add(
    day,
    'practitioner',
    'options-offered',
    (meta, lived) => new OfferOptions({ planId: planId(lived, of), need, options, chosenBy: 'person' }, meta),
  );
}

/** Dissent for some; then both sides sign, on paper, online, or by a representative. A copy, and support begins. */
function signedOff(
  life: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  firstLine: LineToBe,
  representative?: Representative,
): Planned {
  const { diary, random } = life;
  const dissents = random.chance(0.08);
  if (dissents)
    diary.add(addDays(day, -1), 'practitioner', 'dissent', (meta, lived) => {
      const words = 'Seven in the evening is no time to be put to bed.';
      return new RecordDissent({ planId: planId(lived, of), by: 'person', words }, meta);
    });
  const stands = dissents && random.chance(0.5);
  const signature = stands ? undefined : signatureOf(life, representative);
  const online = signature === undefined && !stands && !dissents && random.chance(0.65);
  if (online)
    diary.add(
      day,
      'person',
      'signed-online',
      (meta, lived) => new SignSupportPlan({ planId: planId(lived, of), signatory: 'person', how: 'online' }, meta),
    );
  // Whoever dissented and signs nothing still dissents.
  const over = dissents && !signature;
  const agreedOn = agreed(life, of, day, { name: 'plan-agreed', signature, over });
  checked(life, of, agreedOn, 'five-points-first', 0.5);
  if (!random.chance(0.05))
    copied(
      life,
      of,
      addDays(agreedOn, random.chance(0.1) ? random.between(20, 40) : random.between(0, 6)),
      'plan-copied',
    );
  const startedOn = diary.add(
    addDays(agreedOn, random.between(1, 12)),
    'practitioner',
    'support-started',
    (meta, lived) => new StartSupportPlan({ planId: planId(lived, of) }, meta),
  );
  return { ...of, agreedOn, startedOn, firstLine, signature };
}

function signatureOf({ random }: Life, representative?: Representative): Signature | undefined {
  if (representative) {
    const { representationId } = representative.proxy;
    return { signatory: 'representative', how: 'on paper', representative: { representationId } };
  }
  return random.chance(0.72)
    ? { signatory: 'person', how: random.chance(0.9) ? 'on paper' : 'in words or signs' }
    : undefined;
}

interface Agreeing {
  readonly name: string;
  readonly signature: Signature | undefined;
  /** Signed off over the person's dissent. */
  readonly over: boolean;
}

function agreed(
  { diary }: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  { name, signature, over }: Agreeing,
): PlainDate {
  return diary.add(
    day,
    'practitioner-2',
    name,
    (meta, lived) =>
      new AgreeSupportPlan(
        {
          planId: planId(lived, of),
          ...(over
            ? {
                agreement: 'dissents' as const,
                inTheirWords: 'Not at seven.',
                stepsToAgree: 'Two visits, other providers asked, a later call offered on three days.',
              }
            : { agreement: 'agreed' as const, inTheirWords: 'That is what I want.' }),
          ...(signature && { signature }),
        },
        meta,
      ),
  );
}

function copied({ diary, random }: Life, of: { readonly assessmentId: string }, day: PlainDate, name: string): void {
  const format = random.pick(['letter', 'letter', 'email', 'large print', 'easy read'] as const);
  diary.add(
    day,
    'practitioner',
    name,
    (meta, lived) => new GivePlanInWriting({ planId: planId(lived, of), to: 'the person', format }, meta),
  );
}

/** The five points of self-directed support; `holding` is how likely each holds wholly. */
export function checked(
  { diary, random }: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  name: string,
  holding: number,
): void {
  const points = fivePoints.map((point) => {
    const holds: PointAnswer = random.chance(holding) ? 'yes' : random.chance(0.7) ? 'in part' : 'no';
    const reasons = { yes: 'Asked, and the person says so.', 'in part': 'On good weeks.', no: 'Others decide it.' }[
      holds
    ];
    return { point, holds, reasons };
  });
  diary.add(
    day,
    'practitioner',
    name,
    (meta, lived) => new CompleteFivePointCheck({ planId: planId(lived, of), answeredBy: 'person', points }, meta),
  );
}

interface Measuring {
  readonly name: string;
  readonly moment: Moment;
  readonly reviewId?: string;
  /** How many years support has run; life gets a little better in each. */
  readonly years?: number;
}

/** Quality of life, domain by domain, 0 to 3. */
export function measured(
  { diary, person, random }: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  { name, moment, reviewId, years = 0 }: Measuring,
): void {
  const better = person.older ? 0 : 0.04;
  const weights = [0.02, 0.14 - better, 0.32, 0.52 + better + 0.03 * years];
  const levels = QUALITY_OF_LIFE.domains.map((domain) => ({
    domain,
    level:
      moment === 'before'
        ? weighed(random, [
            [0, 0.12],
            [1, 0.36],
            [2, 0.34],
            [3, 0.18],
          ])
        : weighed(
            random,
            weights.map((weight, level) => [level, weight] as const),
          ),
  }));
  const answeredBy = random.pick(['the person', 'the person', 'the person with help'] as const);
  const { name: instrument, version: instrumentVersion } = QUALITY_OF_LIFE;
  diary.add(
    day,
    'practitioner',
    name,
    (meta, lived) =>
      new MeasureOutcome(
        {
          planId: planId(lived, of),
          moment,
          ...(reviewId && { reviewId }),
          instrument,
          instrumentVersion,
          answeredBy,
          levels,
        },
        meta,
      ),
  );
}

interface Change {
  readonly reviewId: string;
  readonly name: string;
  /** Where the review changed the budget too. */
  readonly withBudget: boolean;
}

/** The plan is opened for change by a review, its first line is written anew, and the next version is signed. */
export function planRevised(
  life: Life,
  { assessmentId, firstLine, signature }: Planned,
  budget: BudgetStory,
  day: PlainDate,
  { reviewId, name, withBudget }: Change,
): PlainDate {
  const { diary, random } = life;
  const of = { assessmentId };
  const openedOn = diary.add(day, 'practitioner', `${name}-opened`, (meta, lived) => {
    const { contributionPencePerWeek, councilPencePerWeek, costPencePerWeek } = budget.on(lived, meta.effectiveOn);
    const changed = {
      costPencePerWeek,
      personPaysPencePerWeek: contributionPencePerWeek,
      councilPaysPencePerWeek: councilPencePerWeek,
    };
    return new OpenPlanRevision({ planId: planId(lived, of), reviewId, ...(withBudget && { budget: changed }) }, meta);
  });
  const protects = firstLine.purpose === 'protection';
  const action = `${firstLine.action} From now on an hour later in the day.`;
  const changedOn = diary.add(
    addDays(openedOn, random.between(1, 6)),
    'practitioner',
    `${name}-line`,
    (meta, lived) => {
      const line = lineAt({ ...firstLine, action, purpose: 'benefit' }, budget.allocated(lived).costPencePerWeek);
      return new ChangePlanLine({ planId: planId(lived, of), line }, meta);
    },
  );
  const again = signature ?? (protects ? undefined : { signatory: 'person' as const, how: 'on paper' as const });
  const agreedOn = agreed(life, of, addDays(changedOn, random.between(1, 8)), {
    name: `${name}-agreed`,
    signature: again,
    over: false,
  });
  copied(life, of, addDays(agreedOn, random.between(0, 6)), `${name}-copied`);
  return agreedOn;
}

export function planClosed(
  { diary }: Life,
  of: { readonly assessmentId: string },
  day: PlainDate,
  reason: CloseSupportPlanData['reason'],
  words: string,
): void {
  diary.add(
    day,
    'practitioner',
    'plan-closed',
    (meta, lived) => new CloseSupportPlan({ planId: planId(lived, of), reason, words }, meta),
  );
}
