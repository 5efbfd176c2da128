export * from './browser.js';
export * from './postgres.js';
export * from './routes.contract.js';
export * from './rules.js';
export * from './specification.js';
export * from './test-clock.js';
