import {
  RecordReturnedAssessment,
  RecordReturnedRequest,
  WithdrawReturnedAssessment,
  WithdrawReturnedRequest,
  type RecordReturnedRequestData,
} from '@caretrail/assessment/contracts';
import {
  RecordReturnedElement,
  WithdrawReturnedElement,
  type RecordReturnedElementData,
} from '@caretrail/commissioning/contracts';
import { idOf, unreachable, type Command, type CommandMeta } from '@caretrail/kernel';
import { RecordReturnedReview, WithdrawReturnedReview } from '@caretrail/planning/contracts';
import type { LedgerEntry } from '../../domain/ledger.js';
import type { ReceivedRow } from '../identity/reconcile.js';
import type { CldEventRow, ServiceRow } from '../normalising/cld-row.js';

/** The fixed sentence under which a row is taken back; it is stored in clear. */
export const WITHDRAWAL_REASON = 'The newer return covers this time and does not contain the row any more.';

type RowBeside = RecordReturnedRequestData['row'];
type Element = RecordReturnedElementData['element'];

/** What tells the contexts of one row; undefined for a carer known by association, of whom nothing happened. */
export function commandOf({ row, stream }: ReceivedRow, personId: string, meta: CommandMeta): Command | undefined {
  const id = idOf(stream);
  switch (row.eventType) {
    case 'Request': {
      const { route, startsOn: requestedOn, endsOn: concludedOn, outcome } = row;
      const data = { episodeId: id, personId, route, requestedOn, concludedOn, outcome, row: besideOf(row) };
      return new RecordReturnedRequest(data, { ...meta, effectiveOn: requestedOn });
    }
    case 'Assessment': {
      const { assessmentType: kind, method, startsOn: startedOn, endsOn: completedOn, outcome, eligibleNeeds } = row;
      const needs = eligibleNeeds && { eligibleNeeds };
      const told = { kind, method, startedOn, completedOn, outcome, ...needs, row: besideOf(row) };
      return new RecordReturnedAssessment(
        { assessmentId: id, personId, ...told },
        { ...meta, effectiveOn: completedOn },
      );
    }
    case 'Service': {
      const { startsOn: startedOn, endsOn: endedOn, outcome } = row;
      const end = { ...(endedOn && { endedOn }), ...(outcome && { outcome }) };
      const data = { packageId: id, personId, element: elementOf(row), startedOn, ...end };
      return new RecordReturnedElement(data, { ...meta, effectiveOn: startedOn });
    }
    case 'Review': {
      const { reviewReason: reason, method, startsOn: startedOn, endsOn: completedOn, outcome, outcomesAchieved } = row;
      const achieved = outcomesAchieved && { outcomesAchieved };
      const told = { reason, method, startedOn, completedOn, outcome, ...achieved, row: besideOf(row) };
      return new RecordReturnedReview({ reviewId: id, personId, ...told }, { ...meta, effectiveOn: completedOn });
    }
    case 'None':
      return undefined;
    default:
      return unreachable(row);
  }
}

/** What takes a row back; true, like what it takes back, on the day of the row. */
export function withdrawalOf(standing: LedgerEntry, personId: string, meta: CommandMeta): Command | undefined {
  const id = idOf(standing.stream);
  const reason = WITHDRAWAL_REASON;
  const { startsOn, endsOn = startsOn } = standing;
  const onDay = (day: string | undefined): CommandMeta => ({ ...meta, effectiveOn: day ?? meta.effectiveOn });
  switch (standing.eventType) {
    case 'Request':
      return new WithdrawReturnedRequest({ episodeId: id, personId, reason }, onDay(startsOn));
    case 'Assessment':
      return new WithdrawReturnedAssessment({ assessmentId: id, personId, reason }, onDay(endsOn));
    case 'Service':
      return new WithdrawReturnedElement({ packageId: id, personId, reason }, onDay(startsOn));
    case 'Review':
      return new WithdrawReturnedReview({ reviewId: id, personId, reason }, onDay(endsOn));
    case 'None':
      return undefined;
    default:
      return unreachable(standing.eventType);
  }
}

function besideOf(row: CldEventRow): RowBeside {
  const { reference, description, clientType, primarySupportReason, clientFundingStatus } = row;
  return {
    clientType,
    ...(reference && { eventReference: reference }),
    ...(description && { description }),
    ...(primarySupportReason && { primarySupportReason }),
    ...(clientFundingStatus && { clientFundingStatus }),
  };
}

function elementOf(row: ServiceRow): Element {
  const { serviceType, serviceComponent, deliveryMechanism, providerLocationId, providerName } = row;
  const { unitCostPence: pence, costFrequency: per, plannedUnitsPerWeek } = row;
  return {
    serviceType,
    ...(serviceComponent && { component: serviceComponent }),
    ...(deliveryMechanism && { deliveryMechanism }),
    ...(providerLocationId && { providerLocationId }),
    ...(providerName && { providerName }),
    ...(pence !== undefined && per && { rate: { pence, per } }),
    ...(plannedUnitsPerWeek !== undefined && { plannedUnitsPerWeek }),
    row: besideOf(row),
  };
}
