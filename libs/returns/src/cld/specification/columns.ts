import {
  accommodationStatuses,
  assessmentTypes,
  clientFundingStatuses,
  clientTypes,
  costFrequencies,
  deliveryMechanisms,
  eligibleNeeds,
  employmentStatuses,
  ethnicities,
  eventOutcomes,
  eventTypes,
  genders,
  hearingImpairments,
  methods,
  primarySupportReasons,
  reviewOutcomesAchieved,
  reviewReasons,
  routesOfAccess,
  serviceComponents,
  serviceTypes,
  visualImpairments,
  yesNoUnknown,
  type CodedValue,
  type EventType,
} from './coded-values.js';

/**
 * `required`: without it the row cannot be recorded truthfully, so the row is rejected.
 * `expected`: the specification (Release 1 rules carried forward) calls it mandatory; a blank is a warning.
 * `optional`: a blank says nothing.
 */
export type Requirement = 'required' | 'expected' | 'optional';

/** One of the fifty columns of a Client Level Data file, Release 2. */
export interface ColumnSpecification {
  readonly header: string;
  readonly kind: 'text' | 'date' | 'coded' | 'pounds' | 'decimal' | 'whole';
  readonly values?: readonly CodedValue[];
  /** Of every row, or by event type; an event type that is left out may not use the column. */
  readonly requirement: Requirement | Partial<Record<EventType, Requirement>>;
}

const person = (header: string, requirement: Requirement = 'optional') =>
  ({ header, kind: 'text', requirement }) as const;
const date = (header: string, requirement: ColumnSpecification['requirement']) =>
  ({ header, kind: 'date', requirement }) as const;
const coded = (
  header: string,
  values: readonly CodedValue[],
  requirement: ColumnSpecification['requirement'] = 'optional',
) => ({ header, kind: 'coded', values, requirement }) as const;
const everyEvent = (requirement: Requirement) => ({
  Request: requirement,
  Assessment: requirement,
  Service: requirement,
  Review: requirement,
});

/** The columns in the order of the specification; a file may have them in any order. */
export const columns = {
  laCode: person('LA Code', 'required'),
  periodStart: date('Reporting Period Start Date', 'required'),
  periodEnd: date('Reporting Period End Date', 'required'),
  nhsNumber: person('NHS Number', 'expected'),
  laPersonId: person('LA Person Unique Identifier', 'expected'),
  firstName: person('First Name'),
  lastName: person('Last Name'),
  gpPracticeName: person('GP Practice Name'),
  gpPracticeCode: person('GP Practice Code'),
  gender: coded('Gender', genders, 'expected'),
  ethnicity: coded('Ethnicity', ethnicities, 'expected'),
  dateOfBirth: date('Date of Birth', 'expected'),
  dateOfDeath: date('Date of Death', 'optional'),
  clientType: coded('Client Type', clientTypes, 'required'),
  primarySupportReason: coded('Primary Support Reason', primarySupportReasons, {
    ...everyEvent('expected'),
    Request: 'optional',
  }),
  postcode: person('Postcode', 'expected'),
  accommodationStatus: coded('Accommodation Status', accommodationStatuses, 'expected'),
  employmentStatus: coded('Employment Status', employmentStatuses),
  hasUnpaidCarer: coded('Has Unpaid Carer', yesNoUnknown, 'expected'),
  autism: coded('Autism Spectrum Disorder (ASD)', yesNoUnknown),
  visualImpairment: coded('Visual Impairment', visualImpairments),
  hearingImpairment: coded('Hearing Impairment', hearingImpairments),
  dementia: coded('Dementia', yesNoUnknown),
  clientFundingStatus: coded('Client Funding Status', clientFundingStatuses, {
    ...everyEvent('optional'),
    Service: 'expected',
    Review: 'expected',
  }),
  eventType: coded('Event Type', eventTypes, everyEvent('required')),
  eventReference: { header: 'Event Reference', kind: 'text', requirement: everyEvent('optional') },
  eventStart: date('Event Start Date', everyEvent('required')),
  eventEnd: date('Event End Date', { ...everyEvent('required'), Service: 'optional' }),
  eventDescription: { header: 'Event Description', kind: 'text', requirement: everyEvent('optional') },
  eventOutcome: coded('Event Outcome', eventOutcomes, { ...everyEvent('required'), Service: 'expected' }),
  route: coded('Request: Route of Access', routesOfAccess, { Request: 'required' }),
  assessmentType: coded('Assessment Type', assessmentTypes, { Assessment: 'required' }),
  eligibleNeeds: coded('Eligible Needs Identified', eligibleNeeds, { Assessment: 'optional' }),
  assessmentMethod: coded('Method of Assessment', methods, { Assessment: 'required' }),
  hoursCared: person('Total Hrs Caring per week'),
  adultsCaredFor: { header: 'No. of adults being cared for', kind: 'whole', requirement: 'optional' },
  linkedAdult1: person('Adult 1 Linked Person_ID'),
  linkedAdult2: person('Adult 2 Linked Person_ID'),
  linkedAdult3: person('Adult 3 Linked Person_ID'),
  serviceType: coded('Service Type', serviceTypes, { Service: 'required' }),
  serviceComponent: coded('Service Component', serviceComponents, { Service: 'expected' }),
  deliveryMechanism: coded('Delivery Mechanism', deliveryMechanisms, { Service: 'optional' }),
  providerName: { header: 'Provider CQC Location Name', kind: 'text', requirement: { Service: 'optional' } },
  providerLocationId: { header: 'Provider CQC Location ID', kind: 'text', requirement: { Service: 'optional' } },
  reviewReason: coded('Review Reason', reviewReasons, { Review: 'required' }),
  reviewOutcomes: coded('Review Outcomes Achieved', reviewOutcomesAchieved, { Review: 'optional' }),
  reviewMethod: coded('Method of Review', methods, { Review: 'required' }),
  unitCost: { header: 'Unit Cost', kind: 'pounds', requirement: { Service: 'optional' } },
  costFrequency: coded('Cost Frequency (Unit Type)', costFrequencies, { Service: 'optional' }),
  plannedUnits: { header: 'Planned units per week', kind: 'decimal', requirement: { Service: 'optional' } },
} as const satisfies Record<string, ColumnSpecification>;

export type ColumnId = keyof typeof columns;

export const columnIds = Object.keys(columns) as readonly ColumnId[];

/** What a column asks of a row of an event type; undefined where the column does not apply to it. */
export function requirementOf(column: ColumnId, eventType: EventType | undefined): Requirement | undefined {
  const requirement: ColumnSpecification['requirement'] = columns[column].requirement;
  if (typeof requirement === 'string') return requirement;
  return eventType && requirement[eventType];
}

/** True when a file without this column cannot be a return: the specification asks for it on some kind of row. */
export function mustBeInHeader(column: ColumnId): boolean {
  const requirement: ColumnSpecification['requirement'] = columns[column].requirement;
  const asked = typeof requirement === 'string' ? [requirement] : Object.values(requirement);
  return asked.some((one) => one !== 'optional');
}
