import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { factsOf } from './case-facts.js';
import { detailOf, nextLinkOf, openAssessmentOf, urgentHelpOf } from './case-rows.js';
import type { Case } from './case-stage.js';
import type { StandingFact } from './cases.query.js';

const PERSON = '4471c0de-0000-4000-8000-000000000001';
const FIRST = '4471c0de-0000-4000-8000-000000000002';
const SECOND = '4471c0de-0000-4000-8000-000000000003';
const fact = (kind: StandingFact['kind'], factId: string) => ({ kind, factId }) as StandingFact;

describe('a carer’s assessment', () => {
  const assessed = (change: object) =>
    factsOf({
      type: 'assessment.carer-assessed.v1',
      data: {
        assessmentId: FIRST,
        personId: PERSON,
        eligibleNeeds: 'Eligible needs identified',
        healthAtRisk: false,
        findings: [
          { outcome: 'nutrition', able: true },
          { outcome: 'a habitable home', able: false },
        ],
        ...change,
      },
      metadata: { effectiveOn: '2026-03-02' },
    } as unknown as StoredEvent)[0]!;
  const inWords = ({ eligible, needs, said, returned }: ReturnType<typeof assessed>) =>
    detailOf({ kind: 'assessed', eligible, needs, said, returned } as StandingFact);

  it('is an assessment of the case, and says whose needs it is about', () => {
    const fact = assessed({});
    expect(fact).toMatchObject({ kind: 'assessed', fact_id: FIRST, eligible: true, needs: 1 });
    expect(inWords(fact)).toBe('as a carer: eligible needs, unable to achieve 1 of 8 outcomes');
  });
  it('says where health is at risk, and where needs are not eligible', () => {
    expect(inWords(assessed({ healthAtRisk: true, findings: [] }))).toBe(
      'as a carer, whose health is at risk: eligible needs, unable to achieve 0 of 8 outcomes',
    );
    expect(inWords(assessed({ eligibleNeeds: 'No needs identified' }))).toContain('no eligible needs');
  });
  it('leaves an adult’s as it was', () =>
    expect(detailOf({ kind: 'assessed', eligible: true, needs: 2, returned: false } as StandingFact)).toBe(
      'eligible needs, unable to achieve 2 of 10 outcomes',
    ));
});

describe('an assessment that was offered', () => {
  it('is a fact of the case, with whose needs and how', () => {
    const event = {
      type: 'assessment.assessment-offered.v1',
      data: { assessmentId: FIRST, personId: PERSON, subject: 'carer', selfAssessmentOffered: true },
      metadata: { effectiveOn: '2026-03-02' },
    } as unknown as StoredEvent;
    expect(factsOf(event)).toEqual([
      {
        kind: 'assessment offered',
        fact_id: FIRST,
        person_id: PERSON,
        effective_from: '2026-03-02',
        withdrawn: false,
        returned: false,
        said: 'as a carer, with a self-assessment',
      },
    ]);
  });
  it('is open until it is complete; the last one counts', () => {
    expect(openAssessmentOf([])).toBeUndefined();
    expect(openAssessmentOf([fact('assessment offered', FIRST)])).toBe(FIRST);
    expect(openAssessmentOf([fact('assessment offered', FIRST), fact('assessed', FIRST)])).toBeUndefined();
    expect(
      openAssessmentOf([
        fact('assessment offered', FIRST),
        fact('assessed', FIRST),
        fact('assessment offered', SECOND),
      ]),
    ).toBe(SECOND);
  });
  it('is where the practitioner goes on', () => {
    const found = { personId: PERSON, step: 'assess' } as Case;
    expect(nextLinkOf(found, 'practitioner', FIRST)?.href).toBe(`/assessments/${FIRST}`);
    expect(nextLinkOf(found, 'practitioner')?.href).toBe(`/people/${PERSON}/assessment`);
    expect(nextLinkOf(found, 'finance', FIRST)).toBeUndefined();
  });
});

describe('urgent help', () => {
  const told = (type: string, data: object, on: string) =>
    factsOf({
      type,
      data: { urgentNeedId: FIRST, personId: PERSON, ...data },
      metadata: { effectiveOn: on },
    } as unknown as StoredEvent).map(
      (each) => ({ ...each, factId: each.fact_id, effectiveFrom: each.effective_from }) as unknown as StandingFact,
    );
  const met = told('assessment.urgent-need-met.v1', { needs: ['nutrition'], lookAgainOn: '2026-03-09' }, '2026-03-02');
  const other = met.map((each) => ({ ...each, factId: SECOND }));
  const ended = told('assessment.urgent-help-ended.v1', { reason: 'the need is over' }, '2026-03-05');

  it('goes on until it ends, and is late from the day after it was to be looked at again', () => {
    const goesOn = { id: FIRST, since: '2026-03-02', lookAgainOn: '2026-03-09', late: false };
    expect(urgentHelpOf(met, '2026-03-09')).toEqual([goesOn]);
    expect(urgentHelpOf(met, '2026-03-10')).toEqual([{ ...goesOn, late: true }]);
    expect(urgentHelpOf([...met, ...other, ...ended], '2026-03-09')).toEqual([{ ...goesOn, id: SECOND }]);
  });
  it('is said in words among the facts', () => {
    expect(met.map(detailOf)).toEqual(['for 1 need, to be looked at again by 9 March 2026']);
    expect(ended.map(detailOf)).toEqual(['the need is over']);
  });
});
