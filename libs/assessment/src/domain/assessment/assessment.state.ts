import type { PlainDate } from '@caretrail/kernel';
import type {
  AssessmentCorrectedData,
  AssessmentSubject,
  AssessmentSubmittedData,
  CarerAssessedData,
  EligibleNeeds,
  FormReference,
  SelfAssessmentSubmittedData,
} from '../../contracts/index.js';

/** How far an assessment has come; undefined for one of which nothing but the result is known. */
export type AssessmentProgress =
  'offered' | 'refused' | 'in progress' | 'submitted' | 'returned' | 'completed' | 'superseded';

/** What two people see differently about one question. */
export interface Difference {
  readonly personSaid: string;
  readonly assessorSaid: string;
  readonly assessorsReasons: string;
  readonly personsReasons?: string;
}

/** The assessment as it stands, and in which event; one that was withdrawn keeps the event and stands no longer. */
export interface AssessmentState {
  readonly standing?: AssessmentCorrectedData;
  /** The event that last told of the whole assessment: what a correction replaces. */
  readonly eventId?: string;
  /** The event in which it was decided here, and not told by a return, whether needs are eligible. */
  readonly determinedBy?: string;
  /** The day of the decision that stands, an adult's or a carer's. */
  readonly decidedOn?: PlainDate;
  /** A carer's own assessment, where it is one. */
  readonly carer?: CarerAssessedData;
  readonly progress?: AssessmentProgress;
  readonly subject?: AssessmentSubject;
  readonly personId?: string;
  /** The form that was put to the person. */
  readonly form?: FormReference;
  readonly selfAssessment?: { readonly offered: boolean; readonly accepted?: boolean };
  readonly own?: { readonly eventId: string; readonly data: SelfAssessmentSubmittedData };
  readonly differences?: Readonly<Record<string, Difference>>;
  readonly submission?: AssessmentSubmittedData;
  /** After a refusal: whether the duty to assess stands all the same. */
  readonly dutyStands?: boolean;
}

/** What the decision on eligibility was, of an adult or of a carer; undefined before it. */
export const decisionOf = ({ standing, carer }: AssessmentState): EligibleNeeds | undefined =>
  standing?.eligibleNeeds ?? carer?.eligibleNeeds;

/** Whether the assessment can still be worked on. */
export const isOpen = ({ progress, dutyStands }: AssessmentState): boolean =>
  progress === 'offered' ||
  progress === 'in progress' ||
  progress === 'returned' ||
  (progress === 'refused' && dutyStands === true);
