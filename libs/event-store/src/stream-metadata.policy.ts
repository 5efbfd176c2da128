import { type Fault, InvalidInput } from '@caretrail/kernel';
import { canonicalJson } from './hashing/canonical-json.js';
import type { ExpectedVersion } from './port/event-store.port.js';

/**
 * What stores understand as an order to forget, or as who may read. Nothing of a statutory record expires, and who may see
 * it is a rule about roles and people. Names that begin with $ are KurrentDB's own.
 */
const REFUSED = /^(\$.*|max-?count|max-?age|truncate-?before|tb|cache-?control|acl)$/i;

/**
 * What is said of a stream, as text that is the same for the same map.
 * @throws InvalidInput with every fault found
 */
export function writableMetadata(said: Readonly<Record<string, string>>, expected: ExpectedVersion): string {
  const faults: Fault[] = Object.entries(said).flatMap(([key, value]) => [
    ...(typeof value === 'string'
      ? []
      : [fault('metadata-is-flat', 'Metadata is a flat map of strings.', `metadata.${key}`)]),
    ...(REFUSED.test(key)
      ? [
          fault(
            'nothing-expires',
            `“${key}” cannot be said of a stream: its events are kept for ever, and access is a matter of roles. Choose another name for a label.`,
            `metadata.${key}`,
          ),
        ]
      : []),
  ]);
  if (typeof expected === 'number' && !(Number.isInteger(expected) && expected >= 0))
    faults.push(fault('version-is-whole', 'An expected version is a whole number from 0 upwards.', 'expected'));
  if (faults.length) throw new InvalidInput(faults);
  return canonicalJson(said);
}

const fault = (rule: string, message: string, field: string): Fault => ({ rule, message, field });
