import { streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import {
  type AddFundingStream,
  type FundingPooledData,
  type fundingPooled,
  type fundingStepHeld,
  type fundingStepPlanned,
  type fundingStreamAdded,
  type fundingStreamWithdrawn,
  type HoldFundingStep,
  kindOfFunding,
  type PlanFundingStep,
  type PoolFunding,
  type PoolFundingData,
  type WithdrawFundingStream,
} from '../../contracts/index.js';
import {
  addingPolicies,
  blockOf,
  holdingPolicies,
  planningPolicies,
  poolingPolicies,
  withdrawingPolicies,
} from './funding.policies.js';
import type { FundingState } from './funding.state.js';

export type FundingCommand = AddFundingStream | WithdrawFundingStream | PoolFunding | PlanFundingStep | HoldFundingStep;
export type FundingEvent = EventOf<
  | typeof fundingStreamAdded
  | typeof fundingStreamWithdrawn
  | typeof fundingPooled
  | typeof fundingStepPlanned
  | typeof fundingStepHeld
>;

/** The stream of a person's other public money, by the person's id. */
export const fundingStreamOf = ({ personId }: { readonly personId: string }): string =>
  streamName('budgets.funding', personId);

/**
 * Other public money beside the personal budget (Care Act 2014 s26(3)): what there is, what of it may be pooled for
 * what, and whether its holders assess and review together.
 */
export const fundingDecider: Decider<FundingCommand, FundingState, FundingEvent> = {
  initial: { streams: [], pools: [], planned: [] },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.add-funding-stream': {
        upholdAll(addingPolicies, command.data, state, context);
        const { holder } = kindOfFunding(command.data.kind);
        return [{ type: 'budgets.funding-stream-added.v1', data: { ...command.data, holder } }];
      }
      case 'budgets.withdraw-funding-stream': {
        upholdAll(withdrawingPolicies, command.data, state, context);
        const { kind } = state.streams.find(({ fundingId }) => fundingId === command.data.fundingId)!;
        return [{ type: 'budgets.funding-stream-withdrawn.v1', data: { ...command.data, kind } }];
      }
      case 'budgets.pool-funding':
        upholdAll(poolingPolicies, command.data, state, context);
        return [{ type: 'budgets.funding-pooled.v1', data: pooled(command.data, state, context.effectiveOn) }];
      case 'budgets.plan-funding-step': {
        upholdAll(planningPolicies, command.data, state, context);
        const { fundingIds } = command.data;
        const concerned = state.streams.filter(({ fundingId }) => fundingIds.includes(fundingId));
        const holders = [...new Set(concerned.map(({ holder }) => holder))];
        return [{ type: 'budgets.funding-step-planned.v1', data: { ...command.data, holders } }];
      }
      case 'budgets.hold-funding-step': {
        upholdAll(holdingPolicies, command.data, state, context);
        const { appointmentId, tookPart } = command.data;
        const { holders, step, fundingIds } = state.planned.find((each) => each.appointmentId === appointmentId)!;
        const absent = holders.filter((holder) => !tookPart.includes(holder));
        return [{ type: 'budgets.funding-step-held.v1', data: { ...command.data, step, fundingIds, absent } }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'budgets.funding-stream-added.v1':
        return { ...state, streams: [...state.streams, { ...event.data, pooledPence: 0 }] };
      case 'budgets.funding-stream-withdrawn.v1': {
        const { fundingId, to } = event.data;
        return {
          ...state,
          streams: state.streams.map((stream) => (stream.fundingId === fundingId ? { ...stream, to } : stream)),
        };
      }
      case 'budgets.funding-pooled.v1': {
        const { poolId, pooled: parts } = event.data;
        const more = (id: string) => parts.find(({ fundingId }) => fundingId === id)?.pence ?? 0;
        const streams = state.streams.map((stream) => ({
          ...stream,
          pooledPence: stream.pooledPence + more(stream.fundingId),
        }));
        return { ...state, streams, pools: [...state.pools, poolId] };
      }
      case 'budgets.funding-step-planned.v1':
        return { ...state, planned: [...state.planned, event.data] };
      case 'budgets.funding-step-held.v1': {
        const planned = state.planned.filter(({ appointmentId }) => appointmentId !== event.data.appointmentId);
        return { ...state, planned };
      }
      default:
        return unreachable(event);
    }
  },
};

/** Each stream for itself: what may go together, and what may not and why. Refusing money is a decision, too. */
function pooled({ parts, ...pool }: PoolFundingData, { streams }: FundingState, day: string): FundingPooledData {
  const together: FundingPooledData['pooled'] = [];
  const blocked: FundingPooledData['blocked'] = [];
  for (const { fundingId, pence } of parts) {
    const stream = streams.find((each) => each.fundingId === fundingId)!;
    const { kind, cadence } = stream;
    const because = blockOf(stream, pool.use, day);
    if (because) blocked.push({ fundingId, kind, cadence, because, authority: kindOfFunding(kind).authority });
    else together.push({ fundingId, kind, cadence, pence: pence ?? stream.pence! - stream.pooledPence });
  }
  return { ...pool, pooled: together, blocked };
}
