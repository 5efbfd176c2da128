import { unreachable, type PlainDate } from '@caretrail/kernel';
import type {
  AccommodationStatus,
  AssessmentType,
  ClientFundingStatus,
  ClientType,
  CostFrequency,
  DeliveryMechanism,
  EligibleNeeds,
  EmploymentStatus,
  Ethnicity,
  EventOutcome,
  EventType,
  Gender,
  HearingImpairment,
  Method,
  PrimarySupportReason,
  ReviewOutcomesAchieved,
  ReviewReason,
  RouteOfAccess,
  ServiceComponent,
  ServiceType,
  VisualImpairment,
  YesNoUnknown,
} from '../specification/coded-values.js';
import { matchCoded } from '../specification/coded-value.js';
import type { Cells, RawRow } from '../reading/read-cld-file.js';
import { CellReader } from './cell-reader.js';
import type { CldEventRow, CldPerson, CldRow, Normalised, RowFault } from './cld-row.js';
import { parseNhsNumber } from './nhs-number.js';
import { parsePostcode } from './postcode.js';

/** What the reading of a row may know beside its cells. */
export interface RowContext {
  /** How many cells a row of this file has. */
  readonly width: number;
  /** The day on which the council submitted the file: nothing that had happened by then lies after it. */
  readonly submittedOn: PlainDate;
}

/**
 * Who a row is about within a council: its own person number, else the NHS number. PERSONAL: to be hashed before it
 * is stored anywhere in clear. Undefined when the row says neither.
 */
export function personRefOf(cells: Pick<Cells, 'laPersonId' | 'nhsNumber'>): string | undefined {
  if (cells.laPersonId) return laPersonRef(cells.laPersonId);
  const nhsNumber = cells.nhsNumber && parseNhsNumber(cells.nhsNumber);
  return nhsNumber ? `nhs:${nhsNumber}` : undefined;
}

/** The reference of a person by the council's own number, which is also what linked person ids hold. */
export const laPersonRef = (laPersonId: string): string => `la:${laPersonId.trim().toUpperCase()}`;

/**
 * One row of a file as a typed row with warnings, or rejected with its faults. What decides between the two: can it
 * be recorded truthfully without the cell that is not understood?
 */
export function normaliseRow(raw: RawRow, context: RowContext): Normalised {
  const { line, cells } = raw;
  if (!cells) {
    const count = `The row has ${raw.width} cells and the header ${context.width}.`;
    const reason = `${count} Look for a missing comma, or for one inside a cell that is not in quotation marks.`;
    return { rejected: { line, faults: [{ rule: 'row-has-all-cells', reason }] } };
  }
  const eventType = eventTypeOf(cells.eventType);
  const reader = new CellReader(cells, typeof eventType === 'string' ? eventType : undefined);
  const clientType = reader.coded<ClientType>('clientType');
  reader.text('laCode');
  reader.day('periodStart');
  reader.day('periodEnd');
  const person = personOf(reader, cells, context);
  const row = { line, clientType: clientType ?? 'Service user', person } as const;
  let result: CldRow | undefined;
  if (typeof eventType === 'string') {
    if (clientType === 'Unpaid carer known by association') {
      reader.warn('eventType', 'not-applicable', 'does not belong on a carer known by association; it was kept.');
    }
    const event = eventOf(reader, eventType);
    checkDays(reader, event, person, context);
    result = reader.faults.length ? undefined : ({ ...row, ...event } as CldEventRow);
  } else if (eventType === undefined && clientType === 'Unpaid carer known by association') {
    warnOfEventCells(reader, cells);
    result = { ...row, eventType: 'None' };
  } else if (eventType === undefined) {
    reader.fault('eventType', 'required', 'is blank. Only a carer known by association has no event.');
  } else {
    reader.fault('eventType', 'value-of-the-list', 'is not Request, Assessment, Service or Review.');
  }
  const personRef = personRefOf(cells);
  if (!result || reader.faults.length) {
    return { rejected: { line, faults: reader.faults, ...(personRef && { personRef }) } };
  }
  return { row: result, warnings: reader.warnings };
}

/** Words before and after are tolerated, as the official processing does: `Referral / Request`. */
function eventTypeOf(text: string | undefined): EventType | 'unknown'[] | undefined {
  if (!text) return undefined;
  const match = matchCoded('eventType', text);
  if ('value' in match) return match.value as EventType;
  const words = [
    [/request|referral/i, 'Request'],
    [/assessment/i, 'Assessment'],
    [/service/i, 'Service'],
    [/review/i, 'Review'],
  ] as const;
  const found = words.filter(([word]) => word.test(text));
  return found.length === 1 ? found[0]![1] : ['unknown'];
}

function personOf(reader: CellReader, cells: Cells, { submittedOn }: RowContext): CldPerson {
  const laPersonId = reader.text('laPersonId');
  const nhsNumber = reader.read('nhsNumber', parseNhsNumber, 'nhs-number', 'is not a valid NHS number of ten digits.');
  if (!laPersonId && !nhsNumber) {
    const reason = 'is blank, and there is no valid NHS number either: nobody can tell who the row is about.';
    reader.fault('laPersonId', 'person-can-be-told-apart', reason);
  }
  const dateOfBirth = notAfter(reader, 'dateOfBirth', submittedOn);
  let dateOfDeath = notAfter(reader, 'dateOfDeath', submittedOn);
  if (dateOfBirth && dateOfDeath && dateOfDeath < dateOfBirth) {
    reader.warn('dateOfDeath', 'death-after-birth', 'is before the Date of Birth; it was left out.');
    dateOfDeath = undefined;
  }
  const caresFor = (['linkedAdult1', 'linkedAdult2', 'linkedAdult3'] as const).flatMap((id) => reader.text(id) ?? []);
  return withoutBlanks({
    laPersonId,
    nhsNumber,
    firstName: reader.text('firstName'),
    lastName: reader.text('lastName'),
    gpPracticeName: reader.text('gpPracticeName'),
    gpPracticeCode: reader.text('gpPracticeCode'),
    gender: reader.coded<Gender>('gender'),
    ethnicity: reader.coded<Ethnicity>('ethnicity'),
    dateOfBirth,
    dateOfDeath,
    postcode: reader.read('postcode', parsePostcode, 'postcode', 'is not formed like a UK postcode.'),
    accommodationStatus: reader.coded<AccommodationStatus>('accommodationStatus'),
    employmentStatus: reader.coded<EmploymentStatus>('employmentStatus'),
    hasUnpaidCarer: reader.coded<YesNoUnknown>('hasUnpaidCarer'),
    autism: reader.coded<YesNoUnknown>('autism'),
    visualImpairment: reader.coded<VisualImpairment>('visualImpairment'),
    hearingImpairment: reader.coded<HearingImpairment>('hearingImpairment'),
    dementia: reader.coded<YesNoUnknown>('dementia'),
    hoursCared: reader.read('hoursCared', parseHoursBand),
    adultsCaredFor: reader.whole('adultsCaredFor'),
    caresFor: [...new Set(caresFor)].filter((id) => id !== cells.laPersonId).sort(),
  });
}

/** The bands of Release 2 are not published; what is made of numbers and the words of such a band is taken as it is. */
function parseHoursBand(text: string): string | undefined {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const known = [
    'hours',
    'hour',
    'hrs',
    'per',
    'a',
    'week',
    'or',
    'more',
    'less',
    'than',
    'to',
    'and',
    'over',
    'under',
    'unknown',
    'not',
    'known',
    'no',
    'up',
  ];
  return text.length <= 40 && words.every((word) => known.includes(word)) ? text.replace(/\s+/g, ' ') : undefined;
}

function notAfter(reader: CellReader, column: 'dateOfBirth' | 'dateOfDeath', day: PlainDate): PlainDate | undefined {
  const read = reader.day(column);
  if (!read || read <= day) return read;
  reader.warn(column, 'not-in-the-future', 'lies after the day on which the file was submitted; it was left out.');
  return undefined;
}

/** The event part of a row, complete only when the reader found no fault. */
function eventOf(reader: CellReader, eventType: EventType): Partial<CldEventRow> {
  const faultsOfEnd = reader.warnings.length;
  const endsOn = reader.day('eventEnd');
  if (reader.warnings.length > faultsOfEnd) {
    // Leaving it out would say that the service is still running.
    const [warning] = reader.warnings.splice(faultsOfEnd, 1) as [RowFault];
    reader.faults.push({ ...warning, reason: warning.reason.replace(' It was left out.', '') });
  }
  const event = {
    startsOn: reader.day('eventStart'),
    endsOn,
    outcome: reader.coded<EventOutcome>('eventOutcome'),
    reference: reader.text('eventReference'),
    description: reader.text('eventDescription', 10_000),
    primarySupportReason: reader.coded<PrimarySupportReason>('primarySupportReason'),
    clientFundingStatus: reader.coded<ClientFundingStatus>('clientFundingStatus'),
  };
  return withoutBlanks({ ...event, ...ownCellsOf(reader, eventType) });
}

/** Reads the columns of all event types, so that a cell which does not belong on this one is warned about. */
function ownCellsOf(reader: CellReader, eventType: EventType): object {
  const request = { route: reader.coded<RouteOfAccess>('route') };
  const assessment = {
    assessmentType: reader.coded<AssessmentType>('assessmentType'),
    eligibleNeeds: reader.coded<EligibleNeeds>('eligibleNeeds'),
    method: reader.coded<Method>('assessmentMethod'),
  };
  const service = {
    serviceType: reader.coded<ServiceType>('serviceType'),
    serviceComponent: reader.coded<ServiceComponent>('serviceComponent'),
    deliveryMechanism: reader.coded<DeliveryMechanism>('deliveryMechanism'),
    providerLocationId: reader.text('providerLocationId'),
    providerName: reader.text('providerName'),
    unitCostPence: reader.pence('unitCost'),
    costFrequency: reader.coded<CostFrequency>('costFrequency'),
    plannedUnitsPerWeek: reader.decimal('plannedUnits'),
  };
  const review = {
    reviewReason: reader.coded<ReviewReason>('reviewReason'),
    outcomesAchieved: reader.coded<ReviewOutcomesAchieved>('reviewOutcomes'),
    method: reader.coded<Method>('reviewMethod'),
  };
  switch (eventType) {
    case 'Request':
      return { eventType, ...request };
    case 'Assessment':
      return { eventType, ...assessment };
    case 'Service':
      if (service.unitCostPence !== undefined && !service.costFrequency) {
        reader.warn('costFrequency', 'cost-has-frequency', 'is missing, and a cost says nothing without it.');
      }
      return { eventType, ...service };
    case 'Review':
      return { eventType, ...review };
    default:
      return unreachable(eventType);
  }
}

function checkDays(
  reader: CellReader,
  { eventType, startsOn, endsOn }: Partial<CldEventRow>,
  { dateOfDeath }: CldPerson,
  { submittedOn }: RowContext,
): void {
  if (startsOn && endsOn && endsOn < startsOn) {
    reader.fault('eventEnd', 'end-not-before-start', 'is before the start. One of the two is wrong.');
  }
  // A service may be arranged ahead; a request, an assessment or a review is returned only once it is over.
  for (const [column, day] of [
    ['eventStart', startsOn],
    ['eventEnd', endsOn],
  ] as const) {
    if (!day || day <= submittedOn) continue;
    const reason = 'lies after the day on which the file was submitted.';
    if (eventType === 'Service') reader.warn(column, 'not-in-the-future', `${reason} It was kept as planned.`);
    else reader.fault(column, 'not-in-the-future', reason);
  }
  if (dateOfDeath && startsOn && dateOfDeath < startsOn) {
    reader.warn('dateOfDeath', 'alive-at-start', 'is before the event started. Both were kept; one of them is wrong.');
  }
}

function warnOfEventCells(reader: CellReader, cells: Cells): void {
  for (const column of [
    'eventStart',
    'eventEnd',
    'eventOutcome',
    'serviceType',
    'route',
    'assessmentType',
    'reviewReason',
  ] as const) {
    if (cells[column])
      reader.warn(column, 'not-applicable', 'does not belong on a row without an event; it was left out.');
  }
}

function withoutBlanks<Shape extends object>(shape: Shape): { [Key in keyof Shape]: Exclude<Shape[Key], undefined> } {
  const filled = Object.entries(shape).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as { [Key in keyof Shape]: Exclude<Shape[Key], undefined> };
}
