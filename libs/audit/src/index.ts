export * from './checkpoint/checkpoint.js';
export * from './checkpoint/signed-note.js';
