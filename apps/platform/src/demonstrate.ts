import { Accounts, LocalAccounts } from '@caretrail/access';
import { PersonDirectory } from '@caretrail/people';
import { Configuration } from '@caretrail/platform';
import { DEMONSTRATION, DemonstrationCouncil } from '@caretrail/simulation';
import type { INestApplicationContext } from '@nestjs/common';

/** On the first start makes the demonstration council, and lets its person sign in; never in production. */
export async function demonstrate(app: INestApplicationContext, say: (line: string) => void): Promise<void> {
  if (app.get(Configuration).environment === 'production') return;
  const demonstration = app.get(DemonstrationCouncil);
  if (!(await demonstration.isLoaded())) {
    say('Loading the demonstration council, once.');
    await demonstration.load((line) => say(`  ${line}`));
  }
  const accounts = app.get(Accounts);
  if (!(accounts instanceof LocalAccounts)) return;
  const personId = await demonstration.personId();
  const labels = await app.get(PersonDirectory).labelsOf(DEMONSTRATION.tenant, [personId]);
  accounts.registerPerson(DEMONSTRATION.tenant, personId, labels.get(personId)?.name ?? 'A person');
}
