import { addMonths, formatDate, formatPence } from '@caretrail/kernel';
import { type AsOfDays, asOfQuery, asOfSource } from '@caretrail/web';
import { definitions } from './definitions.js';
import { changeOf, labelOf, unitOf, wordsOf } from './figure-words.js';
import { areaBars, AREAS_DRAWN, bandName, priceColumns, waitColumns } from './market-charts.js';
import { waitBands } from './market-figures.js';
import type { MarketReport, Shown, ShownPrices, ShownWaits, SupplyRow } from './market-report.js';
import { findServiceGroup, serviceGroups } from './service-group.js';

const MEANING = '#definitions';
const HIDDEN_NOTE =
  '* Between 1 and 4 people, or a figure that would give such a number away. Other counts of people are to the nearest 5.';

/** How the page is shown to this reader. */
export interface MarketReader {
  /** Figures lead to their events in the event explorer. */
  readonly opensEvents: boolean;
}

/** All that the template says: sentences, key figures, and charts with their tables. No figure is worked out here. */
export function marketPage(report: MarketReport, asOf: AsOfDays, reader: MarketReader) {
  const { scope, keyFigures, sources, areaNames } = report;
  const service = scope.service && findServiceGroup(scope.service)?.label;
  const events = sources.packages.events + sources.requests.events;
  return {
    title: service ? `Market position: ${service.toLowerCase()}` : 'Market position',
    asOf,
    leftOut: asOf.isToday
      ? undefined
      : { events: sources.later, figures: keyFigures.filter(({ knownNow }) => knownNow !== undefined).length },
    empty: report.empty,
    area: scope.area,
    filter: { service: scope.service ?? '', area: scope.area ?? '' },
    serviceChoices: [
      { value: '', text: 'All services' },
      ...serviceGroups.map(({ id, label }) => ({ value: id, text: label })),
    ],
    areaChoices: [{ value: '', text: 'All areas' }, ...areaNames.map((name) => ({ value: name, text: name }))],
    answer: answerOf(report, service),
    compared: `Changes are against ${formatDate(addMonths(scope.effectiveOn, -12))}.`,
    figures: keyFigures.map((figure) => ({
      label: labelOf(figure.kind, report.unit, service),
      value: wordsOf(figure.value, figure.kind),
      unit: unitOf(figure.kind, figure.value),
      change: changeOf(figure),
      events: figure.kind === 'wait' ? events : sources.packages.events,
      eventsHref: eventsOf(figure.kind === 'wait' ? 'requests' : 'packages', asOf, reader),
      knownNow:
        figure.knownNow === undefined
          ? undefined
          : `${wordsOf(figure.knownNow, figure.kind)}${figure.kind === 'wait' && typeof figure.knownNow === 'number' ? ' days' : ''}`,
    })),
    sections: [
      ...(scope.area ? [] : [areasSection(report, asOf, reader)]),
      ...(scope.service ? [] : [servicesSection(report, asOf, reader)]),
      pricesSection(report, asOf, reader, service),
      waitsSection(report, asOf, reader),
    ],
    definitions,
    footerNote: `Figures from events up to position ${lastPosition(report).toLocaleString('en-GB')}`,
  };
}

const said = (shown: Shown, words: (value: number) => string): string =>
  shown === '*' ? 'too few to say' : shown === null ? 'no' : words(shown);
const number = (value: number): string => value.toLocaleString('en-GB');

function answerOf({ total, unit, scope }: MarketReport, service: string | undefined): string {
  const day = formatDate(scope.effectiveOn);
  const where = scope.area ? ` in ${scope.area}` : '';
  const what = service ? service.toLowerCase() : 'a service';
  if (total.people === 0) return `Nobody${where} had ${what} on ${day}, as far as was known.`;
  if (total.people === '*')
    return `How many people${where} had ${what} on ${day} is not shown: it would give a small number away.`;
  const who = `On ${day}, ${number(total.people)} people${where} had ${what}`;
  const bought = [
    ...(typeof total.hours === 'number' && total.hours > 0 ? [`${number(total.hours)} hours`] : []),
    ...(typeof total.beds === 'number' && total.beds > 0 ? [`${number(total.beds)} beds`] : []),
  ].join(' and ');
  const cost = typeof total.weeklyPence === 'number' ? `${formatPence(total.weeklyPence, 'pounds')} a week` : '';
  const costs = bought && cost ? `: ${bought}, for ${cost}` : cost ? `, for ${cost}` : '';
  const price =
    typeof total.typicalPence === 'number' && service
      ? ` The typical price of ${unit === 'hour' ? 'an hour' : 'a week'} was ${formatPence(total.typicalPence)}.`
      : '';
  const wait =
    typeof total.typicalWaitDays === 'number'
      ? ` Half of those whose ${service ? 'service' : 'next service'} started in the year before had waited ${number(total.typicalWaitDays)} days or less.`
      : '';
  return `${who}${costs}.${price}${wait}`;
}

/** Where the event explorer shows the events behind a figure, on the same days; nowhere for who may not open it. */
function eventsOf(about: 'packages' | 'requests', asOf: AsOfDays, { opensEvents }: MarketReader): string | undefined {
  const type = { packages: 'commissioning.element', requests: 'request' }[about];
  return opensEvents ? `/events?type=${type}${asOfQuery(asOf)}` : undefined;
}

function sourceOf(asOf: AsOfDays, report: MarketReport, reader: MarketReader, table: string, withRequests: boolean) {
  const { scope, sources } = report;
  const { packages, requests, deaths } = sources;
  const query = new URLSearchParams({
    table,
    ...(scope.service && { service: scope.service }),
    ...(scope.area && { area: scope.area }),
  });
  const events = eventsOf(table === 'waits' ? 'requests' : 'packages', asOf, reader);
  const counted = [
    `${number(packages.events)} package events`,
    ...(withRequests ? [`${number(requests.events)} request events`] : []),
    ...(deaths.events ? [`${number(deaths.events)} ${deaths.events === 1 ? 'death' : 'deaths'}`] : []),
  ];
  return {
    from: new Intl.ListFormat('en-GB').format(counted),
    position: withRequests ? lastPosition(report) : latest(packages.position, deaths.position),
    asOf: asOfSource(asOf),
    meaning: MEANING,
    csv: `/market-position.csv?${query.toString()}${asOfQuery(asOf)}`,
    ...(events && { events }),
    ...(events &&
      (scope.service || scope.area) && { note: 'The explorer shows the events of all services and areas.' }),
  };
}

const latest = (...positions: readonly bigint[]): bigint =>
  positions.reduce((last, position) => (position > last ? position : last), 0n);
const lastPosition = ({ sources: { packages, requests, deaths } }: MarketReport): bigint =>
  latest(packages.position, requests.position, deaths.position);

/** Hours where every row is bought by the hour, else people. */
const measureOf = ({ scope, unit }: MarketReport): 'people' | 'hours' =>
  scope.service && unit === 'hour' ? 'hours' : 'people';

/** Which area has the most; areas that are equal as shown are equal in words. */
function areasAnswer({ areas, total }: MarketReport, measure: 'people' | 'hours'): string {
  const most = areas[0]?.[measure];
  if (typeof most !== 'number' || most === 0) return 'No area has enough people to be shown.';
  const [first, ...equals] = areas.filter((row) => row[measure] === most).map(({ name }) => name);
  const unit = measure === 'hours' ? 'hours a week' : 'people';
  const of = typeof total[measure] === 'number' ? `, of ${number(total[measure])} in all` : '';
  if (!equals.length) return `${first} has the most: ${number(most)} ${unit}${of}.`;
  const others = equals.length === 1 ? equals[0] : `${equals.length} other areas`;
  return `${first} and ${others} have the most: ${number(most)} ${unit} each${of}.`;
}

function areasSection(report: MarketReport, asOf: AsOfDays, reader: MarketReader) {
  const { areas } = report;
  const measure = measureOf(report);
  const answer = areasAnswer(report, measure);
  return {
    id: 'areas',
    title: 'By area',
    answer:
      areas.length > AREAS_DRAWN ? `${answer} The chart shows the ${AREAS_DRAWN} largest, the table all.` : answer,
    chart: areaBars(`${measure === 'hours' ? 'Hours a week' : 'People'} by area. ${answer}`, measure, areas),
    table: {
      caption: 'Services by area',
      ...supplyTable('Area', report, areas, true),
      cards: true,
      empty: 'No area yet.',
    },
    note: HIDDEN_NOTE,
    source: sourceOf(asOf, report, reader, 'areas', true),
  };
}

function servicesSection(report: MarketReport, asOf: AsOfDays, reader: MarketReader) {
  const { services } = report;
  return {
    id: 'services',
    title: 'By service',
    answer: 'Prices are typical ones, for an hour where a service is bought by the hour, else for a week.',
    table: {
      caption: 'What is bought by service',
      ...supplyTable('Service', report, services, false),
      cards: true,
      empty: 'No service yet.',
    },
    note: `${HIDDEN_NOTE} A person can have several services, so the rows add up to more than all.`,
    source: sourceOf(asOf, report, reader, 'services', true),
  };
}

/** Columns that no row fills are left out. */
function supplyTable(name: string, { total }: MarketReport, rows: readonly SupplyRow[], waiting: boolean) {
  const byService = !waiting;
  const columns: { text: string; numeric?: boolean; cell: (row: SupplyRow) => string }[] = [
    { text: name, cell: (row) => row.name },
    { text: 'People', numeric: true, cell: (row) => wordsOf(row.people, 'people') },
    ...(total.hours !== 0
      ? [{ text: 'Hours a week', numeric: true, cell: (row: SupplyRow) => wordsOf(row.hours || null, 'hours') }]
      : []),
    ...(total.beds !== 0
      ? [{ text: 'Beds', numeric: true, cell: (row: SupplyRow) => wordsOf(row.beds || null, 'beds') }]
      : []),
    { text: 'Cost a week', numeric: true, cell: (row) => wordsOf(row.weeklyPence, 'cost') },
    {
      text: byService ? 'Typical price' : total.unit === 'hour' ? 'Price of an hour' : 'Price of a week',
      numeric: true,
      cell: (row) =>
        byService && row.id === 'all'
          ? ''
          : `${wordsOf(row.typicalPence, 'price')}${byService && typeof row.typicalPence === 'number' ? (row.unit === 'hour' ? ' an hour' : ' a week') : ''}`,
    },
    { text: 'No price', numeric: true, cell: (row) => wordsOf(row.unpriced, 'unpriced') },
    { text: 'Days waited', numeric: true, cell: (row) => wordsOf(row.typicalWaitDays, 'wait') },
    ...(waiting
      ? [{ text: 'People waiting', numeric: true, cell: (row: SupplyRow) => wordsOf(row.waiting, 'waiting') }]
      : []),
  ];
  return {
    columns: columns.map(({ text, numeric }) => ({ text, numeric })),
    rows: rows.map((row) => ({ cells: columns.map(({ cell }) => cell(row)) })),
    total: columns.map(({ cell }) => cell(total)),
  };
}

function pricesSection(report: MarketReport, asOf: AsOfDays, reader: MarketReader, service: string | undefined) {
  const { prices, total } = report;
  const unit = prices.unit === 'hour' ? 'an hour' : 'a week';
  const unpriced =
    total.unpriced === 0
      ? 'Every open package has a price.'
      : `${wordsOf(total.unpriced, 'unpriced').replace('*', 'Some')} open packages have no price and are left out.`;
  const answer = `${pricesAnswer(prices, unit)} ${unpriced}`;
  return {
    id: 'prices',
    title: service ? `Prices of ${unit}` : 'Prices of an hour, all services bought by the hour',
    answer,
    chart: prices.bands.length ? priceColumns(`People by the price of ${unit}. ${answer}`, prices) : undefined,
    table: {
      caption: `People by the price of ${unit}`,
      columns: [{ text: `Price of ${unit}` }, { text: 'People', numeric: true }],
      rows: prices.bands.map((band) => ({ cells: [bandName(band), wordsOf(band.people, 'people')] })),
      total: ['All', wordsOf(prices.people, 'people')],
      empty:
        prices.people === '*' ? 'Too few people for prices to be shown.' : 'No package has such a price on this day.',
    },
    note: HIDDEN_NOTE,
    source: sourceOf(asOf, report, reader, 'prices', false),
  };
}

function pricesAnswer({ typical, lowestTenth, highestTenth }: ShownPrices, unit: string): string {
  if (typeof typical !== 'number' || typeof lowestTenth !== 'number' || typeof highestTenth !== 'number')
    return typeof typical === 'number'
      ? `The typical price of ${unit} is ${formatPence(typical)}. Of fewer than 50 people the lowest and highest tenth are not told.`
      : `There is no typical price of ${unit} to show.`;
  return `The typical price of ${unit} is ${formatPence(typical)}; one package in ten costs less than ${formatPence(lowestTenth)}, one in ten more than ${formatPence(highestTenth)}.`;
}

function waitsSection(report: MarketReport, asOf: AsOfDays, reader: MarketReader) {
  const { waits, scope, total } = report;
  const nobody = waits.now.people === 0 && waits.before.people === 0;
  const typical = (shown: ShownWaits) =>
    typeof shown.typicalDays === 'number' ? `${shown.typicalDays} days` : 'not known';
  const still =
    total.waiting === 0
      ? 'Nobody waits for a service now.'
      : `Waiting for a service now: ${said(total.waiting, number)}.`;
  const answer = `Typical wait ${typical(waits.now)} in the twelve months to the day, ${typical(waits.before)} in the twelve months before. ${still}`;
  const yearBefore = addMonths(scope.effectiveOn, -12);
  return {
    id: 'waits',
    title: 'Waits from request to service',
    answer,
    legendLead: 'People:',
    legend: [
      { text: `twelve months to ${formatDate(scope.effectiveOn)}`, kind: 'own' },
      { text: `twelve months to ${formatDate(yearBefore)}`, kind: 'others' },
    ],
    chart: nobody ? undefined : waitColumns(`People by days waited. ${answer}`, waits.now, waits.before),
    table: {
      caption: 'People by days from request to service',
      columns: [
        { text: 'Days waited' },
        { text: `Twelve months to ${formatDate(scope.effectiveOn, 'shortYear')}`, numeric: true },
        { text: `To ${formatDate(yearBefore, 'shortYear')}`, numeric: true },
      ],
      rows: nobody
        ? []
        : waitBands.map(({ label }, band) => ({
            cells: [
              label,
              wordsOf(waits.now.bands[band] ?? 0, 'people'),
              wordsOf(waits.before.bands[band] ?? 0, 'people'),
            ],
          })),
      total: ['All', wordsOf(waits.now.people, 'people'), wordsOf(waits.before.people, 'people')],
      empty: 'No service has answered a request in these two years.',
    },
    note: HIDDEN_NOTE,
    source: sourceOf(asOf, report, reader, 'waits', true),
  };
}
