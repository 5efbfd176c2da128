export * from './clock-rules.js';
export * from './protection-plan.events.js';
export * from './safeguarding.commands.js';
export * from './safeguarding.events.js';
export * from './values.js';
export type { Wishes } from './shapes.js';
