import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  DelistService,
  DirectoryEntry,
  ListService,
  serviceDelisted,
  serviceListed,
  serviceListingChanged,
} from '../../contracts/index.js';
import { listingPolicies } from './directory-service.policies.js';

export type DirectoryServiceCommand = ListService | DelistService;
export type DirectoryServiceEvent =
  EventOf<typeof serviceListed> | EventOf<typeof serviceListingChanged> | EventOf<typeof serviceDelisted>;

/** What the directory says of the service; nothing where it is not listed. */
export interface DirectoryServiceState {
  readonly entry?: DirectoryEntry;
}

export const directoryServiceCategory = 'commissioning.directory-service';

/** The stream of a service, by the id that its directory gives it. */
export const directoryServiceStream = ({ serviceId }: { readonly serviceId: string }): string =>
  streamName(directoryServiceCategory, serviceId);

/** A universal service as directories tell of it: listed, changed, delisted, listed again. */
export const directoryServiceDecider: Decider<DirectoryServiceCommand, DirectoryServiceState, DirectoryServiceEvent> = {
  initial: {},

  decide(command, { entry }, context) {
    switch (command.type) {
      case 'commissioning.list-service':
        upholdAll(listingPolicies, command.data, entry, context);
        if (sameContent(command.data.entry, entry)) return [];
        return entry
          ? [{ type: 'commissioning.service-listing-changed.v1', data: command.data }]
          : [{ type: 'commissioning.service-listed.v1', data: command.data }];
      case 'commissioning.delist-service':
        return entry ? [{ type: 'commissioning.service-delisted.v1', data: command.data }] : [];
      default:
        return unreachable(command);
    }
  },

  evolve(_, event) {
    switch (event.type) {
      case 'commissioning.service-listed.v1':
      case 'commissioning.service-listing-changed.v1':
        return { entry: event.data.entry };
      case 'commissioning.service-delisted.v1':
        return {};
      default:
        return unreachable(event);
    }
  },
};
