import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import { peopleEvents, RecordConsent, type RecordConsentData } from '../../contracts/index.js';
import { consentDecider, consentStream } from './consent.decider.js';

const data: RecordConsentData = {
  personId: '0b0f0000-0000-4000-8000-000000000001',
  matter: 'sharing information with the NHS',
  answer: 'given',
};
const type = 'people.consent-recorded.v1';
const spec = specification(consentDecider, peopleEvents);

describe('consent', () => {
  it('stands in a stream of the person', () => expect(consentStream(data)).toBe(`people.consent-${data.personId}`));
  it('is given, refused, and kept both ways', () => {
    spec.when(RecordConsent, data).then({ type, data });
    spec.when(RecordConsent, { ...data, answer: 'refused' }).then({ type, data: { ...data, answer: 'refused' } });
  });
  it('that is the same again is nothing new', () => spec.given({ type, data }).when(RecordConsent, data).thenNothing());
  it('is withdrawn where it was given', () =>
    spec
      .given({ type, data })
      .when(RecordConsent, { ...data, answer: 'withdrawn' })
      .then({ type, data: { ...data, answer: 'withdrawn' } }));
  it('is not withdrawn where it was given to something else, or refused', () => {
    const withdrawn = { ...data, answer: 'withdrawn' as const };
    spec
      .given({ type, data: { ...data, matter: 'a joint assessment' } })
      .when(RecordConsent, withdrawn)
      .thenRefused('given-before-withdrawn', { section: 'UK GDPR Article 7(3)', field: 'answer' });
    spec
      .given({ type, data: { ...data, answer: 'refused' } })
      .when(RecordConsent, withdrawn)
      .thenRefused('given-before-withdrawn');
  });
  it('is not given tomorrow', () =>
    spec
      .when(RecordConsent, data, { effectiveOn: '2026-03-03' })
      .thenRefused('answered-by-today', { field: 'effectiveOn' }));
});
