import { EventStore } from '@caretrail/event-store';
import { type Fault, idOf, InvalidInput, streamName, type Tenant } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';

const PEOPLE = 'people.person';
const RECORD = /^(?:P-)?([0-9a-f]{8})$/i;
const FULL = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What stands on the record of an adult: `P-4471c0de`. */
export const recordNumberOf = (personId: string): string => `P-${personId.slice(0, 8)}`;

/** Finds adults by what stands on their record: `P-4471c0de`, or the whole id. */
@Injectable()
export class AdultRecords {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /**
   * Ids of the people, in the order typed, each once.
   * @throws InvalidInput for a record number that is not well formed, is nobody's, or is that of several people
   */
  async find(tenant: Tenant, typed: readonly string[]): Promise<string[]> {
    const faults: Fault[] = [];
    const ids: string[] = [];
    for (const text of typed) {
      const found = await this.one(tenant, text);
      if (found.length === 1) ids.push(found[0]!);
      else faults.push(faultOf(found.length));
    }
    if (faults.length) throw new InvalidInput(faults);
    return [...new Set(ids)];
  }

  private async one(tenant: Tenant, typed: string): Promise<string[]> {
    const text = typed.trim().toLowerCase();
    if (FULL.test(text)) {
      const stream = streamName(PEOPLE, text);
      return (await this.store.readStreams(tenant, [stream])).has(stream) ? [text] : [];
    }
    const start = RECORD.exec(text)?.[1];
    if (!start) return [];
    const prefix = streamName(PEOPLE, start);
    const streams = await this.store.streamsOf(tenant, PEOPLE, prefix, 2);
    return streams.filter((stream) => stream.startsWith(`${prefix}-`)).map(idOf);
  }
}

const faultOf = (found: number): Fault => ({
  rule: 'adult-is-known',
  field: 'adults',
  message: found
    ? 'More than one person has a record number that begins like this. Give the whole id from the address of the record.'
    : 'A record number was not found. It looks like P-4471c0de and stands at the top of the person’s record.',
});
