import { formatDate, type DecisionContext, type Policy } from '@caretrail/kernel';
import type { PublishRulebookData, WithdrawRulebookData } from '../../contracts/index.js';

import { contentPolicies } from './rulebook-content.policies.js';
import type { RulebookState } from './rulebook.state.js';

type RulebookPolicy<Data> = Policy<Data, RulebookState, DecisionContext>;
const section = 'Care and Support Statutory Guidance ch. 11';

const draftIsThere: RulebookPolicy<PublishRulebookData> = {
  rule: 'draft-is-there',
  section,
  check: ({ version }, { draft }) =>
    draft?.version === version
      ? undefined
      : [
          {
            message: `There is no draft of version ${version}. A published version is never changed.`,
            field: 'version',
          },
        ],
};

const oneRulebookADay: RulebookPolicy<PublishRulebookData> = {
  rule: 'one-rulebook-a-day',
  section,
  check: ({ effectiveFrom }, { published }) => {
    const other = published.find(
      (version) => version.effectiveFrom === effectiveFrom && version.withdrawnFrom === undefined,
    );
    return other
      ? [
          {
            message: `Version ${other.version} takes effect on ${formatDate(effectiveFrom)} already. Withdraw it first, or choose another day.`,
            field: 'effectiveFrom',
          },
        ]
      : undefined;
  },
};

const publishedFirst: RulebookPolicy<WithdrawRulebookData> = {
  rule: 'published-first',
  section,
  check: ({ version }, { published }) =>
    published.some((known) => known.version === version)
      ? undefined
      : [{ message: `Version ${version} was not published.`, field: 'version' }],
};

const withdrawnOnce: RulebookPolicy<WithdrawRulebookData> = {
  rule: 'withdrawn-once',
  section,
  check: ({ version }, { published }) =>
    published.some((known) => known.version === version && known.withdrawnFrom !== undefined)
      ? [{ message: `Version ${version} was withdrawn already.`, field: 'version' }]
      : undefined,
};

const notBeforeItTookEffect: RulebookPolicy<WithdrawRulebookData> = {
  rule: 'not-before-it-took-effect',
  section,
  check: ({ version, from }, { published }) => {
    const known = published.find((each) => each.version === version);
    return known && from < known.effectiveFrom
      ? [
          {
            message: `Version ${version} took effect on ${formatDate(known.effectiveFrom)}: it cannot be withdrawn before that.`,
            field: 'from',
          },
        ]
      : undefined;
  },
};

const reasonGiven: RulebookPolicy<WithdrawRulebookData> = {
  rule: 'reason-given',
  section,
  check: ({ reason }) =>
    reason.trim() ? undefined : [{ message: 'Say why the rulebook is withdrawn.', field: 'reason' }],
};

/** What is wrong with the draft; its fields are those of the content. */
const draftHasNoFaults: readonly RulebookPolicy<PublishRulebookData>[] = contentPolicies.map((policy) => ({
  ...policy,
  check: ({ version }, { draft }) => (draft?.version === version ? policy.check(draft.content, {}, {}) : undefined),
}));

export const publishingPolicies = [draftIsThere, ...draftHasNoFaults, oneRulebookADay] as const;
export const withdrawingPolicies = [publishedFirst, withdrawnOnce, notBeforeItTookEffect, reasonGiven] as const;
