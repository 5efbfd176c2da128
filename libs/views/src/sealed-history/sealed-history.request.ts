import type { SealedHistory, StoredCheckpoint } from '@caretrail/audit';
import { InvalidInput, NotFound, type Tenant } from '@caretrail/kernel';
import { z } from 'zod';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

const number = z.coerce
  .number({ error: 'Give the number of a checkpoint, as the list has it.' })
  .int({ error: 'Give the number of a checkpoint, as the list has it.' })
  .positive({ error: 'Give the number of a checkpoint, as the list has it.' })
  .max(Number.MAX_SAFE_INTEGER, { error: 'Give the number of a checkpoint, as the list has it.' });

/** The number of a checkpoint, from an address; undefined where none is given. @throws InvalidInput where it is none */
export function checkpointNumber(text: unknown, field: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const { success, data, error } = number.safeParse(text);
  if (success) return data;
  throw new InvalidInput([{ rule: 'checkpoint-has-a-number', field, message: error.issues[0]!.message }]);
}

/** The checkpoint with this number, or the newest. @throws NotFound where there is none */
export async function checkpointOf(
  history: SealedHistory,
  tenant: Tenant,
  numbered: number | undefined,
): Promise<StoredCheckpoint> {
  const found = await (numbered === undefined ? history.newest(tenant) : history.checkpoint(tenant, numbered));
  if (!found)
    throw new NotFound(
      numbered === undefined
        ? 'Nothing is sealed yet. A worker seals within a minute of the first event.'
        : 'There is no checkpoint with this number.',
    );
  return found;
}
