import {
  SafeguardingConcerns1764300001000,
  SafeguardingConclusions1764300001001,
} from './safeguarding-concerns.migration.js';

export { SafeguardingConcernsModule } from './safeguarding-concerns.module.js';
export { safeguardingConcernsProjection } from './safeguarding-concerns.projection.js';
export const safeguardingConcernsMigrations = [
  SafeguardingConcerns1764300001000,
  SafeguardingConclusions1764300001001,
] as const;
