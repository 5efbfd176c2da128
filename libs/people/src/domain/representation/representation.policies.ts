import { type DecisionContext, formatDate, type Policy } from '@caretrail/kernel';
import type {
  AppointRepresentativeData,
  ConflictOfInterest,
  EvidenceKind,
  RecordConflictOfInterestData,
  RepresentationKind,
  RepresentationScope,
  RevokeRepresentativeData,
} from '../../contracts/index.js';
import { isInForce, type RepresentationState, scopeLeft } from './representation.state.js';

type RepresentationPolicy<Data> = Policy<Data, RepresentationState, DecisionContext>;

const welfare: readonly RepresentationScope[] = [
  'assessment',
  'support planning',
  'reviews',
  'sharing information',
  'safeguarding',
];
const money: readonly RepresentationScope[] = ['financial assessment', 'direct payment'];

/**
 * What each kind may speak for, and what proves it: personal welfare or property and affairs (MCA 2005 s9(1), s17, s18), the
 * income that is benefits, the direct payment alone; somebody informal, what the person asks of them.
 */
const ofKind: Readonly<
  Record<
    RepresentationKind,
    { readonly scope: readonly RepresentationScope[]; readonly evidence: readonly EvidenceKind[] }
  >
> = {
  'attorney for health and welfare': { scope: welfare, evidence: ['registered power of attorney'] },
  'attorney for property and affairs': { scope: money, evidence: ['registered power of attorney'] },
  'deputy for health and welfare': { scope: welfare, evidence: ['order of the Court of Protection'] },
  'deputy for property and affairs': { scope: money, evidence: ['order of the Court of Protection'] },
  'appointee for benefits': {
    scope: ['financial assessment'],
    evidence: ['appointment by the Department for Work and Pensions'],
  },
  'authorised person for a direct payment': {
    scope: ['direct payment'],
    evidence: ['authorisation under Care Act 2014 s32'],
  },
  informal: { scope: [...welfare, ...money], evidence: ['the person’s own word', 'best interests decision'] },
};

const sectionOf: Readonly<Record<RepresentationKind, string>> = {
  'attorney for health and welfare': 'Mental Capacity Act 2005 s9, s11',
  'attorney for property and affairs': 'Mental Capacity Act 2005 s9',
  'deputy for health and welfare': 'Mental Capacity Act 2005 s16, s17',
  'deputy for property and affairs': 'Mental Capacity Act 2005 s16, s18',
  'appointee for benefits': 'SI 1987/1968 reg 33; SI 2013/380 reg 57',
  'authorised person for a direct payment': 'Care Act 2014 s32',
  informal: 'Care Act 2014 s9(5), s25(3); Mental Capacity Act 2005 s4(7)',
};

const appointedOnce: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'appointed-once',
  check: ({ representationId }, { byId }) =>
    byId[representationId]
      ? [{ message: 'This representation is in the register already. Revoke it, and appoint anew.' }]
      : undefined,
};

const personIsAlive: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'representation-ends-with-death',
  // A power of attorney and a deputyship are for decisions of the living; s13 is about other ends of a power.
  section: 'Mental Capacity Act 2005 s9(1), s16(1)',
  check: ({ diedOn }, _, { effectiveOn }) =>
    diedOn !== undefined && effectiveOn > diedOn
      ? [
          {
            message: 'The person has died: nobody can be appointed to speak for them from this day.',
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const somebodyElse: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'representative-is-somebody-else',
  check: ({ personId, representative }) => {
    if (representative.personId === personId)
      return [{ message: 'Nobody is their own representative.', field: 'representative.personId' }];
    const named = representative.name?.trim() ? 1 : 0;
    return named + (representative.personId ? 1 : 0) === 1
      ? undefined
      : [
          {
            message: 'Say who the representative is: a person of the register by their record, or else a name.',
            field: 'representative.name',
          },
        ];
  },
};

const scopeIsSaid: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'scope-is-said',
  section: 'Care Act 2014 s9(5), s25(3)',
  check: ({ scope }) =>
    scope.length ? undefined : [{ message: 'Say for what the representative may speak.', field: 'scope' }],
};

const scopeFitsTheKind: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'scope-fits-the-kind',
  check: ({ kind, scope }) => {
    const beyond = scope.filter((each) => !ofKind[kind].scope.includes(each));
    if (!beyond.length) return undefined;
    const message = `As ${kind} somebody cannot speak for ${beyond.join(', ')} (${sectionOf[kind]}).`;
    return [{ message, field: 'scope' }];
  },
};

const evidenceFitsTheKind: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'evidence-fits-the-kind',
  check: ({ kind, evidence }) =>
    ofKind[kind].evidence.includes(evidence.kind)
      ? undefined
      : [
          {
            message: `The authority of this kind is proved by: ${ofKind[kind].evidence.join(', or ')} (${sectionOf[kind]}).`,
            field: 'evidence.kind',
          },
        ],
};

const evidenceWasSeen: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'evidence-was-seen',
  check: ({ evidence }, _, { today }) =>
    evidence.seenOn > today
      ? [
          {
            message: `The evidence cannot have been seen on ${formatDate(evidence.seenOn)} already.`,
            field: 'evidence.seenOn',
          },
        ]
      : undefined,
};

const endsNotBeforeItStarts: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'ends-not-before-it-starts',
  check: ({ until }, _, { effectiveOn }) =>
    until !== undefined && until < effectiveOn
      ? [{ message: 'The last day lies before the first.', field: 'until' }]
      : undefined,
};

const conflictIsDealtWith = (conflict: ConflictOfInterest, field: string) => [
  ...(conflict.reasons.trim() ? [] : [{ message: 'Say what the conflict of interest is.', field: `${field}.reasons` }]),
  ...(conflict.handling.trim() ? [] : [{ message: 'Say how the conflict is dealt with.', field: `${field}.handling` }]),
];

const conflictsAreDealtWith: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'conflict-is-dealt-with',
  section: 'Care Act 2014 s1(3)(g), s67(5)(a)',
  check: ({ conflicts }) => conflicts.flatMap((conflict, at) => conflictIsDealtWith(conflict, `conflicts.${at}`)),
};

const sourceOfHarmStandsBack: RepresentationPolicy<AppointRepresentativeData> = {
  rule: 'source-of-harm-does-not-speak',
  section: 'Care Act 2014 s1(3)(g), s67(5)(a), s68',
  check: ({ scope, conflicts, ...rest }) => {
    const kinds = conflicts.map(({ kind }) => kind);
    const left = scopeLeft({ appointed: { ...rest, scope, conflicts }, conflicts: kinds });
    const barred = scope.filter((each) => !left.includes(each));
    if (!barred.length) return undefined;
    const message = `Somebody who is alleged to be a source of harm cannot speak for ${barred.join(', ')}.`;
    return [{ message, field: 'scope' }];
  },
};

const isThere: RepresentationPolicy<{ readonly representationId: string }> = {
  rule: 'representation-is-there',
  check: ({ representationId }, { byId }) =>
    byId[representationId] ? undefined : [{ message: 'There is no such representation.', field: 'representationId' }],
};

const stillStands: RepresentationPolicy<RevokeRepresentativeData> = {
  rule: 'representation-still-stands',
  check: ({ representationId }, { byId }, { effectiveOn }) => {
    const found = byId[representationId];
    return !found || isInForce(found, effectiveOn)
      ? undefined
      : [{ message: 'The representation does not stand on this day.', field: 'effectiveOn' }];
  },
};

const revocationHasReasons: RepresentationPolicy<RevokeRepresentativeData> = {
  rule: 'revocation-has-reasons',
  check: ({ reasons }) =>
    reasons.trim() ? undefined : [{ message: 'Give the reasons for ending the representation.', field: 'reasons' }],
};

const laterConflictIsDealtWith: RepresentationPolicy<RecordConflictOfInterestData> = {
  rule: conflictsAreDealtWith.rule,
  section: 'Care Act 2014 s1(3)(g), s67(5)(a)',
  check: ({ conflict }) => conflictIsDealtWith(conflict, 'conflict'),
};

export const appointmentPolicies = [
  appointedOnce,
  personIsAlive,
  somebodyElse,
  scopeIsSaid,
  scopeFitsTheKind,
  evidenceFitsTheKind,
  evidenceWasSeen,
  endsNotBeforeItStarts,
  conflictsAreDealtWith,
  sourceOfHarmStandsBack,
] as const;
export const revocationPolicies = [isThere, stillStands, revocationHasReasons] as const;
export const conflictPolicies = [isThere, laterConflictIsDealtWith] as const;
