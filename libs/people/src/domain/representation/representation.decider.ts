import { type Decider, type EventOf, sameContent, streamName, unreachable, upholdAll } from '@caretrail/kernel';
import type {
  AppointRepresentative,
  conflictOfInterestRecorded,
  RecordConflictOfInterest,
  representativeAppointed,
  representativeRevoked,
  RevokeRepresentative,
} from '../../contracts/index.js';
import { appointmentPolicies, conflictPolicies, revocationPolicies } from './representation.policies.js';
import type { Representation, RepresentationState } from './representation.state.js';

export type RepresentationCommand = AppointRepresentative | RevokeRepresentative | RecordConflictOfInterest;
export type RepresentationEvent =
  | EventOf<typeof representativeAppointed>
  | EventOf<typeof representativeRevoked>
  | EventOf<typeof conflictOfInterestRecorded>;

/** The stream of all representations of one person. */
export const representationStream = ({ personId }: { readonly personId: string }): string =>
  streamName('people.representation', personId);

/** Who may speak for a person, in what, by which authority, and from when to when. */
export const representationDecider: Decider<RepresentationCommand, RepresentationState, RepresentationEvent> = {
  initial: { byId: {} },

  decide(command, state, context) {
    switch (command.type) {
      case 'people.appoint-representative': {
        const { diedOn: _, ...data } = command.data;
        const there = state.byId[data.representationId];
        if (there && there.since === context.effectiveOn && sameContent(data, there.appointed)) return [];
        upholdAll(appointmentPolicies, command.data, state, context);
        return [{ type: 'people.representative-appointed.v1', data }];
      }
      case 'people.revoke-representative':
        upholdAll(revocationPolicies, command.data, state, context);
        return [{ type: 'people.representative-revoked.v1', data: command.data }];
      case 'people.record-conflict-of-interest':
        upholdAll(conflictPolicies, command.data, state, context);
        return [{ type: 'people.conflict-of-interest-recorded.v1', data: command.data }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    const { representationId } = event.data;
    const there = state.byId[representationId];
    const changed = (representation: Representation | undefined): RepresentationState =>
      representation ? { byId: { ...state.byId, [representationId]: representation } } : state;
    switch (event.type) {
      case 'people.representative-appointed.v1': {
        const conflicts = event.data.conflicts.map(({ kind }) => kind);
        return changed({ appointed: event.data, since: event.effectiveOn, conflicts });
      }
      case 'people.representative-revoked.v1':
        return changed(there && { ...there, revokedOn: event.effectiveOn });
      case 'people.conflict-of-interest-recorded.v1':
        return changed(there && { ...there, conflicts: [...there.conflicts, event.data.conflict.kind] });
      default:
        return unreachable(event);
    }
  },
};
