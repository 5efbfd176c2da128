export * from './returns.commands.js';
export * from './returns.events.js';
export { type FileCounts } from './shapes.js';
