export { CommandExecutor } from './command-executor.js';
export { commandHandlers } from './command-handlers.js';
