import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { factsOf } from './case-facts.js';
import { nextLinkOf, openAssessmentOf } from './case-rows.js';
import type { Case } from './case-stage.js';
import type { StandingFact } from './cases.query.js';

const PERSON = '4471c0de-0000-4000-8000-000000000001';
const FIRST = '4471c0de-0000-4000-8000-000000000002';
const SECOND = '4471c0de-0000-4000-8000-000000000003';
const fact = (kind: StandingFact['kind'], factId: string) => ({ kind, factId }) as StandingFact;

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
