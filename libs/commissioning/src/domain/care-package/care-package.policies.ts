import type { DecisionContext, Policy } from '@caretrail/kernel';
import type { RecordReturnedElementData } from '../../contracts/index.js';
import type { CarePackageState } from './care-package.state.js';

type CarePackagePolicy<Data> = Policy<Data, CarePackageState, DecisionContext>;

const endsNotBeforeItStarts: CarePackagePolicy<RecordReturnedElementData> = {
  rule: 'ends-not-before-it-starts',
  section: 'Client Level Data, Event End Date',
  check: ({ startedOn, endedOn }) =>
    endedOn !== undefined && endedOn < startedOn
      ? [{ message: 'The service ended before it started.', field: 'endedOn' }]
      : undefined,
};

const recordedFirst: CarePackagePolicy<unknown> = {
  rule: 'recorded-first',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, state) => (state.eventId ? undefined : [{ message: 'There is no such service to withdraw.' }]),
};

export const returnedElementPolicies = [endsNotBeforeItStarts] as const;
export const withdrawalPolicies = [recordedFirst] as const;
