import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { readPlan } from '../../application/support-plan.reading.js';
import { AgreeSupportPlan, ChangePlanLine, ContributePlanLine } from '../../contracts/index.js';
import { draft, drafted, lineId, planId } from '../../domain/support-plan/support-plan.fixture.js';
import { lineForm } from './line-forms.js';
import { aboutForm, optionsForm, unmetNeedForm } from './need-forms.js';
import type { PlanForm } from './plan-form.js';
import { revisionForm, reviewForm } from './review-forms.js';
import { agreementForm } from './signing-forms.js';
import { fivePointForm, measureForm } from './outcome-forms.js';
import { Typed, type TypedValues } from './typed.js';

const { plan } = readPlan(
  draft.map((event, at) => ({
    ...event,
    id: `event-${at}`,
    effectiveOn: '2026-03-02',
    actorId: 'nadia',
    actorRole: 'practitioner',
  })),
)!;
const staff = { plan, role: 'practitioner', today: '2/3/2026', representatives: [], query: {} };
const person = { ...staff, role: 'person' };
const read = (form: PlanForm, typed: TypedValues, asking = staff) => form.read(new Typed(typed), asking);
const fieldsRefused = (form: PlanForm, typed: TypedValues): (string | undefined)[] => {
  try {
    read(form, typed);
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};
const line = {
  'line.need': 'nutrition',
  'line.action': ' Lunch at the club ',
  'line.contributor': 'community',
  'line.inOwnWords': 'I like company.',
  'line.weeklyPence': '£40',
};
const restriction = {
  'line.writtenBy': 'family',
  'line.purpose': 'protection',
  'line.protection.legalBasis': 'best interests (MCA 2005 s4–s6)',
};

describe('what is typed about a plan', () => {
  it('becomes a line of the person’s own, in pence, for their benefit', () => {
    const { Kind, said } = read(lineForm, line, person);
    expect(Kind).toBe(ContributePlanLine);
    expect(Kind.schema.parse({ planId, ...said })).toMatchObject({
      line: { ...drafted, lineId: expect.any(String) },
    });
  });
  it('changes the line that is named, and keeps what the person is not asked', () => {
    const { Kind, said } = read(lineForm, { ...line, 'line.lineId': lineId }, person);
    expect(Kind).toBe(ChangePlanLine);
    expect(said['line']).toEqual(drafted);
  });
  it('asks staff for the rest of a restriction that was begun', () =>
    expect(fieldsRefused(lineForm, { ...line, ...restriction })).toEqual([
      'line.protection.beneficiary',
      'line.protection.expiresOn',
    ]));
  it.each([
    ['line.need', ''],
    ['line.weeklyPence', '-3'],
    ['line.weeklyPence', 'much'],
    ['line.contributor', 'a stranger'],
    ['line.purpose', ''],
  ])('refuses %s when it is %j', (field, value) =>
    expect(
      fieldsRefused(lineForm, { ...line, 'line.writtenBy': 'family', 'line.purpose': 'benefit', [field]: value }),
    ).toEqual([field]),
  );
  it('finds no line that is not there', () =>
    expect(() => lineForm.fields({ ...staff, query: { line: planId } })).toThrow('no such line'));

  it('is an open duty only where it says so', () => {
    expect(read(unmetNeedForm, { need: 'nutrition', reason: 'open', openBecause: 'other' }).said).toEqual({
      need: 'nutrition',
      openBecause: 'other',
    });
    expect(fieldsRefused(unmetNeedForm, { need: 'nutrition' })).toEqual(['reason']);
  });
  it('leaves out of the circle and of independent living what nobody wrote', () => {
    expect(
      read(aboutForm, {
        'circle.1.who': 'A cousin',
        'circle.1.how': 'Visits',
        'independentLiving.4.outcome': 'To learn',
      }).said,
    ).toEqual({
      circle: [{ who: 'A cousin', how: 'Visits' }],
      independentLiving: [{ area: 'education', outcome: 'To learn' }],
    });
    expect(fieldsRefused(aboutForm, { 'circle.0.how': 'Visits' })).toEqual(['circle.0.who']);
  });
  it('is at least one option, of each whether it was chosen', () => {
    expect(fieldsRefused(optionsForm, { need: 'nutrition', chosenBy: 'person' })).toEqual(['options.0.way']);
    expect(
      fieldsRefused(optionsForm, { need: 'nutrition', chosenBy: 'person', 'options.1.way': 'technology' }),
    ).toEqual(['options.1.chosen']);
  });
  it('is a signature together with the council’s only where somebody signs', () => {
    const typed = { agreement: 'agreed', effectiveOn: '2/3/2026' };
    expect(read(agreementForm, typed)).toEqual({
      Kind: AgreeSupportPlan,
      said: { agreement: 'agreed', effectiveOn: '2026-03-02' },
    });
    expect(fieldsRefused(agreementForm, { ...typed, 'signature.how': 'on paper' })).toEqual(['signature.signatory']);
    expect(fieldsRefused(agreementForm, { ...typed, 'signature.signatory': 'representative' })).toEqual([
      'signature.how',
      'signature.representative.representationId',
    ]);
  });
  it('leads a fault of the rules to the lines that the page shows', () => {
    const at = (field: string) => agreementForm.faultsAt!([{ rule: 'r', message: 'm', field }])[0]!.field;
    expect([at('lines.2.need'), at('notMet.0.basis'), at('stepsToAgree')]).toEqual(['lines', 'lines', 'stepsToAgree']);
  });
  it('is a level for each domain, and names those that are missing', () => {
    const all = Object.fromEntries([0, 1, 2, 3, 4].map((at) => [`levels.${at}.level`, '2']));
    const typed = {
      instrument: 'Independent living',
      instrumentVersion: '1',
      moment: 'before',
      answeredBy: 'the person',
      effectiveOn: '2/3/2026',
      ...all,
    };
    expect(read(measureForm, typed).said['levels']).toHaveLength(5);
    expect(fieldsRefused(measureForm, { ...typed, 'levels.3.level': '4' })).toEqual(['levels.3.level']);
  });
  it('is a new budget only where amounts were entered', () => {
    expect(read(revisionForm, { reviewId: planId }).said).toEqual({ reviewId: planId });
    expect(
      read(revisionForm, {
        reviewId: planId,
        'budget.costPencePerWeek': '500',
        'budget.councilPaysPencePerWeek': '500',
      }).said,
    ).toEqual({
      reviewId: planId,
      budget: { costPencePerWeek: 50_000, personPaysPencePerWeek: 0, councilPaysPencePerWeek: 50_000 },
    });
  });
  it('is refused as a review field by field', () =>
    expect(fieldsRefused(reviewForm, { nextReviewInMonths: 'soon' })).toEqual([
      'reason',
      'method',
      'startedOn',
      'effectiveOn',
      'whatChanged',
      'outcomesAchieved',
      'consequence',
      'outcome',
      'nextReviewInMonths',
    ]));
});

describe('what a form asks', () => {
  const asked = (form: PlanForm, asking: typeof staff): string =>
    JSON.stringify([
      form.title(asking),
      form.lead?.(asking),
      form
        .fields(asking)
        ?.map(({ heading, label, hint, items }) => [heading, label, hint, items?.map(({ text }) => text)]),
    ]);
  it('is in plain words where the person fills it in, and in the terms of the law for staff', () => {
    for (const form of [lineForm, fivePointForm, measureForm]) {
      expect(asked(form, person)).not.toMatch(/nutrition|Front-line|ethical|Who answered|the person|domain/i);
      expect(asked(form, person)).not.toBe(asked(form, staff));
    }
    expect(asked(lineForm, person)).toContain('Eating and drinking');
    expect(asked(lineForm, staff)).toContain('Nutrition');
    expect(asked(fivePointForm, person)).toContain('You decide how the money is used');
    expect(asked(fivePointForm, staff)).toContain('Does it hold: the person controls the money?');
  });
  it('asks the person neither for a review by its id, nor who they are', () => {
    const names = (asking: typeof staff) => measureForm.fields(asking)?.map(({ name }) => name);
    expect(names(person)).not.toContain('reviewId');
    expect(names(staff)).toContain('reviewId');
  });
});
