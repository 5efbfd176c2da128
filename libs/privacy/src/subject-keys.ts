import { KeyObject, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { Gathered, type Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import { KEY_BYTES, decrypt, encrypt } from './field-cipher.js';

interface KeyRow {
  subject: string;
  wrapped_key: Buffer | null;
}

/** A subject's data key, or the fact that it was destroyed. */
export type SubjectKey = KeyObject | 'erased';

/** The keys under which personal fields are locked: one for each person, itself locked with the master key. */
export class SubjectKeys {
  private readonly master: KeyObject;
  private readonly finding = new Map<Tenant, Gathered<SubjectKey>>();
  private readonly creating = new Map<Tenant, Gathered<SubjectKey>>();

  constructor(
    private readonly database: Database,
    master: Buffer,
  ) {
    this.master = createSecretKey(master);
  }

  /** Keys of these subjects; those that never had one are left out. Many askers at once share a round trip. */
  find(tenant: Tenant, subjects: readonly string[]): Promise<Map<string, SubjectKey>> {
    return this.gathered(this.finding, tenant, (asked) => this.select(tenant, asked)).find(subjects);
  }

  /** Keys of these subjects, made where missing. A destroyed key is not made again. */
  async findOrCreate(tenant: Tenant, subjects: readonly string[]): Promise<Map<string, SubjectKey>> {
    const found = await this.find(tenant, subjects);
    const missing = [...new Set(subjects)].filter((subject) => !found.has(subject));
    const creating = this.gathered(this.creating, tenant, (asked) => this.create(tenant, asked));
    for (const [subject, key] of await creating.find(missing)) found.set(subject, key);
    return found;
  }

  private gathered(
    of: Map<Tenant, Gathered<SubjectKey>>,
    tenant: Tenant,
    lookUp: (subjects: readonly string[]) => Promise<Map<string, SubjectKey>>,
  ): Gathered<SubjectKey> {
    let gathered = of.get(tenant);
    if (!gathered) of.set(tenant, (gathered = new Gathered(lookUp)));
    return gathered;
  }

  private async select(tenant: Tenant, subjects: readonly string[]): Promise<Map<string, SubjectKey>> {
    const rows = await this.database.inOneGo(tenant, (asking) =>
      asking.query<KeyRow[]>(
        'select subject, wrapped_key from subject_key where tenant = $1 and subject = any($2::uuid[])',
        [tenant, subjects],
      ),
    );
    return new Map(rows.map((row) => [row.subject, this.unwrap(tenant, row)]));
  }

  private async create(tenant: Tenant, subjects: readonly string[]): Promise<Map<string, SubjectKey>> {
    // In one order, so that two processes which make the same keys wait for each other instead of both waiting for ever.
    const missing = subjects.toSorted();
    const wrapped = missing.map((subject) => encrypt(this.master, place(tenant, subject), randomBytes(KEY_BYTES)));
    await this.database.inOneGo(tenant, (asking) =>
      asking.query(
        `insert into subject_key (tenant, subject, wrapped_key)
         select $1, * from unnest($2::uuid[], $3::bytea[]) on conflict do nothing`,
        [tenant, missing, wrapped],
      ),
    );
    // Read, because another process may have made one of them first, and its key is the one that counts.
    return this.select(tenant, missing);
  }

  /**
   * Erases a subject for ever: destroys the key, so that what was locked with it can no longer be read by anybody, and what
   * was typed of them and not sent. The digests of their numbers lead to a subject of whom nothing is, and nothing can be, kept:
   * no longer to what is left of them, and a return that still tells of them does not bring them back.
   */
  async destroy(tenant: Tenant, subject: string): Promise<void> {
    await this.database.inTenant(tenant, async (manager) => {
      await manager.query(
        `insert into subject_key (tenant, subject, wrapped_key, destroyed_at) values ($1, $2, null, now())
         on conflict (tenant, subject) do update set wrapped_key = null, destroyed_at = now()`,
        [tenant, subject],
      );
      await manager.query('delete from sealed_draft where tenant = $1 and subject = $2', [tenant, subject]);
      await manager.query(
        `with nobody as (update subject_index set subject = $3 where tenant = $1 and subject = $2 returning subject)
         insert into subject_key (tenant, subject, wrapped_key, destroyed_at)
         select distinct $1, subject, null::bytea, now() from nobody`,
        [tenant, subject, randomUUID()],
      );
    });
  }

  private unwrap(tenant: Tenant, row: KeyRow): SubjectKey {
    if (!row.wrapped_key) return 'erased';
    return createSecretKey(decrypt(this.master, place(tenant, row.subject), row.wrapped_key));
  }
}

const place = (tenant: Tenant, subject: string): string => `subject_key/${tenant}/${subject}`;
