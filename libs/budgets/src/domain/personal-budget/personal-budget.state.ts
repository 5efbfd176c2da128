import type { PlainDate } from '@caretrail/kernel';
import type { FinancialAssessmentRecordedData, OneOffSum, PersonalBudgetDraftedData } from '../../contracts/index.js';

/** A personal budget as far as its rules need it. Money is whole pence a week. */
export interface PersonalBudgetState {
  readonly draft?: PersonalBudgetDraftedData;
  readonly means?: Pick<FinancialAssessmentRecordedData, 'outcome' | 'contributionPencePerWeek'> & {
    /** The stored event that holds it. */
    readonly eventId: string;
  };
  readonly agreed?: {
    readonly on: PlainDate;
    readonly costPencePerWeek: number;
    readonly contributionPencePerWeek: number;
    readonly councilPencePerWeek: number;
    readonly oneOff: readonly OneOffSum[];
  };
  readonly closed: boolean;
}
