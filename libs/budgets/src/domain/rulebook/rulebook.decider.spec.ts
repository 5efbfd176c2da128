import { describe, expect, it } from '@jest/globals';
import { fold } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import {
  DraftRulebook,
  PublishRulebook,
  type RulebookContent,
  rulebookContent,
  rulebookEvents,
  WithdrawRulebook,
} from '../../contracts/index.js';
import { type RulebookEvent, rulebookDecider, rulebookStream } from './rulebook.decider.js';
import { smallRulebook } from './rulebook.fixture.js';
import { inForceOn } from './rulebook.state.js';

const rulebookId = '0b0f0000-0000-4000-8000-000000000021';
const section = 'Care and Support Statutory Guidance ch. 11';
const spec = specification(rulebookDecider, rulebookEvents);

const drafted = (version: number, content = smallRulebook): RulebookEvent => ({
  type: 'budgets.rulebook-drafted.v1',
  data: { rulebookId, version, content },
});
const published = (version: number, effectiveFrom: string, content = smallRulebook): RulebookEvent => ({
  type: 'budgets.rulebook-published.v1',
  data: { rulebookId, version, effectiveFrom, content },
});
const withdrawn = (version: number, from: string): RulebookEvent => ({
  type: 'budgets.rulebook-withdrawn.v1',
  data: { rulebookId, version, from, reason: 'A misprint in the curve.' },
});
const publishing = { rulebookId, version: 1, effectiveFrom: '2026-04-01' };
const withdrawing = { rulebookId, version: 1, from: '2026-06-01', reason: 'A misprint in the curve.' };

describe('a rulebook', () => {
  it('has a stream of its own, with all its versions', () =>
    expect(rulebookStream(publishing)).toBe(`budgets.rulebook-${rulebookId}`));

  it('is drafted, and drafted anew as often as need be', () => {
    const other = { ...smallRulebook, name: 'Another' };
    spec.when(DraftRulebook, { rulebookId, content: smallRulebook }).then(drafted(1));
    spec.given(drafted(1)).when(DraftRulebook, { rulebookId, content: other }).then(drafted(1, other));
    spec.given(drafted(1)).when(DraftRulebook, { rulebookId, content: smallRulebook }).thenNothing();
  });

  it('may have faults while it is a draft', () =>
    expect(
      spec.when(DraftRulebook, { rulebookId, content: { ...smallRulebook, questions: [] } }).events(),
    ).toHaveLength(1));

  it('is published with all that it says', () =>
    spec.given(drafted(1)).when(PublishRulebook, publishing).then(published(1, '2026-04-01')));

  it('is never changed once it is published: what is drafted then is the next version', () => {
    spec
      .given(drafted(1), published(1, '2026-04-01'))
      .when(PublishRulebook, publishing)
      .thenRefused('draft-is-there', { section, field: 'version' });
    spec
      .given(drafted(1), published(1, '2026-04-01'))
      .when(DraftRulebook, { rulebookId, content: smallRulebook })
      .then(drafted(2));
  });

  it('is not published without a draft, nor under another number', () => {
    spec.when(PublishRulebook, publishing).thenRefused('draft-is-there', { field: 'version' });
    spec
      .given(drafted(1))
      .when(PublishRulebook, { ...publishing, version: 2 })
      .thenRefused('draft-is-there');
  });

  it('takes effect on a day on which no other does', () => {
    const history = [drafted(1), published(1, '2026-04-01'), drafted(2)];
    spec
      .given(...history)
      .when(PublishRulebook, { ...publishing, version: 2 })
      .thenRefused('one-rulebook-a-day', { section, field: 'effectiveFrom' });
    spec
      .given(...history)
      .when(PublishRulebook, { ...publishing, version: 2, effectiveFrom: '2026-04-02' })
      .then(published(2, '2026-04-02'));
    spec
      .given(...history, withdrawn(1, '2026-04-01'))
      .when(PublishRulebook, { ...publishing, version: 2 })
      .then(published(2, '2026-04-01'));
  });

  it('is withdrawn by its version, whatever became of the others', () => {
    const two = [drafted(1), published(1, '2026-04-01'), drafted(2), published(2, '2027-04-01')];
    const second = { ...withdrawing, version: 2 };
    spec
      .given(...two, withdrawn(1, '2026-06-01'))
      .when(WithdrawRulebook, { ...second, from: '2027-06-01' })
      .then(withdrawn(2, '2027-06-01'));
    spec
      .given(...two, withdrawn(1, '2026-06-01'))
      .when(WithdrawRulebook, withdrawing)
      .thenRefused('withdrawn-once');
    spec
      .given(...two)
      .when(WithdrawRulebook, { ...second, from: '2027-03-31' })
      .thenRefused('not-before-it-took-effect', { section, field: 'from' });
    spec
      .given(...two)
      .when(WithdrawRulebook, { ...withdrawing, version: 3 })
      .thenRefused('published-first', { section, field: 'version' });
  });

  it('is withdrawn from a day on, with a reason, once', () => {
    const history = [drafted(1), published(1, '2026-04-01')];
    spec
      .given(...history)
      .when(WithdrawRulebook, withdrawing)
      .then(withdrawn(1, '2026-06-01'));
    spec
      .given(...history)
      .when(WithdrawRulebook, { ...withdrawing, from: '2026-04-01' })
      .then(withdrawn(1, '2026-04-01'));
    spec.given(drafted(1)).when(WithdrawRulebook, withdrawing).thenRefused('published-first', { field: 'version' });
    spec
      .given(...history)
      .when(WithdrawRulebook, { ...withdrawing, from: '2026-03-31' })
      .thenRefused('not-before-it-took-effect', { field: 'from' });
    spec
      .given(...history)
      .when(WithdrawRulebook, { ...withdrawing, reason: ' ' })
      .thenRefused('reason-given', { field: 'reason' });
    spec
      .given(...history, withdrawn(1, '2026-06-01'))
      .when(WithdrawRulebook, withdrawing)
      .thenRefused('withdrawn-once', { field: 'version' });
  });
});

describe('the rulebook in force', () => {
  const state = (...events: RulebookEvent[]) =>
    fold(
      rulebookDecider,
      events.map((event, at) => ({ ...event, id: `event-${at + 1}`, effectiveOn: '2026-03-02' })),
    );
  const versionOn = (day: string, ...events: RulebookEvent[]) => inForceOn(state(...events), day)?.version;
  const two = [drafted(1), published(1, '2026-04-01'), drafted(2), published(2, '2027-04-01')];

  it('is none before the first takes effect', () => expect(versionOn('2026-03-31', ...two)).toBeUndefined());
  it('is none while there are only drafts', () => expect(versionOn('2026-04-01', drafted(1))).toBeUndefined());
  it('is the one that took effect last by the day', () => {
    expect(versionOn('2026-04-01', ...two)).toBe(1);
    expect(versionOn('2027-03-31', ...two)).toBe(1);
    expect(versionOn('2027-04-01', ...two)).toBe(2);
  });
  it('does not depend on which was published last', () =>
    expect(
      versionOn('2027-05-01', drafted(1), published(1, '2027-04-01'), drafted(2), published(2, '2026-04-01')),
    ).toBe(1));
  it('is the one that was published last, of two that took effect on one day', () =>
    expect(
      versionOn(
        '2026-05-01',
        ...[drafted(1), published(1, '2026-04-01'), withdrawn(1, '2026-06-01')],
        ...[drafted(2), published(2, '2026-04-01')],
      ),
    ).toBe(2));
  it('is the one before, from the day on which one is withdrawn', () => {
    expect(versionOn('2027-05-31', ...two, withdrawn(2, '2027-06-01'))).toBe(2);
    expect(versionOn('2027-06-01', ...two, withdrawn(2, '2027-06-01'))).toBe(1);
    expect(versionOn('2027-06-01', ...two, withdrawn(2, '2027-06-01'), withdrawn(1, '2027-01-01'))).toBeUndefined();
  });
  it('knows the event that published it', () =>
    expect(inForceOn(state(...two), '2026-04-01')).toMatchObject({ eventId: 'event-2', effectiveFrom: '2026-04-01' }));
});

describe('a rulebook without a fault is published', () => {
  const isPublished = (content: RulebookContent) =>
    spec
      .given(drafted(1, content))
      .when(PublishRulebook, publishing)
      .then(published(1, '2026-04-01', content));

  it('also one that knows no carer, no deflator, no floor and no ceiling', () => {
    const { carer, deflator, floorPencePerWeek, ceilingPencePerWeek, ...bare } = smallRulebook;
    isPublished(bare);
    isPublished({ ...bare, floorPencePerWeek, carer });
    isPublished({ ...bare, ceilingPencePerWeek, deflator });
  });

  it('also one with two answers to a question, and a curve of one rise', () =>
    isPublished({
      ...smallRulebook,
      questions: smallRulebook.questions.map((asked) => ({ ...asked, answers: asked.answers.slice(0, 2) })),
      domains: [{ domain: 'daily living' }, { domain: 'community' }],
      curve: [
        { points: 0, pencePerWeek: 0 },
        { points: 24, pencePerWeek: 30_000 },
      ],
    }));
});

describe('a rulebook with a fault is not published', () => {
  const refused = (content: RulebookContent, rule: string, field?: string) => {
    expect(rulebookContent.parse(content)).toEqual(content);
    spec
      .given(drafted(1, content))
      .when(PublishRulebook, publishing)
      .thenRefused(rule, field ? { field } : {});
  };
  const changed = (change: Partial<RulebookContent>): RulebookContent => ({ ...smallRulebook, ...change });
  const [eating, ...others] = smallRulebook.questions as [RulebookContent['questions'][number]];
  const carer = smallRulebook.carer!;

  it('without questions, or with one twice', () => {
    refused(changed({ questions: [] }), 'every-question-once', 'questions');
    refused(changed({ questions: [eating, ...others, eating] }), 'every-question-once', 'questions.3.question');
    refused(changed({ carer: { ...carer, question: 'eating' } }), 'every-question-once', 'carer.question');
  });

  it('with nothing to choose, or an answer twice', () => {
    const one = { ...eating, answers: eating.answers.slice(0, 1) };
    refused(changed({ questions: [one, ...others] }), 'every-answer-once', 'questions.0.answers');
    const twice = { ...eating, answers: [...eating.answers, eating.answers[0]!] };
    refused(changed({ questions: [twice, ...others] }), 'every-answer-once', 'questions.0.answers.3.answer');
    refused(changed({ carer: { ...carer, answers: carer.answers.slice(0, 1) } }), 'every-answer-once', 'carer.answers');
  });

  it('with a domain twice, one that is not there, or one without questions', () => {
    const { domains } = smallRulebook;
    refused(changed({ domains: [...domains, domains[1]!] }), 'every-domain-once', 'domains.2.domain');
    refused(changed({ domains: domains.slice(0, 1) }), 'every-domain-once', 'questions.2.domain');
    refused(changed({ domains: [...domains, { domain: 'work' }] }), 'every-domain-once', 'domains.2.domain');
  });

  it('with a cap that caps nothing', () => {
    const capped = (cap: number) => changed({ domains: [{ domain: 'daily living', cap }, { domain: 'community' }] });
    refused(capped(46), 'caps-can-be-reached', 'domains.0.cap');
    expect(
      spec
        .given(drafted(1, { ...capped(45), curve: [...smallRulebook.curve, { points: 60, pencePerWeek: 50_000 }] }))
        .when(PublishRulebook, publishing)
        .events(),
    ).toHaveLength(1);
  });

  it('with a curve that does not begin at 0, turns back, or falls', () => {
    const { curve } = smallRulebook;
    refused(changed({ curve: curve.slice(0, 1) }), 'curve-ascends', 'curve');
    refused(changed({ curve: curve.slice(1) }), 'curve-ascends', 'curve.0.points');
    const with1 = (corner: { points: number; pencePerWeek: number }) =>
      changed({ curve: [curve[0]!, corner, ...curve.slice(2)] });
    refused(with1({ points: 40, pencePerWeek: 20_000 }), 'curve-ascends', 'curve.2');
    refused(with1({ points: 20, pencePerWeek: 30_001 }), 'curve-ascends', 'curve.2');
  });

  it('may go level for a while', () => {
    const curve = [...smallRulebook.curve, { points: 60, pencePerWeek: 45_100 }];
    expect(
      spec
        .given(drafted(1, changed({ curve })))
        .when(PublishRulebook, publishing)
        .events(),
    ).toHaveLength(1);
  });

  it('with a curve that ends before the answers do', () => {
    const curve = [...smallRulebook.curve.slice(0, 3), { points: 54, pencePerWeek: 45_100 }];
    refused(changed({ curve }), 'curve-covers-the-answers', 'curve');
    refused(changed({ curve: [] }), 'curve-covers-the-answers', 'curve');
  });

  it('with a carer who cannot do nothing', () =>
    refused(
      changed({ carer: { ...carer, answers: carer.answers.slice(1) } }),
      'carer-may-give-nothing',
      'carer.answers',
    ));

  it('with a deflator of nothing', () =>
    refused(
      changed({ deflator: { hundredths: 0, words: 'Nothing.' } }),
      'deflator-gives-something',
      'deflator.hundredths',
    ));

  it('with a floor above its ceiling, or either not round', () => {
    refused(changed({ floorPencePerWeek: 40_001 }), 'floor-below-ceiling', 'floorPencePerWeek');
    const rounding = { toPence: 100, half: 'up' } as const;
    refused(changed({ rounding, floorPencePerWeek: 2_550 }), 'floor-and-ceiling-are-round', 'floorPencePerWeek');
    const both = { rounding, floorPencePerWeek: 2_550, ceilingPencePerWeek: 39_950 };
    for (const [end, field] of [
      ['floor', 'floorPencePerWeek'],
      ['ceiling', 'ceilingPencePerWeek'],
    ] as const)
      spec
        .given(drafted(1, changed(both)))
        .when(PublishRulebook, publishing)
        .thenRefused('floor-and-ceiling-are-round', {
          field,
          message: `Amounts are rounded to £1.00, so the ${end} is a multiple of that.`,
        });
    refused(changed({ rounding, ceilingPencePerWeek: 39_950 }), 'floor-and-ceiling-are-round', 'ceilingPencePerWeek');
    expect(
      spec
        .given(drafted(1, changed({ floorPencePerWeek: 40_000 })))
        .when(PublishRulebook, publishing)
        .events(),
    ).toHaveLength(1);
  });

  it('with a step left out, or twice', () => {
    refused(changed({ order: ['deflator', 'carer share'] }), 'every-step-once', 'order');
    refused(changed({ order: ['deflator', 'carer share', 'deflator'] }), 'every-step-once', 'order');
    refused(changed({ order: [...smallRulebook.order, 'deflator'] }), 'every-step-once', 'order');
  });

  it('hears of all its faults at once, each with its section', () => {
    const worst = changed({ order: [], curve: [], carer: { ...carer, answers: [] } });
    for (const rule of ['every-step-once', 'curve-ascends', 'every-answer-once'])
      spec.given(drafted(1, worst)).when(PublishRulebook, publishing).thenRefused(rule, { section });
    spec
      .given(drafted(1, worst))
      .when(PublishRulebook, publishing)
      .thenRefused('carer-may-give-nothing', { section: 'Care Act 2014 s10(5), s18(7)' });
  });
});
