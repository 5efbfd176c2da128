import { describe, expect, it } from '@jest/globals';
import { fold } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import {
  AppointRepresentative,
  type AppointRepresentativeData,
  type ConflictOfInterest,
  peopleEvents,
  RecordConflictOfInterest,
  type RepresentationKind,
  RevokeRepresentative,
} from '../../contracts/index.js';
import { representationDecider, type RepresentationEvent, representationStream } from './representation.decider.js';
import { isInForce, type Representation, scopeLeft } from './representation.state.js';

const personId = '0b0f0000-0000-4000-8000-000000000001';
const representationId = '0b0f0000-0000-4000-8000-000000000002';
const data: AppointRepresentativeData = {
  personId,
  representationId,
  kind: 'informal',
  representative: { name: 'Test Sister', relation: 'sister' },
  evidence: { kind: 'the person’s own word', seenOn: '2026-02-20' },
  scope: ['assessment', 'support planning'],
  conflicts: [],
};
const conflict = (kind: ConflictOfInterest['kind']): ConflictOfInterest => ({
  kind,
  reasons: 'She is paid for the nights.',
  handling: 'The practitioner sees the person alone.',
});
const appointed: RepresentationEvent = {
  type: 'people.representative-appointed.v1',
  data,
  effectiveOn: '2026-02-21',
};
const end = { personId, representationId, reason: 'the person withdrew it', reasons: 'She said so.' } as const;
const spec = specification(representationDecider, peopleEvents);

describe('a representative', () => {
  it('has a stream with all others of the person', () =>
    expect(representationStream(data)).toBe(`people.representation-${personId}`));

  it('is appointed, and the day of a death that lies ahead is not kept', () =>
    spec
      .when(AppointRepresentative, { ...data, diedOn: '2026-03-30' })
      .then({ type: 'people.representative-appointed.v1', data }));
  it('is appointed once, however often the same is said', () =>
    spec.given(appointed).when(AppointRepresentative, data, { effectiveOn: '2026-02-21' }).thenNothing());
  it('is not appointed again as something else, or from another day', () => {
    spec
      .given(appointed)
      .when(AppointRepresentative, { ...data, scope: ['reviews'] }, { effectiveOn: '2026-02-21' })
      .thenRefused('appointed-once');
    spec.given(appointed).when(AppointRepresentative, data).thenRefused('appointed-once');
  });

  it('is not appointed after the person’s death', () =>
    spec
      .when(AppointRepresentative, { ...data, diedOn: '2026-03-01' })
      .thenRefused('representation-ends-with-death', { field: 'effectiveOn' }));
  it('may have been appointed by the day of the person’s death', () =>
    expect(spec.when(AppointRepresentative, { ...data, diedOn: '2026-03-02' }).events()).toHaveLength(1));
  it('is somebody else', () =>
    spec
      .when(AppointRepresentative, { ...data, representative: { personId } })
      .thenRefused('representative-is-somebody-else', { field: 'representative.personId' }));
  it.each([{}, { name: ' ' }, { name: 'Test', personId: representationId }])('is known by record or name: %j', (who) =>
    spec
      .when(AppointRepresentative, { ...data, representative: who })
      .thenRefused('representative-is-somebody-else', { field: 'representative.name' }),
  );
  it('may be a person of the register', () =>
    expect(
      spec.when(AppointRepresentative, { ...data, representative: { personId: representationId } }).events(),
    ).toHaveLength(1));
  it('has a scope', () =>
    spec.when(AppointRepresentative, { ...data, scope: [] }).thenRefused('scope-is-said', { field: 'scope' }));

  const welfare = ['assessment', 'support planning', 'reviews', 'sharing information', 'safeguarding'] as const;
  const money = ['financial assessment', 'direct payment'] as const;
  const power = 'registered power of attorney';
  const order = 'order of the Court of Protection';
  const benefits = 'appointment by the Department for Work and Pensions';
  const byS32 = 'authorisation under Care Act 2014 s32';
  it.each([
    ['attorney for property and affairs', power, money, 'assessment', 'Mental Capacity Act 2005 s9'],
    ['attorney for health and welfare', power, welfare, 'direct payment', 'Mental Capacity Act 2005 s9, s11'],
    ['deputy for property and affairs', order, money, 'reviews', 'Mental Capacity Act 2005 s16, s18'],
    ['deputy for health and welfare', order, welfare, 'financial assessment', 'Mental Capacity Act 2005 s16, s17'],
    [
      'appointee for benefits',
      benefits,
      ['financial assessment'],
      'direct payment',
      'SI 1987/1968 reg 33; SI 2013/380 reg 57',
    ],
    ['authorised person for a direct payment', byS32, ['direct payment'], 'support planning', 'Care Act 2014 s32'],
  ] as const)(
    'as %s speaks by %s for %j, not for %s (%s)',
    (kind: RepresentationKind, evidence, within, beyond, law) => {
      const of = { ...data, kind, evidence: { ...data.evidence, kind: evidence } };
      expect(spec.when(AppointRepresentative, { ...of, scope: [...within] }).events()).toHaveLength(1);
      spec.when(AppointRepresentative, { ...of, scope: [...within, beyond] }).thenRefused('scope-fits-the-kind', {
        field: 'scope',
        message: `As ${kind} somebody cannot speak for ${beyond} (${law}).`,
      });
      spec
        .when(AppointRepresentative, { ...of, scope: [...within], evidence: data.evidence })
        .thenRefused('evidence-fits-the-kind', {
          field: 'evidence.kind',
          message: `The authority of this kind is proved by: ${evidence} (${law}).`,
        });
    },
  );
  it('names all that is beyond its kind', () =>
    spec
      .when(AppointRepresentative, { ...data, kind: 'attorney for health and welfare', scope: [...money] })
      .thenRefused('scope-fits-the-kind', {
        message:
          'As attorney for health and welfare somebody cannot speak for financial assessment, direct payment (Mental Capacity Act 2005 s9, s11).',
      }));
  it('who is informal speaks for anything, by the person’s own word or in their best interests', () => {
    const scope = [...welfare, ...money];
    for (const kind of ['the person’s own word', 'best interests decision'] as const)
      expect(
        spec.when(AppointRepresentative, { ...data, scope, evidence: { ...data.evidence, kind } }).events(),
      ).toHaveLength(1);
    spec
      .when(AppointRepresentative, { ...data, scope, evidence: { ...data.evidence, kind: power } })
      .thenRefused('evidence-fits-the-kind', {
        message:
          'The authority of this kind is proved by: the person’s own word, or best interests decision (Care Act 2014 s9(5), s25(3); Mental Capacity Act 2005 s4(7)).',
      });
  });
  it('shows evidence that was seen by today', () => {
    spec
      .when(AppointRepresentative, { ...data, evidence: { ...data.evidence, seenOn: '2026-03-03' } })
      .thenRefused('evidence-was-seen', { field: 'evidence.seenOn' });
    const seenToday = { ...data, evidence: { ...data.evidence, seenOn: '2026-03-02' } };
    expect(spec.when(AppointRepresentative, seenToday).events()).toHaveLength(1);
  });
  it('does not end before the first day, but may end on it', () => {
    spec
      .when(AppointRepresentative, { ...data, until: '2026-03-01' })
      .thenRefused('ends-not-before-it-starts', { field: 'until' });
    expect(spec.when(AppointRepresentative, { ...data, until: '2026-03-02' }).events()).toHaveLength(1);
  });

  it('may have a conflict of interest that is dealt with', () =>
    expect(
      spec.when(AppointRepresentative, { ...data, conflicts: [conflict('is paid from the person’s budget')] }).events(),
    ).toHaveLength(1));
  it.each(['reasons', 'handling'] as const)('has no conflict of interest without %s', (field) =>
    spec
      .when(AppointRepresentative, { ...data, conflicts: [{ ...conflict('other'), [field]: ' ' }] })
      .thenRefused('conflict-is-dealt-with', { field: `conflicts.0.${field}` }),
  );
  it('does not speak in an assessment as the alleged source of harm, but may about money', () => {
    const conflicts = [conflict('is alleged to be a source of harm')];
    spec.when(AppointRepresentative, { ...data, conflicts }).thenRefused('source-of-harm-does-not-speak', {
      field: 'scope',
      message: 'Somebody who is alleged to be a source of harm cannot speak for assessment, support planning.',
    });
    expect(spec.when(AppointRepresentative, { ...data, conflicts, scope: ['direct payment'] }).events()).toHaveLength(
      1,
    );
  });
});

describe('the end of a representation', () => {
  it('has a reason', () =>
    spec
      .given(appointed)
      .when(RevokeRepresentative, end)
      .then({ type: 'people.representative-revoked.v1', data: end }));
  it('has reasons in words', () =>
    spec
      .given(appointed)
      .when(RevokeRepresentative, { ...end, reasons: ' ' })
      .thenRefused('revocation-has-reasons', { field: 'reasons' }));
  it('is of one that is there', () =>
    spec.when(RevokeRepresentative, end).thenRefused('representation-is-there', { field: 'representationId' }));
  it('comes once, and not before it began', () => {
    spec
      .given(appointed, { type: 'people.representative-revoked.v1', data: end, effectiveOn: '2026-03-01' })
      .when(RevokeRepresentative, end)
      .thenRefused('representation-still-stands');
    spec
      .given(appointed)
      .when(RevokeRepresentative, end, { effectiveOn: '2026-02-20' })
      .thenRefused('representation-still-stands', { field: 'effectiveOn' });
  });
});

describe('what decisions know of a person’s representatives', () => {
  const other: RepresentationEvent = {
    type: 'people.representative-appointed.v1',
    data: { ...data, representationId: personId, conflicts: [conflict('other')] },
  };
  const folded = (...history: RepresentationEvent[]) =>
    fold(
      representationDecider,
      history.map((event, at) => ({ ...event, id: `event-${at}`, effectiveOn: event.effectiveOn ?? '2026-03-02' })),
    ).byId;
  const found: RepresentationEvent = {
    type: 'people.conflict-of-interest-recorded.v1',
    data: { personId, representationId, conflict: conflict('is alleged to be a source of harm') },
  };
  const revoked: RepresentationEvent = {
    type: 'people.representative-revoked.v1',
    data: end,
    effectiveOn: '2026-03-01',
  };

  it('is who was appointed for what, when, and with which conflicts', () =>
    expect(folded(appointed, other)).toEqual({
      [representationId]: { appointed: data, since: '2026-02-21', conflicts: [] },
      [personId]: { appointed: other.data, since: '2026-03-02', conflicts: ['other'] },
    }));
  it('is the conflicts that came later too, and the end, of the one that is meant', () => {
    const { [representationId]: one, [personId]: unchanged } = folded(appointed, other, found, revoked);
    expect(one).toEqual({
      appointed: data,
      since: '2026-02-21',
      conflicts: ['is alleged to be a source of harm'],
      revokedOn: '2026-03-01',
    });
    expect(unchanged).toEqual(folded(other)[personId]);
  });
  it('is nothing of one who was never appointed', () => {
    expect(folded(other, found, revoked)[representationId]).toBeUndefined();
    spec.given(other, found, revoked).when(RevokeRepresentative, end).thenRefused('representation-is-there');
  });
});

describe('a conflict that comes to light later', () => {
  const later = { personId, representationId, conflict: conflict('is alleged to be a source of harm') };
  it('is kept', () =>
    spec
      .given(appointed)
      .when(RecordConflictOfInterest, later)
      .then({ type: 'people.conflict-of-interest-recorded.v1', data: later }));
  it('is dealt with, and of one that is there', () => {
    spec
      .given(appointed)
      .when(RecordConflictOfInterest, { ...later, conflict: { ...later.conflict, handling: '' } })
      .thenRefused('conflict-is-dealt-with', { field: 'conflict.handling' });
    spec.when(RecordConflictOfInterest, later).thenRefused('representation-is-there');
  });
});

describe('a representation', () => {
  const stands: Representation = { appointed: data, since: '2026-02-21', conflicts: [] };
  it.each([
    [stands, '2026-02-20', undefined, false],
    [stands, '2026-02-21', undefined, true],
    [{ ...stands, appointed: { ...data, until: '2026-03-01' } }, '2026-03-01', undefined, true],
    [{ ...stands, appointed: { ...data, until: '2026-03-01' } }, '2026-03-02', undefined, false],
    [{ ...stands, revokedOn: '2026-03-01' }, '2026-02-28', undefined, true],
    [{ ...stands, revokedOn: '2026-03-01' }, '2026-03-01', undefined, false],
    [stands, '2026-03-01', '2026-03-01', true],
    [stands, '2026-03-02', '2026-03-01', false],
  ])('stands between its days, revocation and the person’s death (%#)', (representation, on, diedOn, expected) =>
    expect(isInForce(representation, on, diedOn)).toBe(expected),
  );
  it('keeps what a conflict does not take', () => {
    const scope = [...data.scope, 'reviews', 'sharing information', 'safeguarding', 'direct payment'] as const;
    const appointedFor = { ...data, scope: [...scope] };
    for (const kind of ['gains if less care is arranged', 'is paid from the person’s budget', 'other'] as const)
      expect(scopeLeft({ appointed: appointedFor, conflicts: [kind] })).toEqual(scope);
    expect(scopeLeft({ appointed: appointedFor, conflicts: ['other', 'is alleged to be a source of harm'] })).toEqual([
      'sharing information',
      'direct payment',
    ]);
  });
});
