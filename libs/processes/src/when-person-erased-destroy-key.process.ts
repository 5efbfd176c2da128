import { type PersonErasedData, personErased } from '@caretrail/people/contracts';
import type { SubjectKeys } from '@caretrail/privacy';
import type { Process } from '@caretrail/projections';

/**
 * The one process that sends no command: it destroys the person's key (UK GDPR Article 17(1)). What was stored decides, so
 * that a key does not outlive its erasure because something was killed in between; destroying it again changes nothing.
 */
export function whenPersonErasedDestroyKey(keys: Pick<SubjectKeys, 'destroy'>): Process {
  return {
    name: 'when-person-erased-destroy-key',
    types: [personErased.type],
    async handle(event) {
      await keys.destroy(event.tenant, (event.data as PersonErasedData).personId);
    },
  };
}
