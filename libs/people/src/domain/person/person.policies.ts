import type { DecisionContext, Policy } from '@caretrail/kernel';
import type {
  CorrectDetailsData,
  IdentifyCarerData,
  RecordDeathData,
  RegisterPersonData,
} from '../../contracts/index.js';
import type { PersonState } from './person.state.js';

type PersonPolicy<Data> = Policy<Data, PersonState, DecisionContext>;

const registeredOnce: PersonPolicy<RegisterPersonData> = {
  rule: 'registered-once',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, state) =>
    state.details ? [{ message: 'This person is registered already: correct the details instead.' }] : undefined,
};

const knownByToday: PersonPolicy<RegisterPersonData> = {
  rule: 'known-by-today',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_data, _state, { effectiveOn, today }) =>
    effectiveOn > today
      ? [{ message: 'Nobody can be known from a day that has not come yet.', field: 'effectiveOn' }]
      : undefined,
};

const registeredFirst: PersonPolicy<unknown> = {
  rule: 'registered-first',
  section: 'Care Act 2014 Part 1',
  check: (_, state) =>
    state.details ? undefined : [{ message: 'This person is not registered yet.', field: 'personId' }],
};

const birthYearAgrees: PersonPolicy<RegisterPersonData | CorrectDetailsData> = {
  rule: 'birth-year-agrees',
  section: 'UK GDPR Article 5(1)(d)',
  check: ({ details: { dateOfBirth, birthYear } }) =>
    dateOfBirth && birthYear !== undefined && Number(dateOfBirth.slice(0, 4)) !== birthYear
      ? [{ message: 'The year of birth is not the year of the date of birth.', field: 'details.birthYear' }]
      : undefined,
};

const diedByToday: PersonPolicy<RecordDeathData> = {
  rule: 'died-by-today',
  section: 'UK GDPR Article 5(1)(d)',
  check: ({ diedOn }, _, { today }) =>
    diedOn > today ? [{ message: 'A death cannot be recorded before it happened.', field: 'diedOn' }] : undefined,
};

const diedAfterBirth: PersonPolicy<RecordDeathData> = {
  rule: 'died-after-birth',
  section: 'UK GDPR Article 5(1)(d)',
  check: ({ diedOn }, { details }) =>
    details?.dateOfBirth && diedOn < details.dateOfBirth
      ? [{ message: 'The day of death lies before the day of birth.', field: 'diedOn' }]
      : undefined,
};

const caresForOthers: PersonPolicy<IdentifyCarerData> = {
  rule: 'cares-for-others',
  section: 'Care Act 2014 s10(3)',
  check: ({ personId, caresFor }) =>
    caresFor.includes(personId)
      ? [{ message: 'A carer is somebody who cares for another person, not for themselves.', field: 'caresFor' }]
      : undefined,
};

export const registrationPolicies = [registeredOnce, knownByToday, birthYearAgrees] as const;
export const correctionPolicies = [registeredFirst, birthYearAgrees] as const;
export const deathPolicies = [registeredFirst, diedByToday, diedAfterBirth] as const;
export const carerPolicies = [registeredFirst, caresForOthers] as const;
