import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RasAnswer, rasTrace, type RulebookContent, usualOrder } from '../../contracts/index.js';
import { exact, isLess, readExact, rounded } from './exact.js';
import { mostPoints, unanswered, unknownAnswers, workOut } from './ras.engine.js';
import { smallRulebook } from './rulebook.fixture.js';

const said = (answers: Readonly<Record<string, string>>): RasAnswer[] =>
  Object.entries(answers).map(([question, answer]) => ({ question, answer }));
const given = (eating: string, washing: string, goingOut: string, carer?: string) =>
  said({ eating, washing, 'going out': goingOut, ...(carer && { 'what a carer does': carer }) });
const willingAndAble = { willing: true, able: true };

describe('the engine, worked by hand', () => {
  it('10 + 8 + 6 = 24 points, £140, 92.5% of it is £129.50', () => {
    expect(workOut(smallRulebook, given('some', 'some', 'some'))).toEqual({
      answers: [
        { question: 'eating', answer: 'some', domain: 'daily living', points: 10 },
        { question: 'washing', answer: 'some', domain: 'daily living', points: 8 },
        { question: 'going out', answer: 'some', domain: 'community', points: 6 },
      ],
      domains: [
        { domain: 'daily living', points: 18, cap: 40, counted: 18 },
        { domain: 'community', points: 6, counted: 6 },
      ],
      points: 24,
      curve: { from: { points: 20, pencePerWeek: 10_000 }, to: { points: 40, pencePerWeek: 30_000 }, amount: '14000' },
      steps: [
        {
          step: 'carer share',
          before: '14000',
          after: '14000',
          why: 'Nobody said what a carer does, so nothing is taken off.',
        },
        {
          step: 'deflator',
          before: '14000',
          after: '12950',
          why: '92.5% of it is given: what the council can spend, decided for 2026–27.',
        },
        {
          step: 'floor and ceiling',
          before: '12950',
          after: '12950',
          why: 'It lies between floor and ceiling, or there is none.',
        },
      ],
      rounded: { before: '12950', pencePerWeek: 12_950 },
    });
  });

  it('25 + 8 + 15 = 48 points, 8 of 15 on the last rise: £380.53⅓; a quarter off is £285.40, 92.5% is £263.995: half a penny up', () => {
    const trace = workOut(smallRulebook, given('all', 'some', 'all', 'some of it'), willingAndAble);
    expect(trace.points).toBe(48);
    expect(trace.curve.amount).toBe('114160/3');
    expect(trace.steps.map(({ after }) => after)).toEqual(['28540', '52799/2', '52799/2']);
    expect(trace.steps[0]!.why).toBe('25% is taken off for what a carer does who is willing and able: some of it.');
    expect(trace.rounded).toEqual({ before: '52799/2', pencePerWeek: 26_400 });
  });

  it.each([
    [undefined, 'nobody asked'],
    [{ willing: false, able: true }, 'not willing'],
    [{ willing: true, able: false }, 'not able'],
  ])('takes nothing off for a carer of whom is known %j (%s)', (carer, _why) => {
    const trace = workOut(smallRulebook, given('all', 'some', 'all', 'some of it'), carer);
    expect(trace.steps[0]).toMatchObject({ before: '114160/3', after: '114160/3' });
    expect(trace.steps[0]!.why).toContain('willing and able');
    expect(trace.rounded).toEqual({ before: '105598/3', pencePerWeek: 35_199 });
  });

  it('25 + 20 points of daily living count as the cap of 40; £417.18 is lowered to the ceiling', () => {
    const trace = workOut(smallRulebook, given('all', 'all', 'all'));
    expect(trace.domains[0]).toEqual({ domain: 'daily living', points: 45, cap: 40, counted: 40 });
    expect(trace.points).toBe(55);
    expect(trace.steps.map(({ after }) => after)).toEqual(['45100', '83435/2', '40000']);
    expect(trace.steps[2]!.why).toBe('Lowered to the ceiling of £400.00 a week.');
    expect(trace.rounded.pencePerWeek).toBe(40_000);
  });

  it('no points are nothing, raised to the floor', () => {
    const trace = workOut(smallRulebook, given('none', 'none', 'none'));
    expect(trace.curve).toEqual({
      from: { points: 0, pencePerWeek: 0 },
      to: { points: 0, pencePerWeek: 0 },
      amount: '0',
    });
    expect(trace.steps[2]).toMatchObject({ after: '2500', why: 'Raised to the floor of £25.00 a week.' });
    expect(trace.rounded.pencePerWeek).toBe(2_500);
  });

  it('takes the steps in the order of the rulebook: the ceiling before the deflator leaves 92.5% of the ceiling', () => {
    const order = ['floor and ceiling', 'deflator', 'carer share'] as const;
    const trace = workOut(
      { ...smallRulebook, order: [...order] },
      given('all', 'all', 'all', 'most of it'),
      willingAndAble,
    );
    expect(trace.steps.map(({ step, after }) => [step, after])).toEqual([
      ['floor and ceiling', '40000'],
      ['deflator', '37000'],
      ['carer share', '18500'],
    ]);
  });

  it('rounds once, and as the rulebook says', () => {
    const rounding = { toPence: 100, half: 'up' } as const;
    const trace = workOut({ ...smallRulebook, rounding }, given('some', 'some', 'some'));
    expect(trace.rounded).toEqual({ before: '12950', pencePerWeek: 13_000 });
  });

  it('does without what the rulebook does not have, and says so', () => {
    const { carer, deflator, floorPencePerWeek, ceilingPencePerWeek, ...bare } = smallRulebook;
    expect([carer, deflator, floorPencePerWeek, ceilingPencePerWeek]).not.toContain(undefined);
    const trace = workOut(bare, given('all', 'all', 'all', 'most of it'), willingAndAble);
    expect(trace.rounded.pencePerWeek).toBe(45_100);
    expect(trace.steps.map(({ why }) => why)).toEqual([
      'The rulebook takes nothing off for what a carer does.',
      'The rulebook has no deflator.',
      'It lies between floor and ceiling, or there is none.',
    ]);
  });

  it('goes on level beyond the last corner', () => {
    const curve = smallRulebook.curve.slice(0, 2);
    const trace = workOut({ ...smallRulebook, curve }, given('all', 'all', 'all'));
    expect(trace.curve).toEqual({ from: curve[1], to: curve[1], amount: '10000' });
  });

  it('lies on a corner without a stretch', () => {
    const trace = workOut(smallRulebook, given('all', 'all', 'none'));
    expect(trace.curve.from).toEqual(trace.curve.to);
    expect(trace.curve.amount).toBe('30000');
  });

  it('says what it has no answer to, and which answers it does not know', () => {
    expect(unanswered(smallRulebook, said({ washing: 'all', other: 'x' }))).toEqual(['eating', 'going out']);
    const odd = said({ eating: 'twice', washing: 'all', 'what a carer does': 'everything', other: 'x' });
    expect(unknownAnswers(smallRulebook, odd)).toEqual(said({ eating: 'twice', 'what a carer does': 'everything' }));
    for (const answers of [odd, odd.slice(1)])
      expect(() => workOut(smallRulebook, answers)).toThrow('No answer that the rulebook knows to “eating”.');
    const { carer, ...withoutCarer } = smallRulebook;
    expect(unknownAnswers(withoutCarer, [...odd, { question: carer!.question, answer: 'x' }])).toEqual(
      said({ eating: 'twice' }),
    );
  });

  it('knows the most points there are, caps counted', () => expect(mostPoints(smallRulebook)).toBe(55));
});

/** Rulebooks without faults, with answers to each of their questions. */
const cases = fc
  .array(
    fc.record({
      domain: fc.constantFrom('a', 'b', 'c'),
      points: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 4 }),
      chosen: fc.nat(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((asked) =>
    fc.record({
      asked: fc.constant(asked),
      caps: fc.array(fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }), { minLength: 3, maxLength: 3 }),
      rises: fc.array(fc.record({ points: fc.integer({ min: 1, max: 90 }), pence: fc.nat(30_000) }), {
        minLength: 1,
        maxLength: 5,
      }),
      off: fc.integer({ min: 0, max: 10_000 }),
      deflator: fc.integer({ min: 1, max: 10_000 }),
      floor: fc.nat(100),
      above: fc.nat(2_000),
      toPence: fc.constantFrom(1, 10, 100),
      half: fc.constantFrom('up' as const, 'down' as const, 'to even' as const),
      order: fc.shuffledSubarray(usualOrder.order, { minLength: 3 }),
      carer: fc.option(fc.record({ willing: fc.boolean(), able: fc.boolean() }), { nil: undefined }),
    }),
  )
  .map(({ asked, caps, rises, off, deflator, floor, above, toPence, half, order, carer }) => {
    const questions = asked.map(({ domain, points }, at) => ({
      question: `q${at}`,
      words: 'A question?',
      domain,
      answers: points.map((each, index) => ({ answer: `a${index}`, words: 'An answer', points: each })),
    }));
    const domains = ['a', 'b', 'c']
      .filter((domain) => asked.some((each) => each.domain === domain))
      .map((domain, at) => ({ domain, ...(caps[at] !== undefined && { cap: caps[at] }) }));
    const curve = [{ points: 0, pencePerWeek: 0 }];
    for (const rise of rises)
      curve.push({
        points: curve.at(-1)!.points + rise.points,
        pencePerWeek: curve.at(-1)!.pencePerWeek + rise.pence,
      });
    const rulebook: RulebookContent = {
      name: 'Made up by a test',
      questions,
      domains,
      curve,
      carer: {
        question: 'carer',
        words: 'What does a carer do?',
        answers: [
          { answer: 'nothing', words: 'Nothing', offHundredths: 0 },
          { answer: 'something', words: 'Something', offHundredths: off },
        ],
      },
      deflator: { hundredths: deflator, words: 'decided.' },
      floorPencePerWeek: floor * 100,
      ceilingPencePerWeek: (floor + above) * 100,
      order,
      rounding: { toPence, half },
    };
    const answers = [
      ...asked.map(({ points, chosen }, at) => ({ question: `q${at}`, answer: `a${chosen % points.length}` })),
      { question: 'carer', answer: 'something' },
    ];
    return { rulebook, answers, carer };
  });

describe('the engine, with any rulebook', () => {
  const check = (property: (each: typeof cases extends fc.Arbitrary<infer Case> ? Case : never) => void) =>
    fc.assert(fc.property(cases, property), { seed: 26, numRuns: 400 });

  it('answers the same again, in a trace that can be stored', () =>
    check(({ rulebook, answers, carer }) => {
      const trace = workOut(rulebook, answers, carer);
      expect(rasTrace.parse(trace)).toEqual(trace);
      expect(workOut(rulebook, [...answers].reverse(), carer)).toEqual(trace);
    }));

  it('never counts more of a domain than its cap, and counts every point below it', () =>
    check(({ rulebook, answers, carer }) => {
      const { answers: counted, domains, points } = workOut(rulebook, answers, carer);
      for (const { domain, cap, counted: taken } of domains) {
        const sum = counted.filter((each) => each.domain === domain).reduce((all, each) => all + each.points, 0);
        expect(taken).toBe(cap === undefined || sum < cap ? sum : cap);
      }
      expect(points).toBe(domains.reduce((all, domain) => all + domain.counted, 0));
      expect(points).toBeLessThanOrEqual(mostPoints(rulebook));
    }));

  it('never gives less for more points', () =>
    check(({ rulebook, answers, carer }) => {
      const before = workOut(rulebook, answers, carer);
      for (const { question, answers: known } of rulebook.questions) {
        const now = answers.find((each) => each.question === question)!;
        const points = known.find(({ answer }) => answer === now.answer)!.points;
        for (const more of known.filter((each) => each.points >= points)) {
          const changed = answers.map((each) => (each === now ? { question, answer: more.answer } : each));
          expect(workOut(rulebook, changed, carer).rounded.pencePerWeek).toBeGreaterThanOrEqual(
            before.rounded.pencePerWeek,
          );
        }
      }
    }));

  it('never gives more because of a carer', () =>
    check(({ rulebook, answers }) => {
      const alone = workOut(rulebook, answers).rounded.pencePerWeek;
      expect(workOut(rulebook, answers, { willing: true, able: true }).rounded.pencePerWeek).toBeLessThanOrEqual(alone);
    }));

  it('stays between floor and ceiling when they come last', () =>
    check(({ rulebook, answers, carer }) => {
      const { pencePerWeek } = workOut({ ...rulebook, ...{ order: usualOrder.order } }, answers, carer).rounded;
      expect(pencePerWeek).toBeGreaterThanOrEqual(rulebook.floorPencePerWeek!);
      expect(pencePerWeek).toBeLessThanOrEqual(rulebook.ceilingPencePerWeek!);
    }));

  it('hands each step what the one before left, and rounds once, by less than a unit', () =>
    check(({ rulebook, answers, carer }) => {
      const { curve, steps, rounded: end } = workOut(rulebook, answers, carer);
      const amounts = [curve.amount, ...steps.map(({ after }) => after)];
      expect(steps.map(({ before }) => before)).toEqual(amounts.slice(0, -1));
      expect(end.before).toBe(amounts.at(-1));
      const { toPence, half } = rulebook.rounding;
      expect(end.pencePerWeek).toBe(rounded(readExact(end.before), toPence, half));
      expect(isLess(readExact(end.before), exact(Math.max(0, end.pencePerWeek - toPence)))).toBe(false);
      expect(isLess(exact(end.pencePerWeek + toPence), readExact(end.before))).toBe(false);
    }));
});
