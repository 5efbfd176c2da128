import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  CorrectDetails,
  IdentifyCarer,
  peopleEvents,
  type PersonDetails,
  RecordDeath,
  RegisterPerson,
} from '../../contracts/index.js';
import { personDecider, type PersonEvent, personStream } from './person.decider.js';

const personId = '0b0f0000-0000-4000-8000-000000000001';
const mother = '0b0f0000-0000-4000-8000-000000000002';
const father = '0b0f0000-0000-4000-8000-000000000003';
const details: PersonDetails = { firstName: 'Test', dateOfBirth: '1944-05-03', birthYear: 1944, gender: 'Female' };
const registration = { personId, simulated: true, details };
const registered: PersonEvent = { type: 'people.person-registered.v1', data: registration };
const moved = { ...details, postcodeSector: 'ZZ1 4' };

const spec = specification(personDecider, peopleEvents);

describe('a person', () => {
  it('has a stream of their own', () => expect(personStream(registration)).toBe(`people.person-${personId}`));

  it('is registered', () => spec.when(RegisterPerson, registration).then(registered));
  it('is registered once, however often the same is said', () =>
    spec.given(registered).when(RegisterPerson, registration).thenNothing());
  it('is not registered again as somebody else', () =>
    spec
      .given(registered)
      .when(RegisterPerson, { ...registration, details: moved })
      .thenRefused('registered-once'));
  it('who is real is never the one who was made up, nor the other way', () =>
    spec
      .given(registered)
      .when(RegisterPerson, { ...registration, simulated: false })
      .thenRefused('registered-once'));
  it('is not known from a day that has not come yet', () =>
    spec
      .when(RegisterPerson, registration, { today: '2026-03-13', effectiveOn: '2026-03-14' })
      .thenRefused('known-by-today', { field: 'effectiveOn' }));
  it('has a year of birth that agrees with the date', () =>
    spec
      .when(RegisterPerson, { ...registration, details: { ...details, birthYear: 1945 } })
      .thenRefused('birth-year-agrees', { field: 'details.birthYear' }));
  it('may have a year of birth without the date, or the date alone', () => {
    for (const known of [{ birthYear: 1945 }, { dateOfBirth: '1944-05-03' }])
      expect(
        spec.when(RegisterPerson, { ...registration, details: { firstName: 'Test', ...known } }).events(),
      ).toHaveLength(1);
  });
});

describe('details', () => {
  it('are corrected as a whole, and the registration stands: that the person became known is no mistake', () =>
    spec
      .given({ ...registered, id: 'registration' })
      .when(CorrectDetails, { personId, details: moved })
      .then({ type: 'people.details-corrected.v1', data: { personId, details: moved } }));
  it('are corrected again by an event that names the correction before it', () =>
    spec
      .given(registered, { type: 'people.details-corrected.v1', data: { personId, details: moved }, id: 'correction' })
      .when(CorrectDetails, { personId, details })
      .then({ type: 'people.details-corrected.v1', data: { personId, details }, corrects: 'correction' }));
  it('that are the same in another order are nothing new', () =>
    spec
      .given(registered)
      .when(CorrectDetails, {
        personId,
        details: {
          gender: 'Female',
          birthYear: 1944,
          dateOfBirth: '1944-05-03',
          firstName: 'Test',
          postcode: undefined,
        },
      })
      .thenNothing());
  it('that are left out are a change', () =>
    expect(spec.given(registered).when(CorrectDetails, { personId, details: {} }).events()).toHaveLength(1));
  it('need a person who is registered', () =>
    spec.when(CorrectDetails, { personId, details }).thenRefused('registered-first', { field: 'personId' }));
  it('have a year of birth that agrees with the date', () =>
    spec
      .given(registered)
      .when(CorrectDetails, { personId, details: { ...details, birthYear: 1943 } })
      .thenRefused('birth-year-agrees'));
});

describe('a death', () => {
  const death: PersonEvent = {
    type: 'people.death-recorded.v1',
    data: { personId, diedOn: '2026-02-01' },
    effectiveOn: '2026-02-01',
  };
  it('is recorded for its day', () =>
    spec.given(registered).when(RecordDeath, { personId, diedOn: '2026-02-01' }).then(death));
  it('that is recorded again is nothing new', () =>
    spec.given(registered, death).when(RecordDeath, { personId, diedOn: '2026-02-01' }).thenNothing());
  it('of another day corrects the first', () =>
    spec
      .given(registered, { ...death, id: 'first' })
      .when(RecordDeath, { personId, diedOn: '2026-02-02' })
      .then({
        type: 'people.death-recorded.v1',
        data: { personId, diedOn: '2026-02-02' },
        effectiveOn: '2026-02-02',
        corrects: 'first',
      }));
  it('may be of today', () =>
    expect(spec.given(registered).when(RecordDeath, { personId, diedOn: '2026-03-02' }).events()).toHaveLength(1));
  it('is not recorded before it happened', () =>
    spec
      .given(registered)
      .when(RecordDeath, { personId, diedOn: '2026-03-03' })
      .thenRefused('died-by-today', { field: 'diedOn' }));
  it('may be of the day of birth', () =>
    expect(spec.given(registered).when(RecordDeath, { personId, diedOn: '1944-05-03' }).events()).toHaveLength(1));
  it('does not lie before birth', () =>
    spec
      .given(registered)
      .when(RecordDeath, { personId, diedOn: '1944-05-02' })
      .thenRefused('died-after-birth', { field: 'diedOn' }));
  it('needs a person who is registered', () =>
    spec.when(RecordDeath, { personId, diedOn: '2026-02-01' }).thenRefused('registered-first'));
});

describe('a carer', () => {
  const caring = { personId, caresFor: [mother, father], hoursCaredBand: '20 to 49 hours', adultsCaredFor: 2 };
  const identified: PersonEvent = { type: 'people.carer-identified.v1', data: caring };
  it('is identified', () => spec.given(registered).when(IdentifyCarer, caring).then(identified));
  it('is identified once, whatever the order of those cared for', () =>
    spec
      .given(registered, identified)
      .when(IdentifyCarer, { ...caring, caresFor: [father, mother] })
      .thenNothing());
  it('whose caring changes is identified anew', () =>
    spec
      .given(registered, identified)
      .when(IdentifyCarer, { ...caring, caresFor: [mother], adultsCaredFor: 1 })
      .then({ type: 'people.carer-identified.v1', data: { ...caring, caresFor: [mother], adultsCaredFor: 1 } }));
  it('does not care for themselves', () =>
    spec
      .given(registered)
      .when(IdentifyCarer, { ...caring, caresFor: [personId] })
      .thenRefused('cares-for-others', { section: 'Care Act 2014 s10(3)', field: 'caresFor' }));
  it('is registered first', () => spec.when(IdentifyCarer, caring).thenRefused('registered-first'));
});
