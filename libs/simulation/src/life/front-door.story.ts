import {
  ConcludeRequest,
  type EventOutcome,
  RequestSupport,
  type RequestSupportData,
} from '@caretrail/assessment/contracts';
import { addDays, daysBetween, type PlainDate } from '@caretrail/kernel';
import { RecordDeath, RegisterPerson } from '@caretrail/people/contracts';
import { weighed } from './council-person.js';
import type { Life } from './life.js';
import { published } from './published-figures.js';
import { assessedWithoutEligibleNeeds, refused } from './assessment.story.js';

const { routes, sequels } = published;
type Route = RequestSupportData['route'];

/** What came of a request, in the words of the published figures. */
export type Sequel = keyof typeof sequels | 'other';

const ROUTES: readonly (readonly [Route, number])[] = [
  ['Community / Other route', routes.community],
  ['Discharge from Hospital', routes.hospital],
  ['Planned Entry (Transition)', 0.01],
  ['Self-Funder', 0.01],
  ['Transfer from Other LA', 0.01],
];

const SEQUELS: readonly (readonly [Sequel, number])[] = [
  ...(Object.entries(sequels) as [Sequel, number][]),
  ['other', 1 - Object.values(sequels).reduce((sum, share) => sum + share, 0)],
];

const OUTCOMES: Readonly<Record<Exclude<Sequel, 'longTerm'>, readonly (readonly [EventOutcome, number])[]>> = {
  signposted: [['NFA: Information and advice or signposting', 1]],
  none: [
    ['NFA: Support declined', 4],
    ['NFA: No services offered for other reason', 4],
    ['NFA: Self-funded client or under 12wk disregard', 2],
    ['NFA: Deceased', 1],
  ],
  lowLevel: [['NFA: Referral to other service within the local authority', 1]],
  shortTerm: [['Progress to reablement/ST-Max', 1]],
  other: [
    ['Admitted to hospital', 2],
    ['NFA: Referral to NHS services or NHS funded social care', 2],
    ['NFA: Responsibility moved to another local authority', 1],
    ['NFA: Other', 1],
  ],
};

export function registered({ diary, person }: Life, day: PlainDate): PlainDate {
  const { personId, details } = person;
  return diary.add(
    day,
    'practitioner',
    'registered',
    (meta) => new RegisterPerson({ personId, simulated: true, details }, meta),
  );
}

/** One draw for each request that the person makes: what comes of it. */
export function sequelsOf({ random }: Life): readonly Sequel[] {
  // 0.66 · 1 + 0.25 · 2 + 0.09 · 3 requests for each person who asks.
  const requests = weighed(random, [
    [1, 0.66],
    [2, 0.25],
    [3, 0.09],
  ]);
  const drawn = Array.from({ length: requests }, () => weighed(random, SEQUELS));
  const toSupport = drawn.indexOf('longTerm');
  // Whoever has long-term support asks by a review from then on.
  return toSupport < 0 ? drawn : drawn.slice(0, toSupport + 1);
}

/**
 * A request and what comes of it at the front door, or in an assessment that finds no eligible needs.
 * @returns the day from which an assessment for long-term support is to be offered; undefined where none is
 */
export function requested(life: Life, day: PlainDate, sequel: Sequel, number: number): PlainDate | undefined {
  const { diary, person, random, seededId } = life;
  const { personId } = person;
  const episodeId = seededId(`episode-${number}`);
  const route = weighed(random, ROUTES);
  const asked = diary.add(
    day,
    'practitioner',
    `request-${number}`,
    (meta) => new RequestSupport({ episodeId, personId, route }, meta),
  );
  // One request in sixteen lies for weeks.
  const answered = addDays(asked, random.chance(0.06) ? random.between(35, 80) : random.between(0, 9));
  const concluded = (outcome: EventOutcome): PlainDate =>
    diary.add(
      answered,
      'practitioner',
      `request-${number}-concluded`,
      (meta) => new ConcludeRequest({ episodeId, personId, outcome }, meta),
    );
  const towardsAssessment = 'Progress to assessment, review or reassessment';
  if (sequel === 'longTerm') return concluded(towardsAssessment);
  const outcome = weighed(random, OUTCOMES[sequel]);
  const assesses = (sequel === 'signposted' && random.chance(0.3)) || outcome === 'NFA: Support declined';
  if (assesses) {
    const from = concluded(towardsAssessment);
    if (sequel === 'signposted') assessedWithoutEligibleNeeds(life, from, number);
    else refused(life, from, number);
    return undefined;
  }
  const on = concluded(outcome);
  if (outcome === 'NFA: Deceased') {
    const diedOn = addDays(on, -Math.min(2, daysBetween(asked, on)));
    diary.add(on, 'practitioner', 'died', (meta) => new RecordDeath({ personId, diedOn }, meta));
  }
  return undefined;
}
