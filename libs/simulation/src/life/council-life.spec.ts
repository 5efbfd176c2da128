import { describe, expect, it } from '@jest/globals';
import { type OfferAssessmentData, type RequestSupportData, routesOfAccess } from '@caretrail/assessment/contracts';
import { type ChooseDeploymentData, directPayments } from '@caretrail/budgets/contracts';
import { addDays, addMonths, ageOn, type Command, type CommandMeta, daysBetween } from '@caretrail/kernel';
import type { RegisterPersonData } from '@caretrail/people/contracts';
import type { AgreeSupportPlanData, MeasureOutcomeData } from '@caretrail/planning/contracts';
import type { z } from 'zod';
import { type CouncilLife, councilLife } from './council-life.js';
import type { LifeStep, Lived } from './life-step.js';
import { published, supportReasons } from './published-figures.js';

const FROM = '2024-11-23';
const UNTIL = '2026-11-23';
const SIZE = { from: FROM, until: UNTIL, askers: 120, supportedBefore: 28 };

/** As if everything had been opened and indicated that a process opens and indicates. */
const lived: Lived = {
  allocationOf: (assessmentId) => assessmentId,
  planOf: (assessmentId) => assessmentId,
  indicationOf: () => 31_230,
  eventOf: () => Promise.resolve('4471c0de-0000-4000-8000-000000000001'),
  referenceOf: () => Promise.resolve('SC-2026-0001'),
  accountOf: (who) => who,
};
const metaOf = ({ id, on, who }: LifeStep): CommandMeta => ({
  tenant: 'E06000996',
  commandId: id,
  actor: { id: who, role: who },
  effectiveOn: on,
});
const commandOf = async (step: LifeStep): Promise<Command> => step.command(metaOf(step), lived);
const named = (life: CouncilLife, name: RegExp) => life.steps.filter(({ id }) => name.test(id));
const dataOf = async <Data>(steps: readonly LifeStep[]): Promise<readonly Data[]> =>
  (await Promise.all(steps.map(commandOf))).map(({ data }) => data as Data);
const shareOf = <Item>(items: readonly Item[], is: (item: Item) => boolean): number =>
  items.filter(is).length / items.length;

describe('a council’s life', () => {
  const life = councilLife({ seed: 996, ...SIZE });

  it('is the same for the same seed, and another for another', async () => {
    const again = councilLife({ seed: 996, ...SIZE });
    const inClear = (each: CouncilLife) => each.steps.map(({ id, on, who, personId }) => ({ id, on, who, personId }));
    expect(inClear(again)).toEqual(inClear(life));
    // Also when its commands are asked for in another order, and twice: nothing is drawn while it is lived.
    const backwards = (await Promise.all(again.steps.toReversed().map(commandOf))).toReversed();
    expect(backwards.map(({ data }) => data)).toEqual(await dataOf(life.steps));
    expect(inClear(councilLife({ seed: 997, ...SIZE }))).not.toEqual(inClear(life));
  });

  it('consists of commands as their contracts have them, each named once, on days that are lived', async () => {
    expect(new Set(life.steps.map(({ id }) => id)).size).toBe(life.steps.length);
    for (const step of life.steps) {
      const command = await commandOf(step);
      const { schema } = command.constructor as unknown as { schema: z.ZodType };
      expect([step.id, schema.safeParse(command.data).error]).toEqual([step.id, undefined]);
      expect([step.id, step.on >= FROM && step.on < UNTIL]).toEqual([step.id, true]);
    }
    const days = life.steps.map(({ on }) => on);
    expect(days.toSorted()).toEqual(days);
  });

  it('is of people who are marked as made up, and nobody has a name that is not of syllables', async () => {
    const people = await dataOf<RegisterPersonData>(named(life, /\/registered$/));
    expect(people.length).toBeGreaterThan(SIZE.askers + SIZE.supportedBefore);
    for (const { simulated, details } of people) {
      expect(simulated).toBe(true);
      expect(details.postcode).toMatch(/^ZZ/);
    }
  });

  it('holds what the product is to show: each of these, and some of it late', () => {
    for (const name of [
      /own-answers/,
      /difference-answered/,
      /refused/,
      /advice/,
      /signpost/,
      /urgent-need-met/,
      /representative-appointed/,
      /advocate-appointed/,
      /capacity-assessed/,
      /best-interests-decided/,
      /assessment-returned/,
      /carer-\d+\/assessed/,
      /carer-\d+\/plan-agreed/,
      /override-decided/,
      /uprated/,
      /need-open/,
      /dissent/,
      /signed-online/,
      /review-\d-asked-for/,
      /revision-\d-agreed/,
      /budget-after-review/,
      /paid-/,
      /account-closed/,
      /died/,
      /alert-decided/,
    ])
      expect([name, named(life, name).length > 0]).toEqual([name, true]);
  });

  it('takes no longer than it is meant to from eligible needs to a budget', () => {
    const late = named(life, /\/allocated$/).map((allocated) => {
      const assessed = life.steps.find(
        ({ life: whose, id }) =>
          whose === allocated.life && /\/(assessment-completed|assessment-approved|assessed)$/.test(id),
      )!;
      return daysBetween(assessed.on, allocated.on);
    });
    expect(Math.max(...late)).toBeLessThanOrEqual(115);
    expect(shareOf(late, (days) => days > 42)).toBeGreaterThan(0.02);
    expect(shareOf(late, (days) => days > 42)).toBeLessThan(0.2);
  });

  it('has most plans signed by both sides', async () => {
    const agreed = named(life, /\/plan-agreed$/);
    const signedOnline = new Set(named(life, /signed-online/).map(({ life: whose }) => whose));
    const plans = await dataOf<AgreeSupportPlanData>(agreed);
    const signed = plans.filter(({ signature }, at) => signature ?? signedOnline.has(agreed[at]!.life));
    expect(signed.length / plans.length).toBeGreaterThan(0.75);
    expect(plans.filter(({ agreement }) => agreement === 'dissents').every(({ stepsToAgree }) => stepsToAgree)).toBe(
      true,
    );
  });

  it('can begin on any day of the year', () => {
    for (let month = 0; month < 12; month++) {
      const until = addDays(addMonths('2027-01-31', month), month);
      const short = councilLife({ seed: 5, from: addMonths(until, -24), until, askers: 12, supportedBefore: 6 });
      expect(short.steps.length).toBeGreaterThan(200);
    }
  });
});

describe('what many councils are like together, beside the published figures', () => {
  const lives = [11, 12, 13, 14, 15].map((seed) => councilLife({ seed, ...SIZE }));
  const steps = lives.flatMap((life) => life.steps);
  const people = lives.flatMap((life) => life.people);
  const askers = people.filter(({ sequels }) => sequels.length);
  const sequels = askers.flatMap((each) => each.sequels);

  it('who asks', () => {
    expect(shareOf(askers, ({ person }) => ageOn(person.details.dateOfBirth!, FROM) >= 65)).toBeCloseTo(
      published.requestsAged65,
      1,
    );
    expect(Math.abs(sequels.length / askers.length - published.requestsPerPerson)).toBeLessThan(0.1);
  });

  it('how they come', async () => {
    const requests = await dataOf<RequestSupportData>(steps.filter(({ id }) => /\/request-\d$/.test(id)));
    const from = (route: (typeof routesOfAccess)[number]) => shareOf(requests, (each) => each.route === route);
    expect(Math.abs(from('Community / Other route') - published.routes.community)).toBeLessThan(0.05);
    expect(Math.abs(from('Discharge from Hospital') - published.routes.hospital)).toBeLessThan(0.05);
  });

  it.each(Object.entries(published.sequels))('what comes of it: %s', (sequel, share) => {
    expect(Math.abs(shareOf(sequels, (each) => each === sequel) - share)).toBeLessThan(0.04);
  });

  it.each(['younger', 'older'] as const)('why people are supported: %s', (age) => {
    const those = people.filter(({ person, budget }) => budget && person.older === (age === 'older'));
    const all = supportReasons.reduce((sum, each) => sum + each[age], 0);
    for (const { reason, ...counts } of supportReasons)
      expect([
        reason,
        Math.abs(shareOf(those, ({ person }) => person.reason === reason) - counts[age] / all) < 0.1,
      ]).toEqual([reason, true]);
  });

  it.each(['younger', 'older'] as const)('how many have a direct payment: %s', (age) => {
    const those = people.filter(({ person, budget }) => budget && person.older === (age === 'older'));
    const share = shareOf(those, ({ budget }) => budget!.directPayment);
    expect(Math.abs(share - published.directPayments[age])).toBeLessThan(0.09);
  });

  it('that what is chosen is what is held', async () => {
    const chosen = await dataOf<ChooseDeploymentData>(steps.filter(({ id }) => id.endsWith('/deployed')));
    for (const { parts, ways } of chosen) {
      expect(parts.every(({ way }) => ways.some((each) => each.way === way && each.offered))).toBe(true);
      expect(parts.length).toBeGreaterThan(0);
    }
    expect(new Set(chosen.flatMap(({ parts }) => parts.map(({ way }) => way))).size).toBe(5);
    expect(chosen.some(({ parts }) => parts.some(({ way }) => directPayments.includes(way)))).toBe(true);
  });

  it('how many of those with support for more than a year were reviewed in the last', () => {
    const lastYear = addMonths(UNTIL, -12);
    // A life has the same name in every council; a person's id is theirs.
    const whose = (name: RegExp, is: (step: LifeStep) => boolean = () => true) =>
      new Set(steps.filter((step) => name.test(step.id) && is(step)).map(({ personId }) => personId));
    const ended = whose(/\/(plan-closed|died)$/);
    const reviewed = whose(/\/review-\d+$/, ({ on }) => on >= lastYear);
    const supported = [...whose(/\/support-started$/, ({ on }) => on < lastYear)].filter((id) => !ended.has(id));
    const share = shareOf(supported, (id) => reviewed.has(id));
    expect(Math.abs(share - published.reviewedInTheYear)).toBeLessThan(0.08);
  });

  it.each(['younger', 'older'] as const)('what quality of life they have with support: %s', async (age) => {
    const older = new Map(people.map(({ person }) => [person.personId, person.older]));
    const those = steps.filter(
      ({ id, personId }) => /\/measured-\d+$/.test(id) && older.get(personId) === (age === 'older'),
    );
    const totals = (await dataOf<MeasureOutcomeData>(those)).map(({ levels }) =>
      levels.reduce((sum, { level }) => sum + level, 0),
    );
    const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
    expect(Math.abs(mean - published.qualityOfLife[age])).toBeLessThan(0.6);
  });

  it('and that self-assessment is offered to nearly everybody', async () => {
    const offers = await dataOf<OfferAssessmentData>(
      steps
        .filter(({ id }) => id.endsWith('-offered') || id.endsWith('/offered'))
        .filter(({ id }) => !id.endsWith('options-offered')),
    );
    expect(shareOf(offers, (offer) => offer.selfAssessmentOffered)).toBeGreaterThan(0.85);
  });
});
