import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  elementCorrected,
  elementEnded,
  elementPlaced,
  elementWithdrawn,
  RecordReturnedElement,
  RecordReturnedElementData,
  WithdrawReturnedElement,
} from '../../contracts/index.js';
import { returnedElementPolicies, withdrawalPolicies } from './care-package.policies.js';
import type { CarePackageState, Service } from './care-package.state.js';

export type { CarePackageState } from './care-package.state.js';

export type CarePackageCommand = RecordReturnedElement | WithdrawReturnedElement;
export type CarePackageEvent =
  | EventOf<typeof elementPlaced>
  | EventOf<typeof elementEnded>
  | EventOf<typeof elementCorrected>
  | EventOf<typeof elementWithdrawn>;

/** The stream of a package, by id. */
export const carePackageStream = ({ packageId }: { readonly packageId: string }): string =>
  streamName('commissioning.care-package', packageId);

/** A service to a person, as returns tell of it: placed, ended, corrected by later returns, withdrawn. */
export const carePackageDecider: Decider<CarePackageCommand, CarePackageState, CarePackageEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'commissioning.record-returned-element':
        upholdAll(returnedElementPolicies, command.data, state, context);
        return record(command.data, state);
      case 'commissioning.withdraw-returned-element':
        upholdAll(withdrawalPolicies, command.data, state, context);
        if (!state.standing) return [];
        return [
          {
            type: 'commissioning.element-withdrawn.v1',
            data: command.data,
            effectiveOn: state.standing.startedOn,
            corrects: state.eventId,
          },
        ];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'commissioning.element-placed.v1':
        return { standing: serviceOf({ ...event.data, startedOn: event.effectiveOn }), eventId: event.id };
      case 'commissioning.element-ended.v1':
        return state.standing
          ? {
              ...state,
              standing: { ...state.standing, endedOn: event.effectiveOn, outcome: event.data.outcome },
            }
          : state;
      case 'commissioning.element-corrected.v1':
        return { standing: serviceOf(event.data), eventId: event.id };
      case 'commissioning.element-withdrawn.v1':
        return { eventId: event.id };
      default:
        return unreachable(event);
    }
  },
};

function serviceOf(data: RecordReturnedElementData): Service {
  const { outcome, ...element } = data.element;
  return { ...data, element, outcome: data.outcome ?? outcome };
}

function record(data: RecordReturnedElementData, { standing, eventId }: CarePackageState): CarePackageEvent[] {
  const service = serviceOf(data);
  const { packageId, personId, element, startedOn, endedOn, outcome } = service;
  const ended = (): CarePackageEvent[] =>
    endedOn === undefined
      ? []
      : [
          {
            type: 'commissioning.element-ended.v1',
            data: { packageId, personId, outcome },
            effectiveOn: endedOn,
          },
        ];
  if (eventId === undefined) {
    const running = endedOn === undefined ? { ...element, outcome } : element;
    const placed = { packageId, personId, element: running };
    return [{ type: 'commissioning.element-placed.v1', data: placed, effectiveOn: startedOn }, ...ended()];
  }
  if (sameContent(service, standing)) return [];
  // Only an end was added: the outcome of a running service gives way to that of its end.
  const running = { ...service, endedOn: undefined, outcome: standing?.outcome };
  if (endedOn !== undefined && sameContent(running, standing)) return ended();
  return [{ type: 'commissioning.element-corrected.v1', data: service, effectiveOn: startedOn, corrects: eventId }];
}
