export * from './commissioning.commands.js';
export * from './commissioning.events.js';
export { element, rate, type Element, type Rate } from './element.js';
export { clientTypes, returnedRow, type ReturnedRow } from './returned-row.js';
export * from './values.js';
export * from './weekly-cost.js';
