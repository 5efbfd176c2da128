import type { CommandRoute } from '@caretrail/kernel';
import { CorrectDetails, IdentifyCarer, RecordDeath, RegisterPerson } from './contracts/index.js';
import { personDecider, personStream } from './domain/person/person.decider.js';

const person = { decider: personDecider, stream: personStream };

/** Which decider answers each command of this context, and on which stream. */
export const peopleRoutes: CommandRoute[] = [
  { command: RegisterPerson, ...person },
  { command: CorrectDetails, ...person },
  { command: RecordDeath, ...person },
  { command: IdentifyCarer, ...person },
];
