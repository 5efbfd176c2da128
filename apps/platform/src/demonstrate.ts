import { Accounts, LocalAccounts } from '@caretrail/access';
import { PersonDirectory } from '@caretrail/people';
import { Configuration } from '@caretrail/platform';
import { DEMONSTRATION, DemonstrationCouncil, demonstrationSizes } from '@caretrail/simulation';
import type { INestApplicationContext } from '@nestjs/common';

/** On the first start makes the demonstration council, and lets its two people sign in; never in production. */
export async function demonstrate(app: INestApplicationContext, say: (line: string) => void): Promise<void> {
  const { demonstration: size } = app.get(Configuration);
  const demonstration = app.get(DemonstrationCouncil);
  if (!(await demonstration.isLoaded())) {
    if (size === 'none') return;
    say('Making the demonstration council, once: two years of it, day by day.');
    await demonstration.load((line) => say(`  ${line}`), demonstrationSizes[size]);
  }
  const accounts = app.get(Accounts);
  if (!(accounts instanceof LocalAccounts)) return;
  const people = await demonstration.whoSignsIn();
  const ids = people.map(({ personId }) => personId);
  const labels = await app.get(PersonDirectory).labelsOf(DEMONSTRATION.tenant, ids);
  for (const { personId, post } of people)
    accounts.registerPerson(DEMONSTRATION.tenant, personId, labels.get(personId)?.name ?? 'A person', post);
}
