import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, InvalidInput, londonDate, NotFound } from '@caretrail/kernel';
import { Areas } from '@caretrail/platform';
import { asOfFrom } from '@caretrail/web';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DirectoryQuery, type ListedService } from './directory.query.js';
import { daysOf, directorySearch, searchFrom } from './directory.request.js';

const days = {
  /** What was true on this day, `yyyy-mm-dd`; the known day where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; today where it is left out. */
  known: z.iso.date().optional(),
};
const asOf = z.object(days);
const listing = directorySearch.extend({
  ...days,
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});

const answerOf = ({ serviceId, since, entry }: ListedService) => ({ serviceId, since, ...entry });

/** The directory of universal services, for other systems and for everybody who has signed in. */
@ApiTags('directory')
@Controller('api/directory')
@Allow()
export class DirectoryApiController {
  constructor(
    @Inject(DirectoryQuery) private readonly directory: DirectoryQuery,
    @Inject(Areas) private readonly areas: Areas,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /** Services by words, term (`need`), and place: one of the council’s areas, or the beginning of a postcode. */
  @Get()
  async find(@Query({ schema: listing }) query: z.infer<typeof listing>, @SignedIn() account: Account) {
    const asked = this.daysOf(query, account);
    const { placeError, ...search } = searchFrom(query, await this.areas.map(account.tenant));
    if (placeError) throw new InvalidInput([{ rule: 'place-is-known', field: 'place', message: placeError }]);
    const { page, pageSize } = query;
    const { services, ...found } = await this.directory.find(account.tenant, asked, search, { page, pageSize });
    return { ...asked, page, pageSize, ...found, services: services.map(answerOf) };
  }

  /** One service, and what was told of it. */
  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query({ schema: asOf }) query: z.infer<typeof asOf>,
    @SignedIn() account: Account,
  ) {
    const asked = this.daysOf(query, account);
    const tellings = await this.directory.tellings(account.tenant, id, asked.knownOn);
    if (!tellings.length) throw new NotFound('The directory had no service with this id.');
    const service = await this.directory.one(account.tenant, id, asked);
    return { ...asked, serviceId: id, listed: service !== undefined, ...(service && answerOf(service)), tellings };
  }

  private daysOf(query: z.infer<typeof asOf>, account: Account) {
    const read = asOfFrom(query, londonDate(this.clock.now(account.tenant)));
    const faults = Object.entries(read.error ?? {}).map(([field, message]) => ({
      rule: 'input-shape',
      field,
      message,
    }));
    if (faults.length) throw new InvalidInput(faults);
    return daysOf(read);
  }
}
