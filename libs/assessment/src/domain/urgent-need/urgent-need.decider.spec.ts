import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import { assessmentEvents, EndUrgentHelp, MeetUrgentNeed, type MeetUrgentNeedData } from '../../contracts/index.js';
import { urgentNeedDecider, type UrgentNeedEvent, urgentNeedStream } from './urgent-need.decider.js';

const ids = {
  urgentNeedId: '0b0f0000-0000-4000-8000-000000000001',
  personId: '0b0f0000-0000-4000-8000-000000000002',
};
const data: MeetUrgentNeedData = {
  ...ids,
  needs: ['nutrition'],
  provided: 'Meals are brought from tonight.',
  reasons: 'Her carer was taken to hospital today.',
  leftForLater: ['assessment of needs', 'decision on eligibility'],
  lookAgainOn: '2026-03-09',
};
const met: UrgentNeedEvent = { type: 'assessment.urgent-need-met.v1', data };
const end = { ...ids, reason: 'the assessment is complete' as const };
const spec = specification(urgentNeedDecider, assessmentEvents);
const meeting = (change: Partial<MeetUrgentNeedData>) => spec.when(MeetUrgentNeed, { ...data, ...change });

describe('an urgent need', () => {
  it('has a stream of its own', () =>
    expect(urgentNeedStream(data)).toBe(`assessment.urgent-need-${ids.urgentNeedId}`));
  it('is met first, and says what is left for later', () => {
    meeting({}).then(met);
    const definition = assessmentEvents.find(({ type }) => type === met.type)!;
    expect((definition.title as (said: MeetUrgentNeedData) => string)(data)).toBe(
      'Urgent need met before the assessment of needs, decision on eligibility; the duties stand',
    );
  });
  it('that is met so already is nothing new, and not another one', () => {
    spec.given(met).when(MeetUrgentNeed, data).thenNothing();
    spec
      .given(met)
      .when(MeetUrgentNeed, { ...data, provided: 'x' })
      .thenRefused('urgent-need-met-once');
  });
  it.each(['reasons', 'provided'] as const)('has %s', (field) =>
    meeting({ [field]: ' ' }).thenRefused('urgent-need-has-reasons', { section: 'Care Act 2014 s19(3)', field }),
  );
  it('leaves something for later', () =>
    meeting({ leftForLater: [] }).thenRefused('what-is-left-for-later-is-said', { field: 'leftForLater' }));
  it('is looked at again later', () =>
    meeting({ lookAgainOn: '2026-03-02' }).thenRefused('urgent-help-is-looked-at-again', { field: 'lookAgainOn' }));
  it('was met by today', () =>
    spec
      .when(MeetUrgentNeed, data, { effectiveOn: '2026-03-03' })
      .thenRefused('happened-by-today', { section: 'Care Act 2014 s19(3)', field: 'effectiveOn' }));
  it('ends on a day that has come, and not before it began', () => {
    const given = spec.given({ ...met, effectiveOn: '2026-03-01' });
    const ended = { type: 'assessment.urgent-help-ended.v1', data: end } as const;
    given.when(EndUrgentHelp, end, { effectiveOn: '2026-03-01' }).then(ended);
    given.when(EndUrgentHelp, end, { effectiveOn: '2026-02-28' }).thenRefused('urgent-help-ends-after-it-began', {
      section: 'Care Act 2014 s19(3)',
      field: 'effectiveOn',
      message: 'The help began on 1 March 2026: it cannot end before.',
    });
    given.when(EndUrgentHelp, end, { effectiveOn: '2026-03-03' }).thenRefused('happened-by-today', {
      field: 'effectiveOn',
      message: 'This day has not come yet.',
    });
  });
  it('ends once, after it began', () => {
    spec.given(met).when(EndUrgentHelp, end).then({ type: 'assessment.urgent-help-ended.v1', data: end });
    spec.when(EndUrgentHelp, end).thenRefused('urgent-help-goes-on', { field: 'urgentNeedId' });
    spec
      .given(met, { type: 'assessment.urgent-help-ended.v1', data: end })
      .when(EndUrgentHelp, end)
      .thenRefused('urgent-help-goes-on');
    spec
      .given(met, { type: 'assessment.urgent-help-ended.v1', data: end })
      .when(MeetUrgentNeed, { ...data, provided: 'x' })
      .thenRefused('urgent-need-met-once');
  });
});
