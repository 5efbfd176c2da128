import { SafeguardingChronology1764300002000 } from './safeguarding-chronology.migration.js';

export { clockAsShown, databaseAsShown, storeAsShown } from './decisions/as-shown.js';
export { SafeguardingChronologyModule } from './safeguarding-chronology.module.js';
export { SafeguardingChronologyProjection } from './safeguarding-chronology.projection.js';
export const safeguardingChronologyMigrations = [SafeguardingChronology1764300002000] as const;
