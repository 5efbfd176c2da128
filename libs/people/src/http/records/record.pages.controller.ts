import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, londonDate, RuleViolation } from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PersonRecords } from '../../application/person-records.js';
import { SupportAroundQuery } from '../../application/support-around.query.js';
import { recordNumber } from '../../contracts/index.js';
import { recordFrom, textOf, type Typed } from './record-fields.js';
import { type RecordForm, recordForms } from './record-forms.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type FormName = keyof typeof recordForms;
const forPractitioners: FormName[] = ['caring', 'representatives/conflict', 'death'];
const forBoth: FormName[] = [
  'advocacy',
  'advocacy/advocate',
  'advocacy/end',
  'capacity',
  'capacity/best-interests',
  'consent',
  'erasure/request',
];
/** Whoever decides has to see all that is owed to the person, and safeguarding alone may. */
const forSafeguarding: FormName[] = ['erasure/extension', 'erasure/refusal', 'erasure/agreement', 'erasure/carry-out'];

/** Whose form it is, for whom, and where the answer goes. */
interface Exchange {
  readonly id: string;
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The forms about what is known around a person: advocacy, capacity, best interests, consent, caring, conflicts, death. */
@ApiExcludeController()
@Controller('people/:id')
export class RecordPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject(PersonRecords) private readonly records: PersonRecords,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get(forBoth)
  @Allow('practitioner', 'safeguarding')
  async form(
    @Param('id') id: string,
    @Query() chosen: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ id, account, request, reply }, chosen);
  }

  @Post(forBoth)
  @Allow('practitioner', 'safeguarding')
  async save(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ id, account, request, reply }, typed);
  }

  @Get(forPractitioners)
  @Allow('practitioner')
  async practitionersForm(
    @Param('id') id: string,
    @Query() chosen: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ id, account, request, reply }, chosen);
  }

  @Post(forPractitioners)
  @Allow('practitioner')
  async practitionersSave(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ id, account, request, reply }, typed);
  }

  @Get(forSafeguarding)
  @Allow('safeguarding')
  async decisionForm(
    @Param('id') id: string,
    @Query() chosen: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ id, account, request, reply }, chosen);
  }

  @Post(forSafeguarding)
  @Allow('safeguarding')
  async decisionSave(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ id, account, request, reply }, typed);
  }

  private async take(exchange: Exchange, typed: Typed): Promise<void> {
    const { id, account, request, reply } = exchange;
    const { form } = formOf(exchange);
    try {
      const at = { account, found: await this.around.of(account, id, this.today(account)), records: this.records };
      const { data, effectiveOn } = recordFrom(form.fields(at), typed);
      const meta = commandMetaOf(account, request, {
        effectiveOn,
        commandId: textOf(typed, 'commandId') || randomUUID(),
      });
      const result: CommandResult = await this.commands.execute(await form.command(data, meta, at));
      rememberPosition(reply, result);
      await reply.redirect(form.next?.(id) ?? `/people/${id}/representatives`, 303);
    } catch (error) {
      await this.show(exchange, typed, atFields(form, error));
    }
  }

  private async show(exchange: Exchange, typed: Typed, error?: unknown): Promise<void> {
    const { id, account, request, reply } = exchange;
    const { form, name } = formOf(exchange);
    const found = await this.around.of(account, id, this.today(account));
    const at = { account, found, records: this.records };
    const page = await this.pages.render(
      'person-record.njk',
      {
        title: form.title,
        record: recordNumber(id),
        personName: found.label.name,
        here: `/people/${id}/${name}`,
        back: form.back?.(id) ?? { text: 'Back to who speaks for the person', href: `/people/${id}/representatives` },
        step: form,
        fields: form.fields(at),
        unavailable: form.unavailable?.(at),
        form: formState(typed, error),
        commandId: textOf(typed, 'commandId') || randomUUID(),
        today: ukDate(this.today(account)),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }

  private today({ tenant }: Account): string {
    return londonDate(this.clock.now(tenant));
  }
}

/** The form whose address was asked for: `/people/:id/advocacy/end` → `advocacy/end`. */
function formOf({ request }: Exchange): { readonly name: FormName; readonly form: RecordForm } {
  const [, , , ...end] = new URL(request.url, 'http://here').pathname.split('/');
  const name = end.join('/') as FormName;
  return { name, form: recordForms[name] };
}

/** Faults of the command at the fields that the form has. */
function atFields({ fieldOf = {} }: RecordForm, error: unknown): unknown {
  if (!(error instanceof RuleViolation || error instanceof InvalidInput)) return error;
  const faults = error.faults.map((fault) => ({
    ...fault,
    ...(fault.field && { field: fieldOf[fault.field] ?? fault.field }),
  }));
  return error instanceof RuleViolation ? new RuleViolation(faults) : new InvalidInput(faults);
}
