export * from './people.commands.js';
export * from './people.events.js';
export { personalDetails, personDetails, type PersonDetails } from './person-details.js';
export { PersonDirectory, type PersonLabel, recordNumber } from './person-directory.port.js';
