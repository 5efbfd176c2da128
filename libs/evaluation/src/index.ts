export * from './replay/format-replay.js';
export * from './replay/replay.js';
export * from './replay/replay-to.js';
