import { InvalidInput } from '@caretrail/kernel';
import { Councils, type RegisteredCouncil } from '@caretrail/platform';
import { DEMONSTRATION } from '@caretrail/simulation';
import type { INestApplicationContext } from '@nestjs/common';

/**
 * The council that `--council` names; without it the only one beside the demonstration.
 * @throws InvalidInput when it is not plain which is meant; NotFound
 */
export async function councilMeant(
  app: INestApplicationContext,
  named: string | undefined,
): Promise<RegisteredCouncil> {
  const councils = app.get(Councils);
  return named ? councils.get(named) : theOnlyOne(await councils.list());
}

function theOnlyOne(councils: readonly RegisteredCouncil[]): RegisteredCouncil {
  const own = councils.filter(({ tenant }) => tenant !== DEMONSTRATION.tenant);
  const candidates = own.length ? own : councils;
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const message = only
    ? `Say which council with --council: ${candidates.map(({ tenant, name }) => `${tenant} (${name})`).join(', ')}.`
    : 'No council is set up. Use: caretrail council add ONSCODE --la-code … --name …';
  throw new InvalidInput([{ rule: 'council-is-named', field: '--council', message }]);
}
