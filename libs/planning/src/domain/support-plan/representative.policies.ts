import type { DecisionContext, Policy } from '@caretrail/kernel';
import type { SigningRepresentative } from '../../contracts/index.js';
import type { SupportPlanState } from './support-plan.state.js';

interface Spoken {
  readonly by: string;
  readonly representative?: SigningRepresentative | undefined;
}

/** Whoever speaks for the person does so by a representation that stands on the day, and covers it. */
export const speaksByAuthority = <Data extends Spoken>(
  representative: Data['by'],
  scope: string,
  section: string,
): Policy<Data, SupportPlanState, DecisionContext> => ({
  rule: 'representative-speaks-by-authority',
  section,
  check: ({ by, representative: who }) => {
    const field = 'representative.representationId';
    if (by !== representative)
      return who ? [{ message: 'No representative spoke here: leave them out.', field }] : undefined;
    if (!who) return [{ message: 'Say who of the register of representatives spoke for the person.', field }];
    if (!who.standing)
      return [
        {
          message: 'On this day no such representation stands: it was never recorded, has ended, or was revoked.',
          field,
        },
      ];
    return who.standing.scope.includes(scope)
      ? undefined
      : [
          {
            message: `On this day the representative (${who.standing.kind}) may not speak for the person in ${scope}.`,
            field,
          },
        ];
  },
});

/** What was said, with the authority of that day in place of what was looked up. */
export function withRepresentation<Data extends Spoken>({ representative, ...said }: Data) {
  const standing = representative?.standing;
  return {
    ...said,
    ...(standing && { representation: { representationId: representative.representationId, kind: standing.kind } }),
  };
}
