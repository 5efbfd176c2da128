export { DEMONSTRATION, DemonstrationCouncil } from './demonstration-council.js';
export { SimulationModule } from './simulation.module.js';
