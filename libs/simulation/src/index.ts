export { type CaseStage, caseStages } from './case-steps.js';
export { type ClockChange, type ClockReading, ClockSetting } from './clock-setting.js';
export {
  DEMONSTRATION,
  DemonstrationCouncil,
  type DemonstrationSize,
  demonstrationSizes,
} from './demonstration-council.js';
export { SimulationModule } from './simulation.module.js';
export { type DrivenCase, SyntheticCase } from './synthetic-case.js';
