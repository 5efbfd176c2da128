import { unreachable } from '@caretrail/kernel';
import type { CldRow } from '../normalising/cld-row.js';

/**
 * What makes a row the same row in the next file, within a council and a person: client type, event type, start, then
 * the route, the assessment type, or the service type and component. Not the Event Reference, which councils' systems
 * number anew; equal keys are told apart by an ordinal.
 */
export function rowKey(row: CldRow): string {
  switch (row.eventType) {
    case 'Request':
      return keyOf(row.clientType, row.eventType, row.startsOn, row.route);
    case 'Assessment':
      return keyOf(row.clientType, row.eventType, row.startsOn, row.assessmentType);
    case 'Service':
      return keyOf(row.clientType, row.eventType, row.startsOn, row.serviceType, row.serviceComponent ?? '');
    case 'Review':
      return keyOf(row.clientType, row.eventType, row.startsOn);
    case 'None':
      return keyOf(row.clientType, row.eventType);
    default:
      return unreachable(row);
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join(' · ');
