import { formatDate, type DecisionContext, type PlainDate, type Policy } from '@caretrail/kernel';
import type { PublishUpratingData, WithdrawUpratingData } from '../../contracts/index.js';

/** A published list, as it stands. */
export interface PublishedList extends PublishUpratingData {
  readonly publishedOn: PlainDate;
  readonly withdrawnOn?: PlainDate;
}

/** All published lists of a council, in the order in which they were noted. */
export interface UpratingsState {
  readonly lists: readonly PublishedList[];
}

type UpratingPolicy<Data> = Policy<Data, UpratingsState, DecisionContext>;
const section = 'Care Act 2014 s26, s27';
const named = (name: string): string => name.trim().toLowerCase();

const hasAName: UpratingPolicy<PublishUpratingData> = {
  rule: 'list-has-a-name',
  section,
  check: ({ name }) => (name.trim() ? undefined : [{ message: 'Name the list as it was published.', field: 'name' }]),
};

const isPublishedAlready: UpratingPolicy<PublishUpratingData> = {
  rule: 'list-is-published',
  section,
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [
          {
            message: 'The day of publication is still to come. Note the list when it is published.',
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const publishedOnce: UpratingPolicy<PublishUpratingData> = {
  rule: 'published-once',
  section,
  check: ({ upratingId, name, inForceFrom }, { lists }) => {
    if (lists.some((list) => list.upratingId === upratingId))
      return [
        {
          message: 'A list with this id was published already. It is never changed: withdraw it, and publish another.',
          field: 'upratingId',
        },
      ];
    const same = lists.some(
      (list) => !list.withdrawnOn && list.inForceFrom === inForceFrom && named(list.name) === named(name),
    );
    return same
      ? [{ message: `A list of this name is in force from ${formatDate(inForceFrom)} already.`, field: 'name' }]
      : undefined;
  },
};

const publishedFirst: UpratingPolicy<WithdrawUpratingData> = {
  rule: 'published-first',
  section,
  check: ({ upratingId }, { lists }) =>
    lists.some((list) => list.upratingId === upratingId)
      ? undefined
      : [{ message: 'No list with this id was published. Choose one of those that were.', field: 'upratingId' }],
};

const withdrawnOnce: UpratingPolicy<WithdrawUpratingData> = {
  rule: 'withdrawn-once',
  section,
  check: ({ upratingId }, { lists }) =>
    lists.some((list) => list.upratingId === upratingId && list.withdrawnOn)
      ? [{ message: 'This list was withdrawn already.', field: 'upratingId' }]
      : undefined,
};

const notBeforeItsPublication: UpratingPolicy<WithdrawUpratingData> = {
  rule: 'not-before-its-publication',
  section,
  check: ({ upratingId }, { lists }, { effectiveOn }) => {
    const list = lists.find((each) => each.upratingId === upratingId);
    return list && effectiveOn < list.publishedOn
      ? [
          {
            message: `The list was published on ${formatDate(list.publishedOn)}: it is not withdrawn before that.`,
            field: 'effectiveOn',
          },
        ]
      : undefined;
  },
};

const reasonGiven: UpratingPolicy<WithdrawUpratingData> = {
  rule: 'reason-given',
  section,
  check: ({ reason }) => (reason.trim() ? undefined : [{ message: 'Say why the list is withdrawn.', field: 'reason' }]),
};

export const publishingPolicies = [hasAName, isPublishedAlready, publishedOnce] as const;
export const withdrawingPolicies = [publishedFirst, withdrawnOnce, notBeforeItsPublication, reasonGiven] as const;
