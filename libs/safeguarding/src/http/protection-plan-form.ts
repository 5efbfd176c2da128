import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate, ukDate } from '@caretrail/web';
import {
  type AgreeProtectionPlanData,
  planAgreements,
  planBases,
  type ReviewProtectionPlanData,
  reviewSequels,
  riskOutcomes,
  stepStates,
  wishesAchieved,
  wishesAsked,
} from '../contracts/index.js';
import { textOf } from './alert-form.js';

type Typed = Readonly<Record<string, unknown>>;
type OfAdult = Pick<AgreeProtectionPlanData, 'concernId' | 'adult'>;
interface Read<Data> {
  readonly data: Data;
  readonly effectiveOn: PlainDate;
}

/** As many steps as a plan can have. */
const MOST_STEPS = 20;
const stepNumbers = Array.from({ length: MOST_STEPS }, (_, at) => at);
const stepParts = ['what', 'by', 'dueOn'] as const;

const isTyped = (typed: Typed, at: number): boolean => stepParts.some((part) => textOf(typed, `steps.${at}.${part}`));

/** How many steps the form has room for: those that were typed, and one more. */
export function roomForSteps(typed: Typed): number {
  const used = stepNumbers.filter((at) => isTyped(typed, at));
  return Math.min(MOST_STEPS, (used.at(-1) ?? -1) + 2);
}

/** Reads a form field by field and keeps what is missing, to say all of it at once. */
class Reading {
  private readonly faults: Fault[] = [];
  constructor(private readonly typed: Typed) {}

  words = (field: string): string => textOf(this.typed, field);
  wordsIfAny = (field: string): string | undefined => this.words(field) || undefined;
  missing(field: string, message: string): void {
    this.faults.push({ rule: 'input-shape', field, message });
  }
  chosen<const Value extends string>(list: readonly Value[], field: string, message: string): Value {
    const value = list.find((each) => each === this.words(field));
    if (!value) this.missing(field, message);
    return value ?? list[0]!;
  }
  day(field: string, message: string): PlainDate {
    const day = parseUkDate(this.words(field));
    if (!day) this.missing(field, message);
    return day ?? '';
  }
  /** @throws InvalidInput with all that is missing */
  done<Data>(data: Data, effectiveOn: PlainDate): Read<Data> {
    if (this.faults.length) throw new InvalidInput(this.faults);
    return { data, effectiveOn };
  }
}

/** The plan that was typed for one adult. What the rules can judge is left to them. @throws InvalidInput for choices and days that are missing */
export function planFrom({ concernId, adult }: OfAdult, typed: Typed): Read<AgreeProtectionPlanData> {
  const read = new Reading(typed);
  const data: AgreeProtectionPlanData = {
    concernId,
    adult,
    wishes: {
      asked: read.chosen(wishesAsked, 'wishes.asked', 'Choose whether the adult was asked what they want.'),
      words: read.wordsIfAny('wishes.words'),
      notAskedBecause: read.wordsIfAny('wishes.notAskedBecause'),
    },
    agreement: read.chosen(planAgreements, 'agreement', 'Choose whether the adult agrees to the plan.'),
    dissent: read.wordsIfAny('dissent'),
    // Numbered anew without those that were left empty, as the form shows them when it comes back.
    steps: stepNumbers
      .filter((at) => isTyped(typed, at))
      .map((at) => ({
        what: read.words(`steps.${at}.what`),
        by: read.words(`steps.${at}.by`),
        dueOn: read.day(`steps.${at}.dueOn`, 'Enter the day by which it is done, such as 14/3/2026.'),
      })),
    legalBasis: read.chosen(planBases, 'legalBasis', 'Choose on what the plan rests.'),
    proportionality: read.words('proportionality'),
    reviewOn: read.day('reviewOn', 'Enter the day on which the plan is reviewed, such as 14/3/2026.'),
  };
  return read.done(data, read.day('effectiveOn', 'Enter the day on which the plan was agreed, such as 14/3/2026.'));
}

/** Steps that were typed, without gaps between them, so that what a rule says of a step stands at that step. */
export function withoutGaps(typed: Typed): Typed {
  const steps = stepNumbers.filter((at) => isTyped(typed, at));
  const kept = Object.entries(typed).filter(([name]) => !/^steps\.\d+\.(what|by|dueOn)$/.test(name));
  const moved = steps.flatMap((from, to) =>
    stepParts.map((part) => [`steps.${to}.${part}`, typed[`steps.${from}.${part}`]] as const),
  );
  return Object.fromEntries([...kept, ...moved]);
}

/** A plan as the form shows it that changes it. */
export function typedAs({ steps, wishes, agreement, legalBasis, ...plan }: AgreeProtectionPlanData): Typed {
  return {
    'wishes.asked': wishes.asked,
    'wishes.words': wishes.words,
    'wishes.notAskedBecause': wishes.notAskedBecause,
    agreement,
    dissent: plan.dissent,
    legalBasis,
    proportionality: plan.proportionality,
    ...Object.fromEntries(
      steps.flatMap(({ what, by, dueOn }, at) => [
        [`steps.${at}.what`, what],
        [`steps.${at}.by`, by],
        [`steps.${at}.dueOn`, ukDate(dueOn)],
      ]),
    ),
  };
}

/** The review that was typed, of a plan of so many steps. @throws InvalidInput for choices and days that are missing */
export function reviewFrom({ concernId, adult }: OfAdult, steps: number, typed: Typed): Read<ReviewProtectionPlanData> {
  const read = new Reading(typed);
  const data: ReviewProtectionPlanData = {
    concernId,
    adult,
    steps: stepNumbers.slice(0, steps).map((at) => ({
      state: read.chosen(stepStates, `steps.${at}.state`, 'Choose what became of this step.'),
      words: read.wordsIfAny(`steps.${at}.words`),
    })),
    achieved: wishesAchieved.find((each) => each === read.words('achieved')),
    riskOutcome: read.chosen(riskOutcomes, 'riskOutcome', 'Choose what is left of the risk.'),
    next: read.chosen(reviewSequels, 'next', 'Choose whether the plan goes on.'),
    reasons: read.words('reasons'),
    ...(read.words('reviewOn') && {
      reviewOn: read.day('reviewOn', 'This must be a real day, such as 14/3/2027.'),
    }),
  };
  return read.done(data, read.day('effectiveOn', 'Enter the day of the review, such as 14/3/2026.'));
}

/** That no plan is needed, as it was typed. @throws InvalidInput for a day that is missing */
export function noPlanFrom({ concernId, adult }: OfAdult, typed: Typed): Read<OfAdult & { readonly reasons: string }> {
  const read = new Reading(typed);
  const data = { concernId, adult, reasons: read.words('reasons') };
  return read.done(data, read.day('effectiveOn', 'Enter the day on which this was decided, such as 14/3/2026.'));
}
