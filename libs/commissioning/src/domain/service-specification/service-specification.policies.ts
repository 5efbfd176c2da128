import type { DecisionContext, Policy } from '@caretrail/kernel';
import {
  type ContributeToSpecificationData,
  livedExperience,
  type PublishSpecificationData,
  type WriteSpecificationVersionData,
} from '../../contracts/index.js';
import type { SpecificationState } from './service-specification.state.js';

type SpecificationPolicy<Data = unknown> = Policy<Data, SpecificationState, DecisionContext>;

const S5 = 'Care Act 2014 s5(1)';
const CO_PRODUCTION = 'Care and Support Statutory Guidance, chapter 4 (co-production)';

const openedOnce: SpecificationPolicy = {
  rule: 'specification-is-opened-once',
  section: S5,
  check: (_, { opened }) =>
    opened ? [{ message: 'There is a specification with this id. Open another one.' }] : undefined,
};

const open: SpecificationPolicy = {
  rule: 'specification-is-open',
  section: S5,
  check: (_, { opened, withdrawn }) =>
    !opened
      ? [{ message: 'There is no such specification. Open it first.' }]
      : withdrawn
        ? [{ message: 'This specification was withdrawn. Open a new one.' }]
        : undefined,
};

const notInTheFuture: SpecificationPolicy = {
  rule: 'specification-not-in-the-future',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ field: 'effectiveOn', message: 'Give today or an earlier day.' }] : undefined,
};

const onePersonIsOne: SpecificationPolicy<ContributeToSpecificationData> = {
  rule: 'one-person-is-one',
  section: CO_PRODUCTION,
  check: ({ personId, people }) =>
    personId && people !== 1
      ? [{ field: 'people', message: 'Where you name one person it comes from one. Record the others beside it.' }]
      : undefined,
};

const contributedOnce: SpecificationPolicy<ContributeToSpecificationData> = {
  rule: 'contribution-is-kept-once',
  section: CO_PRODUCTION,
  check: ({ contributionId }, { contributions }) =>
    contributions.some((each) => each.contributionId === contributionId)
      ? [{ field: 'contributionId', message: 'There is a contribution with this id.' }]
      : undefined,
};

const answersWhatWasSaid: SpecificationPolicy<WriteSpecificationVersionData> = {
  rule: 'answers-what-was-said',
  section: CO_PRODUCTION,
  check: ({ answers }, { contributions }) => {
    const known = new Set(contributions.map(({ contributionId }) => contributionId));
    const faults = answers.flatMap(({ contributionId }, index) =>
      known.has(contributionId)
        ? []
        : [{ field: `answers.${index}.contributionId`, message: 'Nobody made this contribution here.' }],
    );
    const twice = new Set(answers.map(({ contributionId }) => contributionId)).size < answers.length;
    if (twice) faults.push({ field: 'answers', message: 'A contribution is answered once in a version.' });
    return faults.length ? faults : undefined;
  },
};

const newestVersion: SpecificationPolicy<PublishSpecificationData> = {
  rule: 'newest-version-is-published',
  section: S5,
  check: ({ version }, { version: newest, published }) =>
    !newest
      ? [{ field: 'version', message: 'Nothing is written yet. Write a version first.' }]
      : version !== newest
        ? [{ field: 'version', message: `Version ${newest} is the newest. Read it again, and publish that one.` }]
        : version === published
          ? [{ field: 'version', message: 'This version is published already.' }]
          : undefined,
};

const everybodyIsAnswered: SpecificationPolicy<PublishSpecificationData> = {
  rule: 'every-contribution-is-answered',
  section: CO_PRODUCTION,
  check: (_, { contributions, answered }) => {
    const open = contributions.filter(({ contributionId }) => !answered.includes(contributionId)).length;
    return open
      ? [
          {
            message: `${open === 1 ? 'One contribution has' : `${open} contributions have`} no answer. Write a version that says of each what was changed, or why not.`,
          },
        ]
      : undefined;
  },
};

const withLivedExperienceOrReason: SpecificationPolicy<PublishSpecificationData> = {
  rule: 'lived-experience-or-a-reason',
  section: CO_PRODUCTION,
  check: ({ withoutLivedExperience }, { contributions }) => {
    const took = contributions.some(({ role }) => livedExperience.includes(role));
    if (!took && !withoutLivedExperience)
      return [
        {
          field: 'withoutLivedExperience',
          message:
            'Nobody with lived experience and no carer took part. Ask them, or say why this is published without them.',
        },
      ];
    if (took && withoutLivedExperience)
      return [
        {
          field: 'withoutLivedExperience',
          message: 'People with lived experience or carers did take part. Leave this empty.',
        },
      ];
    return undefined;
  },
};

export const openingPolicies = [openedOnce, notInTheFuture] as const;
export const contributionPolicies = [open, onePersonIsOne, contributedOnce, notInTheFuture] as const;
export const versionPolicies = [open, answersWhatWasSaid, notInTheFuture] as const;
export const publishingPolicies = [
  open,
  newestVersion,
  everybodyIsAnswered,
  withLivedExperienceOrReason,
  notInTheFuture,
] as const;
export const withdrawalPolicies = [open, notInTheFuture] as const;
