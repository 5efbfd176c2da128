import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { factsOf } from './case-facts.js';
import { detailOf, nextLinkOf, openAssessmentOf } from './case-rows.js';
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
