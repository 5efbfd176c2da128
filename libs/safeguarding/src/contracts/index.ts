export * from './clock-rules.js';
export * from './safeguarding.commands.js';
export * from './safeguarding.events.js';
export * from './values.js';
