import { describe, expect, it } from '@jest/globals';
import { fold } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import fc from 'fast-check';
import {
  commissioningEvents,
  type ContributeToSpecificationData,
  ContributeToSpecification,
  contributorRoles,
  OpenSpecification,
  PublishSpecification,
  WithdrawSpecification,
  WriteSpecificationVersion,
} from '../../contracts/index.js';
import {
  specificationDecider,
  type SpecificationEvent,
  specificationStream,
  tookPart,
} from './service-specification.decider.js';

const id = (last: number) => `0b0f0000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const specificationId = id(1);
const spec = specification(specificationDecider, commissioningEvents);
const TOMORROW = { effectiveOn: '2026-03-03' };

const opening = {
  specificationId,
  title: 'Home support',
  component: 'Home support or domiciliary care' as const,
  purpose: 'Support at home that keeps to the person’s day.',
};
const contribution = (
  last: number,
  more: Partial<ContributeToSpecificationData> = {},
): ContributeToSpecificationData => ({
  specificationId,
  contributionId: id(last),
  role: 'people with lived experience',
  people: 6,
  way: 'workshop',
  inTheirWords: 'Come when I get up, not when it suits the round.',
  ...more,
});
const answer = (last: number) => ({ contributionId: id(last), takenUp: true, answer: 'Times are agreed.' });
const written = (...answered: number[]) => ({
  specificationId,
  sections: [{ heading: 'Times', text: 'A visit begins within 15 minutes of the time agreed.' }],
  answers: answered.map(answer),
});
const opened = { type: 'commissioning.specification-opened.v1', data: opening } as const;
const contributed = (last: number, more: Partial<ContributeToSpecificationData> = {}) =>
  ({ type: 'commissioning.specification-contributed.v1', data: contribution(last, more) }) as const;
const version = (number: number, ...answered: number[]) =>
  ({
    type: 'commissioning.specification-version-written.v1',
    data: { ...written(...answered), version: number },
  }) as const;
const published = (number: number): SpecificationEvent => ({
  type: 'commissioning.specification-published.v1',
  data: { specificationId, version: number, tookPart: [] },
});
const withdrawn = {
  type: 'commissioning.specification-withdrawn.v1',
  data: { specificationId, reason: 'Replaced.' },
} as const;

describe('a specification', () => {
  it('has a stream of its own', () =>
    expect(specificationStream(opening)).toBe(`commissioning.service-specification-${specificationId}`));

  it('is opened once', () => {
    spec.when(OpenSpecification, opening).then(opened);
    spec.given(opened).when(OpenSpecification, opening).thenRefused('specification-is-opened-once');
    spec
      .when(OpenSpecification, opening, TOMORROW)
      .thenRefused('specification-not-in-the-future', { field: 'effectiveOn' });
  });

  it('takes contributions while it is open', () => {
    spec.given(opened).when(ContributeToSpecification, contribution(2)).then(contributed(2));
    spec.when(ContributeToSpecification, contribution(2)).thenRefused('specification-is-open');
    spec.given(opened, withdrawn).when(ContributeToSpecification, contribution(2)).thenRefused('specification-is-open');
    spec
      .given(opened)
      .when(ContributeToSpecification, contribution(2), TOMORROW)
      .thenRefused('specification-not-in-the-future');
  });

  it('goes on taking contributions after it was published', () => {
    const history: SpecificationEvent[] = [opened, contributed(2), version(1, 2), published(1)];
    expect(
      spec
        .given(...history)
        .when(ContributeToSpecification, contribution(3))
        .events(),
    ).toHaveLength(1);
  });

  it('keeps a contribution once, and one person as one', () => {
    spec
      .given(opened, contributed(2))
      .when(ContributeToSpecification, contribution(2))
      .thenRefused('contribution-is-kept-once', { field: 'contributionId' });
    const named = (people: number) => contribution(2, { personId: id(9), people });
    spec.given(opened).when(ContributeToSpecification, named(2)).thenRefused('one-person-is-one', { field: 'people' });
    expect(spec.given(opened).when(ContributeToSpecification, named(1)).events()).toHaveLength(1);
  });

  it('has its versions numbered, each answering what was said here, once', () => {
    spec.given(opened, contributed(2)).when(WriteSpecificationVersion, written(2)).then(version(1, 2));
    spec.given(opened, contributed(2), version(1, 2)).when(WriteSpecificationVersion, written(2)).then(version(2, 2));
    spec
      .given(opened, contributed(2), contributed(3))
      .when(WriteSpecificationVersion, written(3, 2))
      .then(version(1, 3, 2));
    spec
      .given(opened, contributed(2))
      .when(WriteSpecificationVersion, written(2, 3))
      .thenRefused('answers-what-was-said', { field: 'answers.1.contributionId' });
    spec
      .given(opened, contributed(2))
      .when(WriteSpecificationVersion, written(2, 2))
      .thenRefused('answers-what-was-said', { field: 'answers' });
    spec.when(WriteSpecificationVersion, written()).thenRefused('specification-is-open');
    spec
      .given(opened)
      .when(WriteSpecificationVersion, written(), TOMORROW)
      .thenRefused('specification-not-in-the-future');
  });

  it('is published with who took part', () => {
    spec
      .given(
        opened,
        contributed(2),
        contributed(3, { role: 'providers', people: 2 }),
        contributed(4),
        version(1, 2, 3, 4),
      )
      .when(PublishSpecification, { specificationId, version: 1 })
      .then({
        type: 'commissioning.specification-published.v1',
        data: {
          specificationId,
          version: 1,
          tookPart: [
            { role: 'people with lived experience', people: 12 },
            { role: 'providers', people: 2 },
          ],
        },
      });
  });

  it('is published in its newest version, once', () => {
    const publish = (number: number) => ({ specificationId, version: number });
    spec
      .given(opened, contributed(2))
      .when(PublishSpecification, publish(1))
      .thenRefused('newest-version-is-published', {
        field: 'version',
        message: 'Nothing is written yet. Write a version first.',
      });
    const twice = [opened, contributed(2), version(1, 2), version(2)];
    spec
      .given(...twice)
      .when(PublishSpecification, publish(1))
      .thenRefused('newest-version-is-published', { field: 'version' });
    expect(
      spec
        .given(...twice)
        .when(PublishSpecification, publish(2))
        .events(),
    ).toHaveLength(1);
    spec
      .given(...twice, published(2))
      .when(PublishSpecification, publish(2))
      .thenRefused('newest-version-is-published', {
        field: 'version',
        message: 'This version is published already.',
      });
  });

  it('is published when every contribution has its answer, in whichever version', () => {
    const publish = (number: number) => ({ specificationId, version: number });
    spec
      .given(opened, contributed(2), contributed(3), version(1, 2))
      .when(PublishSpecification, publish(1))
      .thenRefused('every-contribution-is-answered', {
        message: 'One contribution has no answer. Write a version that says of each what was changed, or why not.',
      });
    spec
      .given(opened, contributed(2), contributed(3), version(1))
      .when(PublishSpecification, publish(1))
      .thenRefused('every-contribution-is-answered', {
        message: '2 contributions have no answer. Write a version that says of each what was changed, or why not.',
      });
    const answered = spec.given(opened, contributed(2), contributed(3), version(1, 2), version(2, 3));
    expect(answered.when(PublishSpecification, publish(2)).events()).toHaveLength(1);
  });

  it('is published without lived experience only with a reason, and with it without one', () => {
    const rule = 'lived-experience-or-a-reason';
    const publish = (withoutLivedExperience?: string) => ({ specificationId, version: 1, withoutLivedExperience });
    const providers = contributed(2, { role: 'providers' });
    const without = spec.given(opened, providers, version(1, 2));
    without.when(PublishSpecification, publish()).thenRefused(rule, { field: 'withoutLivedExperience' });
    expect(without.when(PublishSpecification, publish('Nobody answered three invitations.')).events()).toHaveLength(1);
    for (const role of ['people with lived experience', 'carers'] as const) {
      const together = spec.given(opened, contributed(2, { role }), version(1, 2));
      expect(together.when(PublishSpecification, publish()).events()).toHaveLength(1);
      together.when(PublishSpecification, publish('No need.')).thenRefused(rule, { field: 'withoutLivedExperience' });
    }
  });

  it('ends when it is withdrawn', () => {
    const data = withdrawn.data;
    spec.given(opened).when(WithdrawSpecification, data).then(withdrawn);
    spec.given(opened, withdrawn).when(WithdrawSpecification, data).thenRefused('specification-is-open');
    spec.given(opened).when(WithdrawSpecification, data, TOMORROW).thenRefused('specification-not-in-the-future');
    spec
      .given(opened, contributed(2), version(1, 2), withdrawn)
      .when(PublishSpecification, { specificationId, version: 1 })
      .thenRefused('specification-is-open');
  });

  it('counts everybody who took part in one role each', () => {
    const contributions = fc.array(
      fc.record({
        contributionId: fc.uuid(),
        role: fc.constantFrom(...contributorRoles),
        people: fc.integer({ min: 1, max: 99 }),
      }),
    );
    fc.assert(
      fc.property(contributions, (all) => {
        const counted = tookPart(all);
        const sum = (some: readonly { readonly people: number }[]) =>
          some.reduce((total, { people }) => total + people, 0);
        expect(sum(counted)).toBe(sum(all));
        expect(new Set(counted.map(({ role }) => role)).size).toBe(counted.length);
      }),
      { seed: 26 },
    );
  });

  it('comes to the same state however often its history is replayed', () => {
    const some: SpecificationEvent[] = [contributed(2), contributed(3), version(1, 2), version(2, 3), published(2)];
    fc.assert(
      fc.property(fc.shuffledSubarray(some), (events) => {
        const history = [opened, ...events].map((event, at) => ({
          ...event,
          id: String(at),
          effectiveOn: '2026-03-02',
        }));
        const state = fold(specificationDecider, history);
        expect(fold(specificationDecider, history)).toEqual(state);
        expect(state.contributions.length).toBe(events.filter(({ type }) => type.includes('contributed')).length);
      }),
      { seed: 26 },
    );
  });
});
