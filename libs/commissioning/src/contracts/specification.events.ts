import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { coded, personal, uuid } from './shapes.js';
import { serviceComponents } from './values.js';

const AUTHORITY = 'Care Act 2014 s5(1), (2)';
const nobody = () => [];

/** As what somebody took part in writing a specification. */
export const contributorRoles = [
  'people with lived experience',
  'carers',
  'families and friends',
  'providers',
  'front-line staff',
  'voluntary and community groups',
  'council staff',
] as const;
export type ContributorRole = (typeof contributorRoles)[number];

/** Those for whom a service is there: without them a specification is not co-produced. */
export const livedExperience: readonly ContributorRole[] = ['people with lived experience', 'carers'];

/** In which way they took part. */
export const waysOfTakingPart = [
  'workshop',
  'interview',
  'in writing',
  'survey',
  'visit to a service',
  'on this page',
] as const;

/** Public words of a specification. */
const words = (length: number) => z.string().trim().min(1).max(length);
const ids = { specificationId: uuid };

export const specificationOpening = z.strictObject({
  ...ids,
  title: words(200),
  /** Service Component of Client Level Data. */
  component: z.enum(serviceComponents),
  /** What the service is there for, and for whom. */
  purpose: words(4_000),
});

/** The council begins to write down what a service is to be, and asks others to take part. */
export const specificationOpened = defineEvent({
  type: 'commissioning.specification-opened.v1',
  schema: specificationOpening,
  people: nobody,
  title: ({ title }) => `Specification opened: ${title}`,
  authority: AUTHORITY,
});
export type SpecificationOpenedData = EventOf<typeof specificationOpened>['data'];

export const contribution = z.strictObject({
  ...ids,
  contributionId: uuid,
  role: z.enum(contributorRoles),
  /** How many people it comes from. */
  people: z.int().min(1).max(10_000),
  way: z.enum(waysOfTakingPart),
  /** Who it was, where it was one person whose record is here: their key locks the words. */
  personId: uuid.optional(),
  /** What they want changed, in their own words. */
  inTheirWords: personal.min(1),
});

/** Somebody took part: as what, how many, and what they want in their own words. */
export const specificationContributed = defineEvent({
  type: 'commissioning.specification-contributed.v1',
  schema: contribution,
  personal: ['inTheirWords'],
  subject: ({ personId, contributionId }) => personId ?? contributionId,
  people: ({ personId }) => (personId ? [personId] : []),
  title: ({ role, people, way }) =>
    `Took part in a specification: ${people === 1 ? 'one person' : `${people} people`}, ${role} (${way})`,
  authority: AUTHORITY,
});
export type SpecificationContributedData = EventOf<typeof specificationContributed>['data'];

/** What a version does with a contribution: takes it up, or says why not. */
export const contributionAnswer = z.strictObject({
  contributionId: uuid,
  takenUp: z.boolean(),
  /** What was changed because of it, or why it was not. */
  answer: words(2_000),
});

export const specificationVersion = z.strictObject({
  ...ids,
  sections: z
    .array(z.strictObject({ heading: words(200), text: words(20_000) }))
    .min(1)
    .max(50),
  answers: z.array(contributionAnswer).max(500),
});

/** The whole text of the specification anew, and what became of the contributions. */
export const specificationVersionWritten = defineEvent({
  type: 'commissioning.specification-version-written.v1',
  schema: specificationVersion.extend({ version: z.int().min(1) }),
  people: nobody,
  title: ({ version, answers }) => {
    const taken = answers.filter(({ takenUp }) => takenUp).length;
    return `Specification version ${version} written: ${taken} of ${answers.length} contributions taken up`;
  },
  authority: AUTHORITY,
});
export type SpecificationVersionWrittenData = EventOf<typeof specificationVersionWritten>['data'];

export const specificationPublishing = z.strictObject({
  ...ids,
  version: z.int().min(1),
  /** Why nobody with lived experience, and no carer, took part, where that is so. */
  withoutLivedExperience: words(2_000).optional(),
});

/** A version is what providers are asked for, from the day of the event on. */
export const specificationPublished = defineEvent({
  type: 'commissioning.specification-published.v1',
  schema: specificationPublishing.extend({ tookPart: z.array(z.strictObject({ role: coded, people: z.int() })) }),
  people: nobody,
  title: ({ version, tookPart }) =>
    `Specification version ${version} published: ${tookPart.reduce((sum, { people }) => sum + people, 0)} people took part`,
  decision: true,
  authority: AUTHORITY,
});
export type SpecificationPublishedData = EventOf<typeof specificationPublished>['data'];

export const specificationWithdrawal = z.strictObject({ ...ids, reason: words(2_000) });

/** The specification no longer holds; nothing is written into it any more. */
export const specificationWithdrawn = defineEvent({
  type: 'commissioning.specification-withdrawn.v1',
  schema: specificationWithdrawal,
  people: nobody,
  title: () => 'Specification withdrawn',
  decision: true,
  authority: AUTHORITY,
});
