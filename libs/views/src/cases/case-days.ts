import { InvalidInput } from '@caretrail/kernel';
import type { AsOfDays } from '@caretrail/web';
import type { CaseDays } from './cases.query.js';

/** The two days of a page, as the query takes them. */
export const caseDaysOf = ({ effective, known }: AsOfDays): CaseDays => ({ effectiveOn: effective, knownOn: known });

/** For programs: a day that cannot be read is refused, where a page shows today and says so. @throws InvalidInput */
export function refuseWrongDays({ error }: AsOfDays): void {
  const faults = Object.entries(error ?? {}).map(([field, message]) => ({ rule: 'input-shape', field, message }));
  if (faults.length) throw new InvalidInput(faults);
}
