import { locationsOfRisk, typesOfRisk } from '@caretrail/safeguarding/contracts';
import { type ConcernFilter, type ConcernStage, concernStages } from './concern-queue.query.js';

/** What the address of the queue asks for. */
export interface QueueRequest {
  readonly stage: ConcernStage;
  readonly filter: ConcernFilter;
  readonly page: number;
}

/** Reads the query of an address; a type, place, stage or page that does not exist is left out. */
export function queueRequest(query: Readonly<Record<string, unknown>>): QueueRequest {
  const choose = <const Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
    values.find((value) => value === query[name]);
  const type = choose('type', typesOfRisk);
  const location = choose('location', locationsOfRisk);
  // An account, `nobody`, or what is neither and finds nothing.
  const owner = typeof query['owner'] === 'string' ? query['owner'].slice(0, 200) : undefined;
  const page = Number(query['page']);
  return {
    stage: choose('stage', concernStages) ?? 'to-decide',
    filter: { ...(type && { type }), ...(location && { location }), ...(owner && { owner }) },
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}
