export * from './clock-refused.error.js';
export * from './memory/memory-event-store.adapter.js';
export * from './port/event-store.port.js';
export * from './upcasting/upcasters.js';
export * from './upcasting/upcasting-event-store.adapter.js';
export { eventStoreMigrations } from './postgres/migrations.js';
export * from './postgres/postgres-event-store.adapter.js';
