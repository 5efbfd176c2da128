import { formatDate, formatPence, type DecisionContext, type Policy } from '@caretrail/kernel';
import {
  type AddFundingStreamData,
  type blockedBecause,
  type FundingUse,
  type HoldFundingStepData,
  kindOfFunding,
  type PlanFundingStepData,
  type PoolFundingData,
  type WithdrawFundingStreamData,
} from '../../contracts/index.js';
import type { FundingState, HeldStream } from './funding.state.js';

type FundingPolicy<Data> = Policy<Data, FundingState, DecisionContext>;
const section = 'Care Act 2014 s26(3)';

const addedOnce: FundingPolicy<AddFundingStreamData> = {
  rule: 'added-once',
  section,
  check: ({ fundingId }, { streams }) =>
    streams.some((stream) => stream.fundingId === fundingId)
      ? [{ message: 'This stream was noted already.', field: 'fundingId' }]
      : undefined,
};

const cadenceFitsTheKind: FundingPolicy<AddFundingStreamData> = {
  rule: 'cadence-fits-the-kind',
  section,
  check: ({ kind, cadence }) =>
    kindOfFunding(kind).cadences.includes(cadence)
      ? undefined
      : [
          {
            message: `Money of this kind comes ${kindOfFunding(kind).cadences.join(', ')}: not ${cadence}.`,
            field: 'cadence',
          },
        ],
};

const moneyHasAnAmount: FundingPolicy<AddFundingStreamData> = {
  rule: 'money-has-an-amount',
  section,
  check: ({ cadence, pence }) => {
    if (cadence === 'in kind')
      return pence === undefined ? undefined : [{ message: 'What comes in kind has no amount.', field: 'pence' }];
    return pence ? undefined : [{ message: 'Say how much it is, each time that it comes.', field: 'pence' }];
  },
};

const usesArePermitted: FundingPolicy<AddFundingStreamData> = {
  rule: 'uses-are-permitted',
  section,
  check: ({ kind, permittedUses }) =>
    permittedUses
      .filter((use) => !kindOfFunding(kind).permittedUses.includes(use))
      .map((use) => ({
        message: `Money of this kind may not pay for ${use} (${kindOfFunding(kind).authority}).`,
        field: 'permittedUses',
      })),
};

const fromBeforeTo: FundingPolicy<AddFundingStreamData> = {
  rule: 'from-before-to',
  section,
  check: ({ from, to }) =>
    to !== undefined && to < from ? [{ message: 'It ends before it begins.', field: 'to' }] : undefined,
};

const endedSchemeIsHistory: FundingPolicy<AddFundingStreamData> = {
  rule: 'ended-scheme-is-history',
  section,
  check: ({ kind, from, to }) => {
    const { endedOn } = kindOfFunding(kind);
    if (!endedOn || (from <= endedOn && to !== undefined && to <= endedOn)) return undefined;
    return [
      {
        message: `This scheme ended on ${formatDate(endedOn)}: it can only be noted with a last day by then.`,
        field: from > endedOn ? 'from' : 'to',
      },
    ];
  },
};

const known = (fundingId: string, { streams }: FundingState): HeldStream | undefined =>
  streams.find((stream) => stream.fundingId === fundingId);

const addedFirst: FundingPolicy<WithdrawFundingStreamData> = {
  rule: 'added-first',
  section,
  check: ({ fundingId }, state) =>
    known(fundingId, state) ? undefined : [{ message: 'The person has no such stream.', field: 'fundingId' }],
};

const endsWithinItsTime: FundingPolicy<WithdrawFundingStreamData> = {
  rule: 'ends-within-its-time',
  section,
  check: ({ fundingId, to }, state) => {
    const stream = known(fundingId, state);
    if (!stream) return undefined;
    if (to < stream.from)
      return [{ message: `It began on ${formatDate(stream.from)}: it does not end before that.`, field: 'to' }];
    return stream.to !== undefined && to >= stream.to
      ? [{ message: `It ends on ${formatDate(stream.to)} already.`, field: 'to' }]
      : undefined;
  },
};

const reasonsGiven: FundingPolicy<WithdrawFundingStreamData> = {
  rule: 'reasons-given',
  section,
  check: ({ reasons }) => (reasons.trim() ? undefined : [{ message: 'Say why it ends.', field: 'reasons' }]),
};

const pooledOnce: FundingPolicy<PoolFundingData> = {
  rule: 'pooled-once',
  section,
  check: ({ poolId }, { pools }) =>
    pools.includes(poolId) ? [{ message: 'This pool was decided already.', field: 'poolId' }] : undefined,
};

const severalStreams: FundingPolicy<PoolFundingData> = {
  rule: 'several-streams',
  section,
  check: ({ parts }, state) => {
    const ids = new Set(parts.map(({ fundingId }) => fundingId));
    if (ids.size < 2 || ids.size !== parts.length)
      return [{ message: 'Choose at least two streams, each once.', field: 'parts' }];
    return parts.flatMap(({ fundingId }, at) =>
      known(fundingId, state) ? [] : [{ message: 'The person has no such stream.', field: `parts.${at}.fundingId` }],
    );
  },
};

const withinTheStream: FundingPolicy<PoolFundingData> = {
  rule: 'within-the-stream',
  section,
  check: ({ parts }, state) =>
    parts.flatMap(({ fundingId, pence }, at) => {
      const stream = known(fundingId, state);
      if (pence === undefined || stream?.pence === undefined) return [];
      const left = stream.pence - stream.pooledPence;
      return pence > 0 && (pence <= left || left === 0)
        ? []
        : [{ message: `Of this stream ${formatPence(left)} is left to pool.`, field: `parts.${at}.pence` }];
    }),
};

const plannedOnce: FundingPolicy<PlanFundingStepData> = {
  rule: 'planned-once',
  section,
  check: ({ appointmentId }, { planned }) =>
    planned.some((step) => step.appointmentId === appointmentId)
      ? [{ message: 'This was planned already.', field: 'appointmentId' }]
      : undefined,
};

const aboutStreamsThatAreThere: FundingPolicy<PlanFundingStepData> = {
  rule: 'about-streams-that-are-there',
  section,
  check: ({ fundingIds }, state) =>
    fundingIds.length && fundingIds.every((id) => known(id, state))
      ? undefined
      : [{ message: 'Choose the streams of this person that it is about.', field: 'fundingIds' }],
};

const plannedFirst: FundingPolicy<HoldFundingStepData> = {
  rule: 'planned-first',
  section,
  check: ({ appointmentId }, { planned }) =>
    planned.some((step) => step.appointmentId === appointmentId)
      ? undefined
      : [{ message: 'Nothing like this is planned, or it was held already.', field: 'appointmentId' }],
};

const heldByNow: FundingPolicy<HoldFundingStepData> = {
  rule: 'held-by-now',
  section,
  check: ({ on }, _, { today }) => (on > today ? [{ message: 'It has not taken place yet.', field: 'on' }] : undefined),
};

const tookPartWasConcerned: FundingPolicy<HoldFundingStepData> = {
  rule: 'took-part-was-concerned',
  section,
  check: ({ appointmentId, tookPart }, { planned }) => {
    const step = planned.find((each) => each.appointmentId === appointmentId);
    return step && !tookPart.every((holder) => step.holders.includes(holder))
      ? [{ message: 'One of those who took part holds none of these streams.', field: 'tookPart' }]
      : undefined;
  },
};

/** Why a stream's money may not be pooled for a use on a day; undefined where it may. */
export function blockOf(stream: HeldStream, use: FundingUse, day: string): (typeof blockedBecause)[number] | undefined {
  if (!kindOfFunding(stream.kind).permittedUses.includes(use)) return 'the kind of money may not pay for this';
  if (!stream.permittedUses.includes(use)) return 'the conditions of the stream do not allow this';
  if (stream.from > day) return 'has not begun';
  if (stream.to !== undefined && stream.to < day) return 'has ended';
  if (stream.pence === undefined) return 'comes in kind, not in money';
  return stream.pooledPence >= stream.pence ? 'is pooled already' : undefined;
}

export const addingPolicies = [
  addedOnce,
  cadenceFitsTheKind,
  moneyHasAnAmount,
  usesArePermitted,
  fromBeforeTo,
  endedSchemeIsHistory,
] as const;
export const withdrawingPolicies = [addedFirst, endsWithinItsTime, reasonsGiven] as const;
export const poolingPolicies = [pooledOnce, severalStreams, withinTheStream] as const;
export const planningPolicies = [plannedOnce, aboutStreamsThatAreThere] as const;
export const holdingPolicies = [plannedFirst, heldByNow, tookPartWasConcerned] as const;
