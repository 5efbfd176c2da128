import type { SupportPlanOpenedData } from '../../contracts/index.js';

/** For which budget and needs the plan is, and whether it was signed off. */
export interface SupportPlanState {
  readonly opening?: SupportPlanOpenedData;
  readonly agreed: boolean;
}
