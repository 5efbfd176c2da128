export * from './budgets.commands.js';
export * from './budgets.events.js';
