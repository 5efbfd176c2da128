export { type ClockChange, type ClockReading, ClockSetting } from './clock-setting.js';
export { DEMONSTRATION, DemonstrationCouncil } from './demonstration-council.js';
export { SimulationModule } from './simulation.module.js';
