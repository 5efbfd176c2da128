import type { AllocationOpenedData } from '../../contracts/index.js';

/** From which assessment the budget follows, and whether it was allocated. */
export interface AllocationState {
  readonly opening?: AllocationOpenedData;
  readonly allocated: boolean;
}
