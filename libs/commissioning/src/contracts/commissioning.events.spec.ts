import { describe, expect, it } from '@jest/globals';
import { commissioningEvents, elementEnded, elementPlaced, type ElementPlacedData } from './index.js';

const data: ElementPlacedData = {
  packageId: '0b0f0000-0000-4000-8000-000000000001',
  personId: '0b0f0000-0000-4000-8000-000000000002',
  element: { serviceType: 'Long term support: Community', row: { clientType: 'Service user', description: 'Words' } },
};

describe('what commissioning publishes', () => {
  it('keeps a row’s description, a contributor’s words and a record that was not understood under a key', () => {
    expect(Object.fromEntries(commissioningEvents.map(({ type, personal }) => [type, personal]))).toEqual({
      'commissioning.element-placed.v1': ['element.row.description'],
      'commissioning.element-ended.v1': [],
      'commissioning.element-corrected.v1': ['element.row.description'],
      'commissioning.element-withdrawn.v1': [],
      'commissioning.service-listed.v1': [],
      'commissioning.service-listing-changed.v1': [],
      'commissioning.service-delisted.v1': [],
      'commissioning.directory-received.v1': [],
      'commissioning.directory-record-rejected.v1': ['record'],
      'commissioning.specification-opened.v1': [],
      'commissioning.specification-contributed.v1': ['inTheirWords'],
      'commissioning.specification-version-written.v1': [],
      'commissioning.specification-published.v1': [],
      'commissioning.specification-withdrawn.v1': [],
    });
    expect(elementPlaced.subject(data)).toBe(data.personId);
  });
  it('says in its title which service, and from whom', () => {
    expect(elementPlaced.title(data)).toBe('Service started: Long term support: Community');
    const element = { ...data.element, component: 'Day support', providerName: 'Kestrel Care' };
    expect(elementPlaced.title({ ...data, element })).toBe('Service started: Day support, Kestrel Care');
    expect(elementEnded.title({ ...data, outcome: 'NFA: Other' })).toBe('Service ended: NFA: Other');
    expect(elementEnded.title(data)).toBe('Service ended');
  });
  it('carries a unit with every rate', () => {
    const withRate = (rate: unknown) => ({ ...data, element: { ...data.element, rate } });
    expect(() => elementPlaced.schema.parse(withRate({ pence: 100 }))).toThrow();
    expect(elementPlaced.schema.parse(withRate({ pence: 100, per: 'Hourly' })).element.rate?.per).toBe('Hourly');
  });
});
