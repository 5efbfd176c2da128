import {
  audiences,
  DraftRulebook,
  PublishRulebook,
  PublishUprating,
  type RulebookContent,
  rulebookIds,
  UPRATINGS_ID,
} from '@caretrail/budgets/contracts';
import { addDays, daysBetween, type PlainDate } from '@caretrail/kernel';
import { RecordDeath } from '@caretrail/people/contracts';
import { SeededRandom } from '@caretrail/returns';
import { syntheticRulebook, syntheticRulebookForCarers } from '../demonstration-rulebook.js';
import { type Assessed, assessedEligible, urgentNeedMet } from './assessment.story.js';
import { budgetClosed, type BudgetStory, budgeted } from './budget.story.js';
import { caresFor } from './carer.story.js';
import { harmed } from './concern.story.js';
import { type CouncilPerson, councilPerson } from './council-person.js';
import { accountClosed, paidDirectly } from './direct-payment.story.js';
import { registered, requested, type Sequel, sequelsOf } from './front-door.story.js';
import type { Life } from './life.js';
import { Diary, idOf, type LifeStep } from './life-step.js';
import { planClosed, type Planned, planned } from './plan.story.js';
import { reviewed } from './review.story.js';
import { type Representative, spokenFor } from './speaking.story.js';
import { upratings } from './uprating.js';

/** What makes a life: the same of it is the same life. */
export interface LifeOptions {
  readonly seed: number;
  /** The first day, and the first that is not lived. */
  readonly from: PlainDate;
  readonly until: PlainDate;
  /** How many people ask for support. */
  readonly askers: number;
  /** How many had support before the first day, and are assessed anew in the first half year. */
  readonly supportedBefore: number;
}

/** Somebody of the council, and what came of their requests; for counting. */
export interface LivedBy {
  readonly person: CouncilPerson;
  readonly sequels: readonly Sequel[];
  readonly plan?: Planned;
  readonly budget?: BudgetStory;
}

export interface CouncilLife {
  /** By day; of one life on one day as they follow each other. */
  readonly steps: readonly LifeStep[];
  readonly people: readonly LivedBy[];
}

/** One council's years, made up from a seed: who asked, what was found, decided, paid, reviewed, and left undone. */
export function councilLife(options: LifeOptions): CouncilLife {
  const { seed, from, until, askers, supportedBefore } = options;
  const diaries: Diary[] = [rulebooks(options)];
  const lastDay = addDays(until, -1);
  const days = daysBetween(from, lastDay);
  const lifeOf = (name: string, index: number, older?: boolean): Life => {
    const random = new SeededRandom(seed * 100_003 + index);
    const seededId = (slug: string) => idOf(seed, `${name}/${slug}`);
    const person = councilPerson(seededId('person'), random, from, older);
    const diary = new Diary(name, person.personId, until);
    diaries.push(diary);
    return { person, random, diary, seededId, lastDay };
  };
  const people: LivedBy[] = [];
  for (let index = 0; index < askers; index++) {
    const life = lifeOf(`asker-${index}`, index);
    // A few asked so lately that nobody has answered yet.
    const first = index % 20 === 0 ? days - life.random.between(0, 18) : life.random.between(5, days);
    people.push(asked(life, addDays(from, first), lifeOf, index));
  }
  for (let index = 0; index < supportedBefore; index++) {
    // Of those in long-term support two in three are 65 or over.
    const random = new SeededRandom(seed * 7 + index);
    const life = lifeOf(`supported-${index}`, 10_000 + index, random.chance(0.65));
    const day = registered(life, addDays(from, random.between(1, Math.min(150, days))));
    people.push({ person: life.person, sequels: [], ...supported(life, day, lifeOf, 10_000 + index) });
  }
  const steps = diaries
    .flatMap((diary) => diary.steps())
    .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  return { steps, people };
}

type LifeOf = (name: string, index: number, older?: boolean) => Life;

/** Requests, one after the other, until one leads to long-term support. */
function asked(life: Life, first: PlainDate, lifeOf: LifeOf, index: number): LivedBy {
  const { diary, person, random, lastDay } = life;
  const sequels = sequelsOf(life);
  let day = registered(life, first);
  for (const [at, sequel] of sequels.entries()) {
    if (day > lastDay || diary.has('died')) break;
    const assessFrom = requested(life, day, sequel, at + 1);
    if (assessFrom) return { person, sequels, ...supported(life, assessFrom, lifeOf, index) };
    day = addDays(day, random.between(90, 240));
  }
  return { person, sequels };
}

/** Long-term support from the assessment on, with whoever speaks and cares for the person, to the end of it. */
function supported(life: Life, from: PlainDate, lifeOf: LifeOf, index: number): Pick<LivedBy, 'plan' | 'budget'> {
  const { person, random, lastDay } = life;
  const needs = person.likelyNeeds.slice(0, random.between(2, Math.min(5, person.likelyNeeds.length)));
  if (random.chance(0.12)) urgentNeedMet(life, from, needs);
  const representative = spokenFor(life, from);
  const assessed = assessedEligible(life, from, needs, representative);
  if (person.details.hasUnpaidCarer === 'Yes') {
    const carer = withoutCarer(lifeOf(`carer-${index}`, 50_000 + index));
    const theirs = caresFor(carer, addDays(from, random.between(0, 14)), person.personId);
    if (theirs) followedUp(carer, theirs);
  }
  if (random.chance(0.3) && assessed.on < lastDay)
    harmed(life, addDays(assessed.on, random.between(1, Math.max(1, daysBetween(assessed.on, lastDay)))));
  return followedUp(life, assessed, representative);
}

/** From eligible needs to a budget, a plan, its reviews, and the end of it for some. */
function followedUp(life: Life, assessed: Assessed, representative?: Representative): Pick<LivedBy, 'plan' | 'budget'> {
  const { person, random, diary, lastDay } = life;
  const budget = budgeted(life, assessed);
  const plan = planned(life, assessed, budget, representative);
  if (!plan || plan.startedOn > lastDay) return { budget };
  const endedOn = reviewed(life, plan, budget);
  paidDirectly(life, budget, plan.startedOn, endedOn ?? lastDay);
  if (endedOn) {
    diary.endAfter(endedOn, /uprated/);
    accountClosed(life, endedOn, 'council decided');
  } else if (person.older && !assessed.ofCarer && random.chance(0.12)) died(life, plan, budget);
  return { plan, budget };
}

/** Everything that was to come does not; what the council had with the person is brought to its end. */
function died(life: Life, plan: Planned, budget: BudgetStory): void {
  const { diary, person, random, lastDay } = life;
  const left = daysBetween(plan.startedOn, lastDay);
  if (left < 40) return;
  const diedOn = addDays(plan.startedOn, random.between(30, left));
  diary.endAfter(diedOn);
  const { personId } = person;
  const toldOn = diary.add(
    addDays(diedOn, random.between(1, 7)),
    'practitioner',
    'died',
    (meta) => new RecordDeath({ personId, diedOn }, meta),
  );
  const closedOn = addDays(toldOn, random.between(1, 25));
  planClosed(life, plan, closedOn, 'the person died', 'Told by the family.');
  if (diary.has('budget-agreed')) budgetClosed(life, budget, closedOn, 'the person died');
  accountClosed(life, diedOn, 'person died');
}

/** The rulebooks in force from the first day, and each April's, and the lists of prices that were published for it. */
function rulebooks({ seed, from, until }: LifeOptions): Diary {
  const diary = new Diary('rulebooks', idOf(seed, 'nobody'), until);
  const contents = { adults: syntheticRulebook, carers: syntheticRulebookForCarers };
  const publish = (version: number, day: PlainDate, effectiveFrom: PlainDate, factor: number) => {
    for (const audience of audiences) {
      const rulebookId = rulebookIds[audience];
      const content = upratedBy(factor, contents[audience]);
      const name = `${audience}-${version}`;
      diary.add(day, 'finance', `drafted-${name}`, (meta) => new DraftRulebook({ rulebookId, content }, meta));
      diary.add(
        day,
        'finance',
        `published-${name}`,
        (meta) => new PublishRulebook({ rulebookId, version, effectiveFrom }, meta),
      );
    }
  };
  publish(1, from, from, 1);
  let factor = 1;
  for (const [at, uprating] of upratings(from, until).entries()) {
    const { upratingId, publishedOn, from: inForceFrom, reference: name } = uprating;
    const list = { registerId: UPRATINGS_ID, upratingId, name, of: 'prices of care and support', inForceFrom } as const;
    diary.add(publishedOn, 'finance', `published-prices-${inForceFrom}`, (meta) => new PublishUprating(list, meta));
    publish(at + 2, publishedOn, inForceFrom, (factor *= uprating.factor));
  }
  return diary;
}

const WHOLE_POUND = 100;
const upratedBy = (factor: number, content: RulebookContent): RulebookContent => ({
  ...content,
  curve: content.curve.map(({ points, pencePerWeek }) => ({
    points,
    pencePerWeek: Math.round((pencePerWeek * factor) / WHOLE_POUND) * WHOLE_POUND,
  })),
});

/** A carer has nobody who cares for them. */
const withoutCarer = (life: Life): Life => {
  const { person } = life;
  return { ...life, person: { ...person, details: { ...person.details, hasUnpaidCarer: 'No' } } };
};
