import { streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  ContributeToSpecification,
  ContributorRole,
  OpenSpecification,
  PublishSpecification,
  specificationContributed,
  specificationOpened,
  specificationPublished,
  specificationVersionWritten,
  specificationWithdrawn,
  WithdrawSpecification,
  WriteSpecificationVersion,
} from '../../contracts/index.js';
import {
  contributionPolicies,
  openingPolicies,
  publishingPolicies,
  versionPolicies,
  withdrawalPolicies,
} from './service-specification.policies.js';
import type { SpecificationState } from './service-specification.state.js';

export type SpecificationCommand =
  | OpenSpecification
  | ContributeToSpecification
  | WriteSpecificationVersion
  | PublishSpecification
  | WithdrawSpecification;
export type SpecificationEvent =
  | EventOf<typeof specificationOpened>
  | EventOf<typeof specificationContributed>
  | EventOf<typeof specificationVersionWritten>
  | EventOf<typeof specificationPublished>
  | EventOf<typeof specificationWithdrawn>;

export const specificationCategory = 'commissioning.service-specification';

/** The stream of a specification, by its id. */
export const specificationStream = ({ specificationId }: { readonly specificationId: string }): string =>
  streamName(specificationCategory, specificationId);

/** How many took part, as what, in the order in which they first did. */
export function tookPart(
  contributions: SpecificationState['contributions'],
): { readonly role: ContributorRole; readonly people: number }[] {
  const byRole = new Map<ContributorRole, number>();
  for (const { role, people } of contributions) byRole.set(role, (byRole.get(role) ?? 0) + people);
  return Array.from(byRole, ([role, people]) => ({ role, people }));
}

/** What a service is to be, written together with those for whom it is there. */
export const specificationDecider: Decider<SpecificationCommand, SpecificationState, SpecificationEvent> = {
  initial: { opened: false, withdrawn: false, contributions: [], answered: [], version: 0, published: 0 },

  decide(command, state, context) {
    switch (command.type) {
      case 'commissioning.open-specification':
        upholdAll(openingPolicies, command.data, state, context);
        return [{ type: 'commissioning.specification-opened.v1', data: command.data }];
      case 'commissioning.contribute-to-specification':
        upholdAll(contributionPolicies, command.data, state, context);
        return [{ type: 'commissioning.specification-contributed.v1', data: command.data }];
      case 'commissioning.write-specification-version':
        upholdAll(versionPolicies, command.data, state, context);
        return [
          {
            type: 'commissioning.specification-version-written.v1',
            data: { ...command.data, version: state.version + 1 },
          },
        ];
      case 'commissioning.publish-specification':
        upholdAll(publishingPolicies, command.data, state, context);
        return [
          {
            type: 'commissioning.specification-published.v1',
            data: { ...command.data, tookPart: tookPart(state.contributions) },
          },
        ];
      case 'commissioning.withdraw-specification':
        upholdAll(withdrawalPolicies, command.data, state, context);
        return [{ type: 'commissioning.specification-withdrawn.v1', data: command.data }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'commissioning.specification-opened.v1':
        return { ...state, opened: true };
      case 'commissioning.specification-contributed.v1': {
        const { contributionId, role, people } = event.data;
        return { ...state, contributions: [...state.contributions, { contributionId, role, people }] };
      }
      case 'commissioning.specification-version-written.v1': {
        const { version, answers } = event.data;
        const answered = answers.map(({ contributionId }) => contributionId);
        return { ...state, version, answered: [...new Set([...state.answered, ...answered])] };
      }
      case 'commissioning.specification-published.v1':
        return { ...state, published: event.data.version };
      case 'commissioning.specification-withdrawn.v1':
        return { ...state, withdrawn: true };
      default:
        return unreachable(event);
    }
  },
};
