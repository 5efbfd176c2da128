import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  commissioningEvents,
  type Element,
  RecordReturnedElement,
  type RecordReturnedElementData,
  WithdrawReturnedElement,
} from '../../contracts/index.js';
import { carePackageDecider, type CarePackageEvent, carePackageStream } from './care-package.decider.js';

const ids = { packageId: '0b0f0000-0000-4000-8000-000000000001', personId: '0b0f0000-0000-4000-8000-000000000002' };
const element: Element = {
  serviceType: 'Long term support: Community',
  component: 'Home support or domiciliary care',
  deliveryMechanism: 'CASSR managed personal budget',
  rate: { pence: 2145, per: 'Hourly' },
  plannedUnitsPerWeek: 10.5,
  row: { clientType: 'Service user', description: 'Mornings' },
};
const continued = 'Continuation of support or services';
const over = 'NFA: Support ended as planned';
const running: RecordReturnedElementData = { ...ids, element, startedOn: '2025-04-01', outcome: continued };
const finished: RecordReturnedElementData = { ...running, endedOn: '2025-06-30', outcome: over };
const placed: CarePackageEvent = {
  type: 'commissioning.element-placed.v1',
  data: { ...ids, element: { ...element, outcome: continued } },
  effectiveOn: '2025-04-01',
};
const ended: CarePackageEvent = {
  type: 'commissioning.element-ended.v1',
  data: { ...ids, outcome: over },
  effectiveOn: '2025-06-30',
};
const correction = (data: RecordReturnedElementData, corrects = 'event-1'): CarePackageEvent => ({
  type: 'commissioning.element-corrected.v1',
  data,
  effectiveOn: data.startedOn,
  corrects,
});
const withdrawal = { ...ids, reason: 'Missing from a later file' };
const withdrawn: CarePackageEvent = {
  type: 'commissioning.element-withdrawn.v1',
  data: withdrawal,
  effectiveOn: '2025-04-01',
  corrects: 'event-1',
};
const dearer = { ...element, rate: { pence: 2200, per: 'Hourly' as const } };
const spec = specification(carePackageDecider, commissioningEvents);

describe('a service that a return tells of', () => {
  it('has a stream of its own', () =>
    expect(carePackageStream(ids)).toBe(`commissioning.care-package-${ids.packageId}`));
  it('is placed on the day it starts', () => spec.when(RecordReturnedElement, running).then(placed));
  it('is placed and ended at once where the first source knows both', () =>
    spec.when(RecordReturnedElement, finished).then({ ...placed, data: { ...ids, element } }, ended));
  it('is nothing new while it runs on', () => spec.given(placed).when(RecordReturnedElement, running).thenNothing());
  it('is nothing new wherever the source has put the outcome', () =>
    spec
      .given(placed)
      .when(RecordReturnedElement, { ...running, outcome: undefined, element: { ...element, outcome: continued } })
      .thenNothing());
  it('is ended when only an end and its outcome were added', () =>
    spec.given(placed).when(RecordReturnedElement, finished).then(ended));
  it('is ended also where the source puts the outcome into the element', () =>
    spec
      .given(placed)
      .when(RecordReturnedElement, { ...finished, outcome: undefined, element: { ...element, outcome: over } })
      .then(ended));
  it('is nothing new after its end', () =>
    spec.given(placed, ended).when(RecordReturnedElement, finished).thenNothing());

  it('is corrected when the outcome of a running one differs', () =>
    spec
      .given(placed)
      .when(RecordReturnedElement, { ...running, outcome: 'Admitted to hospital' })
      .then(correction({ ...running, outcome: 'Admitted to hospital' })));
  it('is corrected when its rate differs', () =>
    spec
      .given(placed)
      .when(RecordReturnedElement, { ...running, element: dearer })
      .then(correction({ ...running, element: dearer })));
  it('is corrected when an end was added and something else differs', () =>
    spec
      .given(placed)
      .when(RecordReturnedElement, { ...finished, element: dearer })
      .then(correction({ ...finished, element: dearer })));
  it('is corrected when its end moves', () =>
    spec
      .given(placed, ended)
      .when(RecordReturnedElement, { ...finished, endedOn: '2025-07-01' })
      .then(correction({ ...finished, endedOn: '2025-07-01' })));
  it('is corrected when its end has gone', () =>
    spec.given(placed, ended).when(RecordReturnedElement, running).then(correction(running)));
  it('takes effect on its new day when its start moves', () =>
    spec
      .given(placed)
      .when(RecordReturnedElement, { ...running, startedOn: '2025-03-30' })
      .then({ ...correction({ ...running, startedOn: '2025-03-30' }), effectiveOn: '2025-03-30' }));
  it('is corrected from the last correction on, and then nothing new', () => {
    const first = correction({ ...running, element: dearer });
    spec.given(placed, first).when(RecordReturnedElement, running).then(correction(running, 'event-2'));
    spec.given(placed, first, correction(running, 'event-2')).when(RecordReturnedElement, running).thenNothing();
  });

  it('is withdrawn', () => spec.given(placed).when(WithdrawReturnedElement, withdrawal).then(withdrawn));
  it('is withdrawn once', () => spec.given(placed, withdrawn).when(WithdrawReturnedElement, withdrawal).thenNothing());
  it('stands again when it is returned after that', () =>
    spec.given(placed, withdrawn).when(RecordReturnedElement, finished).then(correction(finished, 'event-2')));
  it('cannot be withdrawn when nobody told of it', () =>
    spec.when(WithdrawReturnedElement, withdrawal).thenRefused('recorded-first'));
  it('does not end before it starts', () =>
    spec
      .when(RecordReturnedElement, { ...finished, endedOn: '2025-03-31' })
      .thenRefused('ends-not-before-it-starts', { field: 'endedOn' }));
  it('may end on the day it starts', () =>
    expect(spec.when(RecordReturnedElement, { ...finished, endedOn: '2025-04-01' }).events()).toHaveLength(2));
});
