import type { Pence, PlainDate } from '@caretrail/kernel';
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

/** Who a row is about, as the row says it. Names, numbers, dates and the postcode are PERSONAL. */
export interface CldPerson {
  readonly laPersonId?: string;
  readonly nhsNumber?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly gpPracticeName?: string;
  readonly gpPracticeCode?: string;
  readonly gender?: Gender;
  readonly ethnicity?: Ethnicity;
  readonly dateOfBirth?: PlainDate;
  readonly dateOfDeath?: PlainDate;
  /** `ZZ1 4AB`. */
  readonly postcode?: string;
  readonly accommodationStatus?: AccommodationStatus;
  readonly employmentStatus?: EmploymentStatus;
  readonly hasUnpaidCarer?: YesNoUnknown;
  readonly autism?: YesNoUnknown;
  readonly visualImpairment?: VisualImpairment;
  readonly hearingImpairment?: HearingImpairment;
  readonly dementia?: YesNoUnknown;
  readonly hoursCared?: string;
  readonly adultsCaredFor?: number;
  /** LA Person Unique Identifiers of those whom this person cares for. */
  readonly caresFor: readonly string[];
}

interface Row {
  /** Line of the file on which the row begins. */
  readonly line: number;
  readonly clientType: ClientType;
  readonly person: CldPerson;
}

interface EventRow extends Row {
  readonly startsOn: PlainDate;
  readonly reference?: string;
  /** PERSONAL. */
  readonly description?: string;
  readonly primarySupportReason?: PrimarySupportReason;
  readonly clientFundingStatus?: ClientFundingStatus;
}

export interface RequestRow extends EventRow {
  readonly eventType: 'Request';
  readonly endsOn: PlainDate;
  readonly outcome: EventOutcome;
  readonly route: RouteOfAccess;
}

export interface AssessmentRow extends EventRow {
  readonly eventType: 'Assessment';
  readonly endsOn: PlainDate;
  readonly outcome: EventOutcome;
  readonly assessmentType: AssessmentType;
  readonly method: Method;
  readonly eligibleNeeds?: EligibleNeeds;
}

export interface ServiceRow extends EventRow {
  readonly eventType: 'Service';
  /** Left out while the service is open. */
  readonly endsOn?: PlainDate;
  readonly outcome?: EventOutcome;
  readonly serviceType: ServiceType;
  readonly serviceComponent?: ServiceComponent;
  readonly deliveryMechanism?: DeliveryMechanism;
  readonly providerLocationId?: string;
  readonly providerName?: string;
  readonly unitCostPence?: Pence;
  readonly costFrequency?: CostFrequency;
  /** At most two decimals. */
  readonly plannedUnitsPerWeek?: number;
}

export interface ReviewRow extends EventRow {
  readonly eventType: 'Review';
  readonly endsOn: PlainDate;
  readonly outcome: EventOutcome;
  readonly reviewReason: ReviewReason;
  readonly method: Method;
  readonly outcomesAchieved?: ReviewOutcomesAchieved;
}

/** A carer of whom the council knows only through the person cared for: details and links, and nothing that happened. */
export interface KnownByAssociationRow extends Row {
  readonly eventType: 'None';
}

export type CldEventRow = RequestRow | AssessmentRow | ServiceRow | ReviewRow;

/** One row of the return in the Release 2 values, discriminated by `eventType`. */
export type CldRow = CldEventRow | KnownByAssociationRow;

/** The rules under which a row is rejected or warned about. */
export type RowRule =
  | 'row-has-all-cells'
  | 'required'
  | 'person-can-be-told-apart'
  | 'expected'
  | 'not-applicable'
  | 'value-of-the-list'
  | 'release-1-only'
  | 'release-1-spelling'
  | 'real-date'
  | 'end-not-before-start'
  | 'not-in-the-future'
  | 'alive-at-start'
  | 'death-after-birth'
  | 'nhs-number'
  | 'postcode'
  | 'amount'
  | 'text-length'
  | 'number'
  | 'cost-has-frequency';

/** What is wrong with one cell. Never quotes it: it could be personal. */
export interface RowFault {
  /** The column's header; undefined when it is about the row as a whole. */
  readonly column?: string;
  readonly reason: string;
  readonly rule: RowRule;
}

/** A row that cannot be recorded truthfully. */
export interface RejectedRow {
  readonly line: number;
  readonly faults: readonly RowFault[];
  /** What can be said of the person all the same, so that the row is kept under the person's own key. */
  readonly personRef?: string;
}

export type Normalised =
  | { readonly row: CldRow; readonly warnings: readonly RowFault[]; readonly rejected?: undefined }
  | { readonly rejected: RejectedRow; readonly row?: undefined; readonly warnings?: undefined };
