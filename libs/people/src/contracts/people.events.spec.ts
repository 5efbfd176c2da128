import { describe, expect, it } from '@jest/globals';
import {
  carerIdentified,
  deathRecorded,
  detailsCorrected,
  peopleEvents,
  personalDetails,
  personRegistered,
} from './index.js';

const personId = '0b0f0000-0000-4000-8000-000000000001';
const other = '0b0f0000-0000-4000-8000-000000000002';

describe('what people publishes', () => {
  it('keeps who a person is under the person’s own key', () => {
    const paths = personalDetails.map((field) => `details.${field}`);
    expect(personRegistered.personal).toEqual(paths);
    expect(detailsCorrected.personal).toEqual(paths);
    expect(paths).toHaveLength(8);
    expect(personRegistered.subject({ personId, simulated: true, details: {} })).toBe(personId);
    expect([...deathRecorded.personal, ...carerIdentified.personal]).toEqual([]);
  });
  it('names the carer and those cared for, once each', () =>
    expect(carerIdentified.people({ personId, caresFor: [other, personId] })).toEqual([personId, other]));
  it('has titles without anything personal', () => {
    expect(personRegistered.title({ personId, simulated: true, details: { firstName: 'Test' } })).toBe(
      'Person registered (simulated)',
    );
    expect(carerIdentified.title({ personId, caresFor: [other] })).toBe('A carer was identified');
  });
  it('refuses a day that is none, and a field that nobody published', () => {
    expect(() => deathRecorded.schema.parse({ personId, diedOn: '2026-02-30' })).toThrow('calendar day');
    expect(() => deathRecorded.schema.parse({ personId, diedOn: '2026-02-28', cause: 'x' })).toThrow();
    expect(deathRecorded.schema.parse({ personId, diedOn: '2026-02-28' })).toEqual({ personId, diedOn: '2026-02-28' });
  });
  it('stores each event under its own versioned name', () =>
    expect(peopleEvents.every(({ type }) => /^people\.[a-z-]+\.v1$/.test(type))).toBe(true));
});
