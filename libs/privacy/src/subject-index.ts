import { randomUUID } from 'node:crypto';
import type { Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import { deriveKey, keyedDigest } from './field-cipher.js';

/**
 * Finds a person's random id by what identifies them elsewhere (the council's own number, the NHS number).
 * Only keyed digests are stored: the table names nobody, and cannot be searched without the master key.
 */
export class SubjectIndex {
  constructor(
    private readonly database: Database,
    private readonly master: Buffer,
  ) {}

  /**
   * The person id of each identifier, in order; a new random one is reserved where there is none.
   * Two that claim the same identifier at once get the same id.
   */
  async claim(tenant: Tenant, kind: string, identifiers: readonly string[]): Promise<string[]> {
    const digests = this.digests(tenant, kind, identifiers);
    const distinct = [...new Set(digests)].sort();
    const found = await this.lookUp(tenant, kind, distinct);
    const missing = distinct.filter((digest) => !found.has(digest));
    if (missing.length) {
      await this.database.inOneGo(tenant, (asking) =>
        asking.query(
          `insert into subject_index (tenant, kind, digest, subject)
           select $1, $2, * from unnest($3::text[], $4::uuid[]) on conflict do nothing`,
          [tenant, kind, missing, missing.map(() => randomUUID())],
        ),
      );
      for (const [digest, subject] of await this.lookUp(tenant, kind, missing)) found.set(digest, subject);
    }
    return digests.map((digest) => found.get(digest)!);
  }

  /** The person id of each identifier that is known, undefined for the others, in order. */
  async find(tenant: Tenant, kind: string, identifiers: readonly string[]): Promise<(string | undefined)[]> {
    const digests = this.digests(tenant, kind, identifiers);
    const found = await this.lookUp(tenant, kind, [...new Set(digests)]);
    return digests.map((digest) => found.get(digest));
  }

  private digests(tenant: Tenant, kind: string, identifiers: readonly string[]): string[] {
    const key = deriveKey(this.master, 'subject-index', tenant);
    return identifiers.map((identifier) => keyedDigest(key, `${kind}:${identifier}`));
  }

  private async lookUp(tenant: Tenant, kind: string, digests: readonly string[]): Promise<Map<string, string>> {
    if (!digests.length) return new Map();
    const rows = await this.database.inOneGo(tenant, (asking) =>
      asking.query<{ digest: string; subject: string }[]>(
        'select digest, subject from subject_index where tenant = $1 and kind = $2 and digest = any($3::text[])',
        [tenant, kind, digests],
      ),
    );
    return new Map(rows.map((row) => [row.digest, row.subject]));
  }
}
