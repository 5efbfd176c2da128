import { type Account, Allow, SignedIn } from '@caretrail/access';
import {
  type Clock,
  type CommandMeta,
  type CommandResult,
  londonDate,
  NotFound,
  type PlainDate,
} from '@caretrail/kernel';
import { commandMetaOf, formState, idMadeBy, PageRenderer, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Injectable, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { PersonRecords } from '../../application/person-records.js';
import { openErasureOf, SupportAroundQuery } from '../../application/support-around.query.js';
import { type ErasureGround, recordNumber, RequestErasure } from '../../contracts/index.js';
import { type RecordField, recordFrom, textOf, type Typed } from './record-fields.js';

const asking = RequestErasure.schema.pick({ ground: true, words: true });

/** The grounds of UK GDPR Article 17(1) as the person says them. */
const grounds: Readonly<Record<ErasureGround, string>> = {
  'no longer needed for what it was collected for (a)': 'The council does not need it any more',
  'consent was withdrawn, and nothing else allows it (b)': 'I said that you may keep it, and I take that back',
  'the person objects, and nothing overrides it (c)': 'I do not want you to use it',
  'it was processed unlawfully (d)': 'You were not allowed to keep or use it',
  'the law requires the erasure (e)': 'The law says that it must be erased',
};
const fields: readonly RecordField[] = [
  {
    kind: 'choice',
    name: 'ground',
    label: 'Why should it be erased?',
    hint: 'Choose what fits best.',
    values: Object.entries(grounds).map(([value, text]) => ({ value, text })),
  },
  { kind: 'words', name: 'words', label: 'What do you want to tell us?', hint: 'In your own words.' },
];

/** The person's own request to be erased: of whoever signed in, and of nobody else. */
@Injectable()
export class MyErasure {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PersonRecords) private readonly records: PersonRecords,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /** The London day at this council. */
  today({ tenant }: Account): PlainDate {
    return londonDate(this.clock.now(tenant));
  }

  /** Received today (UK GDPR Article 12(3)), from whom the account is (12(6)). @throws RuleViolation, NotFound */
  async ask(account: Account, said: z.infer<typeof asking>, meta: CommandMeta, reply: FastifyReply) {
    const requestId = idMadeBy(meta);
    const identity = 'signed in with their own account';
    const data = RequestErasure.schema.parse({ ...said, identity, requestId, personId: ownId(account) });
    const command = await this.records.requestErasure(data, undefined, meta);
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, requestId };
  }
}

/** @throws NotFound for an account that is joined to no record */
function ownId({ personId }: Account): string {
  if (!personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
  return personId;
}

@ApiTags('people')
@Controller('api/my-record/erasures')
export class MyErasureController {
  constructor(@Inject(MyErasure) private readonly own: MyErasure) {}

  /** Asks, for oneself and today, to be erased (UK GDPR Article 17(1)): on which ground, and in one's own words. */
  @Post()
  @Allow('person')
  ask(
    @Body({ schema: asking }) said: z.infer<typeof asking>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn: this.own.today(account) });
    return this.own.ask(account, said, meta, reply);
  }
}

/** The same as a page, with what may happen and what became of earlier requests. */
@ApiExcludeController()
@Controller('my-record/erasure')
export class MyErasurePagesController {
  constructor(
    @Inject(MyErasure) private readonly own: MyErasure,
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Allow('person')
  async form(@SignedIn() account: Account, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(account, request, reply, {});
  }

  @Post()
  @Allow('person')
  async send(
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { data, effectiveOn } = recordFrom(fields, { ...typed, effectiveOn: ukDate(this.own.today(account)) });
      const commandId = textOf(typed, 'commandId') || randomUUID();
      const meta = commandMetaOf(account, request, { effectiveOn, commandId });
      await this.own.ask(account, asking.parse(data), meta, reply);
      await reply.redirect('/my-record/erasure', 303);
    } catch (error) {
      await this.show(account, request, reply, typed, error);
    }
  }

  private async show(
    account: Account,
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Typed,
    error?: unknown,
  ): Promise<void> {
    const personId = ownId(account);
    const found = await this.around.of(account, personId, this.own.today(account));
    const page = await this.pages.render(
      'my-erasure.njk',
      {
        title: 'Ask for your record to be erased',
        record: recordNumber(personId),
        fields,
        grounds,
        open: openErasureOf(found),
        refused: found.erasures.filter(({ refused }) => refused).reverse(),
        erased: found.erasures.some(({ erasedOn }) => erasedOn),
        form: formState(typed, error),
        commandId: textOf(typed, 'commandId') || randomUUID(),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}
