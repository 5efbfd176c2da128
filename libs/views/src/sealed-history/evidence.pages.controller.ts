import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { SealedHistory } from '@caretrail/audit';
import { londonClock, londonDate, NotFound } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { Database } from '@caretrail/platform';
import { PageRenderer, ukDate } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { streamsAbout } from './streams-about.query.js';

/** From a record to the evidence of it: what the file holds, where it is, and how somebody outside checks it. */
@ApiExcludeController()
@Controller('people/:id/evidence')
@Allow('safeguarding')
export class EvidencePagesController {
  constructor(
    @Inject(SealedHistory) private readonly history: SealedHistory,
    @Inject(Database) private readonly database: Database,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  /** @throws NotFound where nothing is known of such a person */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @Param('id') person: string,
    @SignedIn() { tenant }: Account,
    @Req() request: FastifyRequest & SignedInRequest,
  ): Promise<string> {
    const streams = await streamsAbout(this.database, tenant, person);
    if (!streams.length) throw new NotFound('There is no record with this id.');
    const [newest, keys, labels] = await Promise.all([
      this.history.newest(tenant),
      this.history.keys(tenant),
      this.people.labelsOf(tenant, [person]),
    ]);
    const key = keys.find((each) => each.key.keyId === newest?.keyId)?.key;
    const record = recordNumber(person);
    const name = labels.get(person)?.name;
    return this.pages.render(
      'evidence.njk',
      {
        title: 'Evidence of this record',
        caption: name ? `${name}, record ${record}` : `Record ${record}`,
        person,
        streams: streams.length,
        checkpoint: newest && {
          number: newest.number,
          sealed: `${ukDate(londonDate(newest.sealedAt))} ${londonClock(newest.sealedAt)}`,
        },
        key: key && String(key),
      },
      request,
    );
  }
}
