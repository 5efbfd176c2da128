import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { DirectoryEntry } from '@caretrail/commissioning/contracts';
import { type Clock, formatDate, formatPence, londonDate, NotFound, type PlainDate } from '@caretrail/kernel';
import { Areas } from '@caretrail/platform';
import { type AsOfDays, asOfFrom, asOfSource, PageRenderer, registerTemplates } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DirectoryQuery } from './directory.query.js';
import { daysOf, directorySearch, searchFrom } from './directory.request.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const HTML = 'text/html; charset=utf-8';
const PAGE_SIZE = 15;
const PREVIEW = 260;

type Asked = Readonly<Record<string, unknown>>;

/** The directory of universal services: to search, and each service on a page of its own. For everybody at the council. */
@ApiExcludeController()
@Controller('directory')
@Allow()
export class DirectoryPagesController {
  constructor(
    @Inject(DirectoryQuery) private readonly directory: DirectoryQuery,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', HTML)
  async find(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const asOf = this.asOf(query, account);
    const asked = directorySearch.parse(query);
    const areas = await this.areas.map(account.tenant);
    const { placeError, ...search } = searchFrom(asked, areas);
    const { page } = asked;
    const found = await this.directory.find(account.tenant, daysOf(asOf), search, { page, pageSize: PAGE_SIZE });
    return this.pages.render(
      'directory.njk',
      {
        title: 'Directory of services',
        asOf,
        asked,
        placeError,
        anArea: [...areas.values()][0],
        ...found,
        page,
        pages: Math.ceil(found.total / PAGE_SIZE),
        services: found.services.map(({ serviceId, entry }) => ({ serviceId, ...inShort(entry) })),
        mayImport: account.role === 'commissioner' || account.role === 'analyst',
        mayMeasure: account.role !== 'person',
        source: sourceOf(found.position, asOf),
      },
      request,
    );
  }

  @Get(':id')
  @Header('content-type', HTML)
  async one(
    @Param('id') id: string,
    @Query() query: Asked,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const asOf = this.asOf(query, account);
    const tellings = await this.directory.tellings(account.tenant, id, asOf.known);
    if (!tellings.length) throw new NotFound('The directory had no service with this id on that day.');
    const service = await this.directory.one(account.tenant, id, daysOf(asOf));
    const name = service?.entry.name ?? tellings.find(({ listed }) => listed)?.name ?? 'A service';
    return this.pages.render(
      'directory-service.njk',
      {
        title: name,
        asOf,
        name,
        entry: service?.entry,
        facts: service && factsOf(service.entry, asOf.effective),
        tellings: tellings.map((telling, index) => ({
          ...telling,
          what: !telling.listed ? 'Delisted' : tellings[index + 1]?.listed ? 'Changed' : 'Listed',
        })),
        mayExplore: account.role === 'analyst' || account.role === 'safeguarding',
        source: sourceOf(await this.directory.position(account.tenant), asOf),
      },
      request,
    );
  }

  private asOf(query: Asked, account: Account): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }
}

/** What somebody sees of a service in a list. */
function inShort({
  name,
  organisation,
  description = '',
  temporarilyClosed,
  terms,
  places,
  costs,
  fees,
}: DirectoryEntry) {
  const where = places.flatMap((place) => [place.name, place.postcode].filter((part) => part).join(', ') || []);
  return {
    name,
    organisation: organisation.name,
    preview: description.length > PREVIEW ? `${description.slice(0, PREVIEW).replace(/\s+\S*$/, '')} …` : description,
    temporarilyClosed,
    terms: terms.map((term) => term.name),
    where: where.length > 2 ? `${where[0]} and ${where.length - 1} other places` : where.join('; '),
    nowhere: !places.some(({ postcode }) => postcode),
    free: !fees && costs.length > 0 && costs.every(({ pence }) => pence === 0),
  };
}

/** What there is to know of a service, in the order in which somebody asks. Each with one or several lines. */
function factsOf(entry: DirectoryEntry, on: PlainDate): { readonly key: string; readonly lines: readonly string[] }[] {
  const { eligibility, minimumAge, maximumAge, costs, fees, opening, places, areas, languages, phones, howToApply } =
    entry;
  const ages =
    minimumAge !== undefined && maximumAge !== undefined
      ? `From ${minimumAge} to ${maximumAge} years of age.`
      : minimumAge !== undefined
        ? `From ${minimumAge} years of age.`
        : maximumAge !== undefined && `Up to ${maximumAge} years of age.`;
  const holds = ({ from, to }: { readonly from?: PlainDate | undefined; readonly to?: PlainDate | undefined }) =>
    (from === undefined || from <= on) && (to === undefined || to >= on);
  const facts = [
    { key: 'For whom', lines: [eligibility, ages] },
    {
      key: 'What it costs',
      lines: [
        ...costs.filter(holds).map(({ pence, option, note }) => {
          const amount = pence === undefined ? undefined : pence === 0 ? 'Free' : formatPence(pence);
          return [option, [amount, note].filter((part) => part).join(' ')].filter((part) => part).join(': ');
        }),
        fees,
      ],
    },
    { key: 'When', lines: opening.filter(holds).map(({ words }) => words) },
    {
      key: 'Where',
      lines: places.flatMap(({ name, address, postcode, kind, access }) => [
        [name, address, postcode].filter((part) => part).join(', ') || (kind === 'virtual' && 'Online'),
        ...access,
      ]),
    },
    { key: 'Offered in', lines: areas },
    { key: 'How to begin', lines: [howToApply] },
    { key: 'Phone', lines: phones },
    { key: 'Languages', lines: languages },
    { key: 'Last checked', lines: [entry.assuredOn && formatDate(entry.assuredOn)] },
  ];
  return facts
    .map(({ key, lines }) => ({
      key,
      lines: lines.filter((line): line is string => typeof line === 'string' && line !== ''),
    }))
    .filter(({ lines }) => lines.length);
}

const sourceOf = (position: string, asOf: AsOfDays) => ({
  from: 'the directories that were taken in',
  position: Number(position),
  asOf: asOfSource(asOf),
});
