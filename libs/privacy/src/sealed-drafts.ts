import type { Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import { decrypt, encrypt } from './field-cipher.js';
import type { SubjectKeys } from './subject-keys.js';

/** Which draft: of what kind and of which thing, by whom, and whose words stand in it. */
export interface DraftPlace {
  readonly kind: string;
  /** UUID of the thing that is being written. */
  readonly id: string;
  /** Account of the writer: nobody else reads it before it is sent. */
  readonly owner: string;
  /** Under whose key it is locked. */
  readonly subject: string;
}

/**
 * What somebody has typed and not sent yet, so that they can save and return: ciphertext under the key of the person
 * whom it is about. It is no event, because it is nobody's word until it is sent; it goes when it is sent.
 */
export class SealedDrafts {
  constructor(
    private readonly database: Database,
    private readonly keys: SubjectKeys,
  ) {}

  /** Keeps the draft in place of an earlier one. @param content plain JSON */
  async save(tenant: Tenant, place: DraftPlace, content: unknown): Promise<void> {
    const key = (await this.keys.findOrCreate(tenant, [place.subject])).get(place.subject);
    if (!key || key === 'erased') return; // of somebody who was erased nothing is kept
    const sealed = encrypt(key, placeOf(tenant, place), Buffer.from(JSON.stringify(content)));
    await this.database.inTenant(tenant, (manager) =>
      manager.query(
        `insert into sealed_draft (tenant, kind, id, owner, subject, sealed) values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant, kind, id, owner) do update set subject = $5, sealed = $6, saved_at = now()`,
        [tenant, place.kind, place.id, place.owner, place.subject, sealed],
      ),
    );
  }

  /** What was kept; undefined when there is none, or its key was destroyed. @throws Tampered */
  async find(tenant: Tenant, place: DraftPlace): Promise<unknown> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ sealed: Buffer }[]>(
        'select sealed from sealed_draft where tenant = $1 and kind = $2 and id = $3 and owner = $4 and subject = $5',
        [tenant, place.kind, place.id, place.owner, place.subject],
      ),
    );
    const [row] = rows;
    const key = row && (await this.keys.find(tenant, [place.subject])).get(place.subject);
    if (!row || !key || key === 'erased') return undefined;
    return JSON.parse(decrypt(key, placeOf(tenant, place), row.sealed).toString()) as unknown;
  }

  /** Removes what anybody wrote of it, once it was sent or is of no use any more. */
  async remove(tenant: Tenant, { kind, id }: Pick<DraftPlace, 'kind' | 'id'>): Promise<void> {
    await this.database.inTenant(tenant, (manager) =>
      manager.query('delete from sealed_draft where tenant = $1 and kind = $2 and id = $3', [tenant, kind, id]),
    );
  }
}

const placeOf = (tenant: Tenant, { kind, id, owner, subject }: DraftPlace): string =>
  ['sealed_draft', tenant, kind, id, owner, subject].join('/');
