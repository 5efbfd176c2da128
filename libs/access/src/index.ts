export * from './access.guard.js';
export * from './access.module.js';
export * from './account.js';
export * from './accounts.js';
export * from './cross-origin.js';
export * from './local-accounts.js';
export * from './sessions.js';
export * from './representatives.port.js';
