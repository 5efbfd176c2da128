import { describe, expect, it } from '@jest/globals';
import { openDirectory } from './directory-file.js';
import { type ReadService, readService } from './read-service.js';

const ID = 'ac148810-d857-441c-9679-408f346de14b';
const bytes = (content: unknown) =>
  Buffer.from(typeof content === 'string' ? content : JSON.stringify(content), 'utf8');
const least = { id: ID, name: 'Lunch club', status: 'active', organization: { id: ID, name: 'Age Together' } };
const read = (more: object) => readService({ ...least, ...more }, 'contents[0]');
const entryOf = (service: ReadService) => {
  if (!('entry' in service)) throw new Error(JSON.stringify(service));
  return service.entry;
};
const faultsOf = (service: ReadService) =>
  'faults' in service ? service.faults.map(({ place, rule }) => [place, rule]) : [];

describe('a file of a directory', () => {
  it('is a page, an array, a list of services, or one service', () => {
    const places = (content: unknown) => openDirectory(bytes(content)).records.map(({ place }) => place);
    expect(places({ total_pages: 1, contents: [least, least] })).toEqual(['contents[0]', 'contents[1]']);
    expect(places([least])).toEqual(['[0]']);
    expect(places({ services: [least] })).toEqual(['services[0]']);
    expect(places(least)).toEqual(['$']);
    expect(openDirectory(bytes({ total_pages: 7, contents: [] })).pages).toBe(7);
  });

  it('is refused with a sentence where it is nothing of the kind', () => {
    const refused = (content: Uint8Array) => {
      try {
        return openDirectory(content);
      } catch (error) {
        return (error as { faults: { rule: string }[] }).faults[0]!.rule;
      }
    };
    expect(refused(bytes('{"contents": ['))).toBe('file-is-json');
    expect(refused(bytes({ name: 'x' }))).toBe('directory-is-open-referral');
    expect(refused(bytes('7'))).toBe('directory-is-open-referral');
    expect(refused(Buffer.from([0x5b, 0xe9, 0x5d]))).toBe('file-is-utf-8');
  });
});

describe('a service of Open Referral UK', () => {
  it('needs an id, a name, a status and an organisation', () => {
    expect(entryOf(read({}))).toMatchObject({ name: 'Lunch club', organisation: { id: ID, name: 'Age Together' } });
    expect(faultsOf(readService({}, 'contents[4]'))).toEqual([
      ['contents[4].id', 'id-is-a-uuid'],
      ['contents[4].status', 'status-is-known'],
      ['contents[4].organization', 'required'],
      ['contents[4].name', 'required'],
    ]);
    expect(faultsOf(read({ id: 7 }))).toEqual([['contents[0].id', 'id-is-a-uuid']]);
    expect(faultsOf(read({ organization: { name: ' ' } }))).toEqual([['contents[0].organization.name', 'required']]);
    expect(faultsOf(readService('x', '[1]'))).toEqual([['[1]', 'record-is-an-object']]);
    expect(readService({ ...least, name: null }, '$')).toMatchObject({ serviceId: ID, faults: [{ place: 'name' }] });
  });

  it('stands, is closed for now, or stands no longer', () => {
    expect(entryOf(read({ status: 'Active' })).temporarilyClosed).toBe(false);
    expect(entryOf(read({ status: 'temporarily closed' })).temporarilyClosed).toBe(true);
    expect(read({ status: 'defunct', name: null })).toMatchObject({ serviceId: ID, ended: 'defunct' });
    expect(read({ status: 'inactive' })).toMatchObject({ serviceId: ID, ended: 'inactive' });
  });

  it('is read whole', () => {
    const service = read({
      description: '<p>Lunch &amp; company.</p><p>Come along</p>',
      url: 'https://lunch.example/',
      email: 'lunch@lunch.example',
      application_process: 'Ring.',
      eligibility_description: 'Anybody over 60.',
      minimum_age: 60,
      maximum_age: 110,
      fees_description: 'The meal is paid for.',
      alert: 'Closed on bank holidays.',
      assured_date: '2026-01-31',
      phones: [{ id: ID, number: '01632 960123' }],
      cost_options: [{ id: ID, amount: 4.5, currency: 'gbp', option: 'A meal', valid_from: '2025-04-01' }],
      schedules: [
        { id: ID, freq: 'WEEKLY', byday: 'TU,TH', opens_at: '12:00:00', closes_at: '14:00', valid_to: '2026-12-31' },
      ],
      languages: [{ id: ID, name: 'Urdu' }],
      attributes: [
        { id: ID, taxonomy_term: { id: ID, code: 'social', name: 'Company', taxonomy: 'Need' } },
        { id: ID, taxonomy_term: { id: ID, name: 'Company' } },
        { id: ID, link_type: 'x' },
      ],
      service_areas: [{ id: ID, name: 'Hackleton' }],
      contacts: [{ id: ID, name: 'Ann Persona', email: 'ann@lunch.example' }],
      service_at_locations: [
        {
          id: ID,
          phones: [{ number: '01632 960123' }, { number: '01632 960124' }],
          contacts: [{ name: 'Ann Persona' }],
          location: {
            id: ID,
            location_type: 'physical',
            name: 'Mill Hall',
            addresses: [{ id: ID, address_1: '1 Mill Lane', city: 'Hackleton', postal_code: 'zz14ab' }],
            accessibility: [{ id: ID, description: 'Level entrance' }],
          },
        },
      ],
    });
    expect(service.warnings).toEqual([]);
    expect(entryOf(service)).toEqual({
      name: 'Lunch club',
      organisation: { id: ID, name: 'Age Together' },
      description: 'Lunch & company.\nCome along',
      temporarilyClosed: false,
      alert: 'Closed on bank holidays.',
      url: 'https://lunch.example/',
      email: 'lunch@lunch.example',
      phones: ['01632 960123', '01632 960124'],
      howToApply: 'Ring.',
      eligibility: 'Anybody over 60.',
      minimumAge: 60,
      maximumAge: 110,
      fees: 'The meal is paid for.',
      costs: [{ pence: 450, option: 'A meal', from: '2025-04-01' }],
      opening: [{ words: 'Tuesday and Thursday, 12:00 to 14:00', to: '2026-12-31' }],
      languages: ['Urdu'],
      terms: [{ taxonomy: 'Need', code: 'social', name: 'Company' }],
      areas: ['Hackleton'],
      places: [
        {
          kind: 'physical',
          name: 'Mill Hall',
          address: '1 Mill Lane, Hackleton',
          postcode: 'ZZ1 4AB',
          access: ['Level entrance'],
        },
      ],
      assuredOn: '2026-01-31',
    });
  });

  it('is read without what cannot be understood, with a warning for each', () => {
    const service = read({
      description: { en: 'Lunch' },
      url: 'javascript:alert(1)',
      minimum_age: 'sixty',
      assured_date: '2026-02-31',
      cost_options: [{ amount: 4.505 }, { amount: 5, currency: 'eur', option: 'A meal' }],
      schedules: 'daily',
      languages: ['Urdu'],
      service_at_locations: [{ location: { addresses: [{ address_1: '1 Mill Lane', postal_code: 'ABC 1234' }] } }],
    });
    expect(service.warnings.map(({ place, rule }) => [place, rule])).toEqual(
      expect.arrayContaining([
        ['contents[0].description', 'text-is-text'],
        ['contents[0].url', 'link-is-http'],
        ['contents[0].minimum_age', 'number-is-whole'],
        ['contents[0].assured_date', 'day-is-real'],
        ['contents[0].cost_options[0].amount', 'amount-is-pounds-and-pence'],
        ['contents[0].cost_options[1].amount', 'amount-is-pounds-and-pence'],
        ['contents[0].schedules', 'list-is-a-list'],
        ['contents[0].languages[0]', 'part-is-an-object'],
        ['contents[0].service_at_locations[0].location.addresses[0].postal_code', 'postcode-is-formed'],
      ]),
    );
    expect(service.warnings).toHaveLength(9);
    expect(entryOf(service)).toMatchObject({ costs: [{}, { option: 'A meal' }], places: [{ address: '1 Mill Lane' }] });
    expect(entryOf(service).url).toBeUndefined();
  });

  it('is cut where it is longer than anybody reads', () => {
    const service = read({
      alert: 'x'.repeat(1_001),
      phones: Array.from({ length: 25 }, (_, n) => ({ number: `${n}` })),
    });
    expect(entryOf(service).alert).toHaveLength(1_000);
    expect(entryOf(service).phones).toHaveLength(20);
    expect(service.warnings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['text-fits', 'list-fits']));
  });

  it('says in words when it is open', () => {
    const words = (schedule: object) => entryOf(read({ schedules: [schedule] })).opening[0]?.words;
    expect(words({ freq: 'MONTHLY', byday: '1MO,-1FR', opens_at: '10:00' })).toBe(
      'Every month, first Monday and last Friday, from 10:00',
    );
    expect(words({ freq: 'WEEKLY', interval: 2, byday: 'WE', description: 'Not in August' })).toBe(
      'Every 2 weeks, Wednesday. Not in August',
    );
    expect(words({ byday: 'XX', notes: 'By appointment' })).toBe('By appointment');
    expect(words({ id: ID })).toBeUndefined();
  });
});
