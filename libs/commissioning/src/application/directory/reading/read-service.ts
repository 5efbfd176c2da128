import { type DirectoryEntry, directoryEntry, type DirectoryFault } from '../../../contracts/index.js';
import { isRecord } from './directory-file.js';
import { openingWords } from './opening-words.js';
import { RecordReader } from './record-reader.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;
const ADDRESS = ['attention', 'address_1', 'address_2', 'city', 'region', 'state_province'];
const statuses = ['active', 'inactive', 'defunct', 'temporarily closed'] as const;

/** What a directory says of a service: that it stands in it, or that it does no longer. */
export type ReadService = {
  readonly place: string;
  /** Known also of most records that are rejected. */
  readonly serviceId?: string;
  readonly warnings: readonly DirectoryFault[];
} & (
  | { readonly faults: readonly DirectoryFault[] }
  | { readonly serviceId: string; readonly entry: DirectoryEntry }
  | { readonly serviceId: string; readonly ended: 'inactive' | 'defunct' }
);

/**
 * Reads a service of Open Referral UK (HSDS-UK 3.0). It needs an id (UUID), a name, a status and its organisation; anything
 * else that cannot be understood is left out with a warning. Names of contacts are never read.
 */
export function readService(record: unknown, place: string): ReadService {
  const found = { faults: [] as DirectoryFault[], warnings: [] as DirectoryFault[] };
  if (!isRecord(record))
    return { place, warnings: [], faults: [{ place, rule: 'record-is-an-object', reason: 'This is not a service.' }] };
  const reader = new RecordReader(record, place, found);
  const given = reader.raw('id');
  const serviceId = typeof given === 'string' && UUID.test(given.toLowerCase()) ? given.toLowerCase() : undefined;
  if (!serviceId) reader.fault('id', 'id-is-a-uuid', 'The id of a service must be a UUID.');
  const status = statuses.find((each) => each === String(reader.raw('status')).toLowerCase());
  if (!status) reader.fault('status', 'status-is-known', `The status must be one of: ${statuses.join(', ')}.`);
  const told = { place, warnings: found.warnings, ...(serviceId && { serviceId }) };
  if (serviceId && (status === 'inactive' || status === 'defunct')) return { ...told, serviceId, ended: status };

  const checked = directoryEntry.safeParse(entryFrom(reader, status === 'temporarily closed'));
  if (found.faults.length) return { ...told, faults: found.faults };
  if (!checked.success)
    return {
      ...told,
      faults: checked.error.issues.map(({ message, path }) => ({
        place: `${place}.${path.join('.')}`.slice(0, 300),
        rule: 'entry-is-understood',
        reason: message.slice(0, 500),
      })),
    };
  return { ...told, serviceId: serviceId!, entry: checked.data };
}

function entryFrom(reader: RecordReader, temporarilyClosed: boolean): Record<keyof DirectoryEntry, unknown> {
  const organisation = reader.part('organization');
  if (!organisation) reader.fault('organization', 'required', 'The organisation that gives the service is missing.');
  const organisationId = organisation?.raw('id');
  const schedules = reader.parts('schedules', 50);
  const locations = reader.parts('service_at_locations', 200);
  return {
    name: reader.needed('name', 300, 'The name of the service is missing.'),
    organisation: {
      ...(typeof organisationId === 'string' &&
        UUID.test(organisationId.toLowerCase()) && { id: organisationId.toLowerCase() }),
      name: organisation?.needed('name', 300, 'The name of the organisation is missing.') ?? '',
    },
    description: reader.text('description', 10_000),
    temporarilyClosed,
    alert: reader.text('alert', 1_000),
    url: linkFrom(reader),
    email: reader.text('email', 300),
    phones: unique(
      [reader, ...locations].flatMap((part) => part.parts('phones', 20).map((phone) => phone.text('number', 50))),
    ).slice(0, 20),
    howToApply: reader.text('application_process', 4_000),
    eligibility: reader.text('eligibility_description', 4_000),
    minimumAge: reader.whole('minimum_age', 0, 150),
    maximumAge: reader.whole('maximum_age', 0, 150),
    fees: reader.text('fees_description', 4_000) ?? reader.text('fees', 4_000),
    costs: reader.parts('cost_options', 50).map(costFrom),
    opening: [...schedules, ...locations.flatMap((part) => part.parts('schedules', 50))]
      .flatMap((schedule) => {
        const words = openingWords(schedule);
        return words ? [{ words, from: schedule.day('valid_from'), to: schedule.day('valid_to') }] : [];
      })
      .slice(0, 50),
    languages: unique(reader.parts('languages', 50).map((language) => language.text('name', 100))),
    terms: termsFrom(reader),
    areas: unique(reader.parts('service_areas', 50).map((area) => area.text('name', 500))),
    places: locations.flatMap((part) => part.part('location') ?? []).map(placeFrom),
    assuredOn: reader.day('assured_date'),
  };
}

/** Only what a browser opens as a page; nothing that would run. */
function linkFrom(reader: RecordReader): string | undefined {
  const url = reader.text('url', 1_000);
  if (url === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return url;
  reader.warn('url', 'link-is-http', 'This is not the address of a page; it was left out.');
  return undefined;
}

function costFrom(reader: RecordReader) {
  const amount = reader.raw('amount');
  const currency = reader.text('currency', 10)?.toUpperCase() ?? 'GBP';
  const pence = typeof amount === 'number' || typeof amount === 'string' ? Math.round(Number(amount) * 100) : undefined;
  const whole =
    pence !== undefined && pence >= 0 && Math.abs(Number(amount) * 100 - pence) < 1e-6 && currency === 'GBP';
  if (amount !== undefined && !whole)
    reader.warn('amount', 'amount-is-pounds-and-pence', 'This is not an amount of pounds and pence; it was left out.');
  return {
    pence: whole ? pence : undefined,
    option: reader.text('option', 500),
    note: reader.text('amount_description', 500),
    from: reader.day('valid_from'),
    to: reader.day('valid_to'),
  };
}

/** Each term once, by its name, in the order of the record. */
function termsFrom(reader: RecordReader) {
  const terms = reader.parts('attributes', 100).flatMap((attribute) => {
    const term = attribute.part('taxonomy_term');
    const name = term?.text('name', 200);
    if (!term || !name) return [];
    const taxonomy = term.part('taxonomy_detail')?.text('name', 200) ?? term.text('taxonomy', 200);
    return [{ taxonomy, code: term.text('code', 100), name }];
  });
  return [...new Map(terms.toReversed().map((term) => [term.name, term])).values()].toReversed();
}

function placeFrom(reader: RecordReader) {
  const kind = reader.raw('location_type');
  const [address] = reader.parts('addresses', 5);
  const lines = unique(ADDRESS.map((name) => address?.text(name, 200)));
  const written = address?.text('postal_code', 20);
  const [, outward, inward] = POSTCODE.exec(written?.toUpperCase().replace(/\s/g, '') ?? '') ?? [];
  if (written && !outward)
    address!.warn('postal_code', 'postcode-is-formed', 'This is not formed like a postcode; it was left out.');
  return {
    kind: kind === 'virtual' || kind === 'postal' ? kind : 'physical',
    name: reader.text('name', 300),
    address: lines.join(', ').slice(0, 500) || undefined,
    postcode: outward && `${outward} ${inward}`,
    access: unique(reader.parts('accessibility', 20).map((access) => access.text('description', 500))),
  };
}

const unique = (texts: readonly (string | undefined)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== undefined)),
];
