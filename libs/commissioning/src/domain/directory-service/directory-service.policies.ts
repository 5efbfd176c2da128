import type { DecisionContext, Policy } from '@caretrail/kernel';
import type { DirectoryEntry, ListServiceData } from '../../contracts/index.js';

type ListingPolicy = Policy<ListServiceData, DirectoryEntry | undefined, DecisionContext>;

const agesInOrder: ListingPolicy = {
  rule: 'ages-are-in-order',
  section: 'Open Referral UK 3.0, service',
  check: ({ entry: { minimumAge, maximumAge } }) =>
    minimumAge !== undefined && maximumAge !== undefined && minimumAge > maximumAge
      ? [{ field: 'entry.minimumAge', message: 'The least age is above the greatest. Put the two right.' }]
      : undefined,
};

const publishedByNow: ListingPolicy = {
  rule: 'published-by-today',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [{ field: 'effectiveOn', message: 'A directory cannot have been published on a day that has not come.' }]
      : undefined,
};

export const listingPolicies = [agesInOrder, publishedByNow] as const;
