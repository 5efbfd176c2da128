export { DirectPaymentsModule } from './direct-payments.module.js';
export { directPaymentsMigrations } from './direct-payments.migration.js';
export { directPaymentsProjection } from './direct-payments.projection.js';
