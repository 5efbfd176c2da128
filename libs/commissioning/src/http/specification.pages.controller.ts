import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { AsOf } from '@caretrail/kernel';
import { type AsOfDays, asOfFrom, formState, idMadeBy, PageRenderer, registerTemplates, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Header, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Specification, SpecificationQuery } from '../application/specification.query.js';
import {
  type ContributeToSpecificationData,
  ContributeToSpecification,
  OpenSpecification,
} from '../contracts/index.js';
import { type AtSpecification, SpecificationDesk } from './specification-desk.js';
import {
  dayFrom,
  openingFields,
  readOpening,
  type SpecificationForm,
  specificationForms,
  textOf,
  type Typed,
} from './specification-forms.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const HTML = 'text/html; charset=utf-8';

/** Specifications of services, for those who write them together. */
@ApiExcludeController()
@Controller('specifications')
export class SpecificationPagesController {
  constructor(
    @Inject(SpecificationDesk) private readonly desk: SpecificationDesk,
    @Inject(SpecificationQuery) private readonly specifications: SpecificationQuery,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Allow()
  @Header('content-type', HTML)
  async list(@Query() query: unknown, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const asOf = asOfFrom(query, this.desk.today(account));
    const all = await this.specifications.all(account, daysOf(asOf));
    return this.pages.render(
      'specifications.njk',
      {
        title: 'Specifications of services',
        asOf,
        specifications: all.map((each) => ({ ...each, people: peopleIn(each) })),
        mayOpen: account.role === 'commissioner' && asOf.isToday,
      },
      request,
    );
  }

  @Get('new')
  @Allow('commissioner')
  new(@SignedIn() account: Account, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.showOpening({ account, request, reply }, {});
  }

  @Post()
  @Allow('commissioner')
  async open(
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = { account, request, reply };
    try {
      const data = readOpening(typed);
      const meta = this.desk.metaOf(at, dayFrom(typed), textOf(typed, 'commandId'));
      const specificationId = idMadeBy(meta);
      await this.desk.send(OpenSpecification, { ...data, specificationId }, meta, reply);
      await reply.redirect(`/specifications/${specificationId}`, 303);
    } catch (error) {
      await this.showOpening(at, typed, error);
    }
  }

  @Get(':id')
  @Allow()
  @Header('content-type', HTML)
  async show(
    @Param('id') id: string,
    @Query() query: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const asOf = asOfFrom(query, this.desk.today(account));
    const specification = await this.specifications.get(account, id, daysOf(asOf));
    const open = specification.stage !== 'withdrawn' && asOf.isToday;
    const newest = specification.versions[0];
    return this.pages.render(
      'specification.njk',
      {
        title: specification.title,
        asOf,
        specification,
        people: peopleIn(specification),
        text: specification.published ?? newest,
        newer:
          specification.published && newest && newest.version > specification.published.version ? newest : undefined,
        steps: open ? stepsFor(account, specification) : [],
      },
      request,
    );
  }

  @Get(':id/contribution')
  @Allow('commissioner', 'person')
  contribution(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showForm('contribution', id, { account, request, reply }, {});
  }

  @Post(':id/contribution')
  @Allow('commissioner', 'person')
  contribute(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.take('contribution', id, { account, request, reply }, typed);
  }

  @Get(':id/version')
  @Allow('commissioner')
  version(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showForm('version', id, { account, request, reply }, {});
  }

  @Post(':id/version')
  @Allow('commissioner')
  write(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.take('version', id, { account, request, reply }, typed);
  }

  @Get(':id/publication')
  @Allow('commissioner')
  publication(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showForm('publication', id, { account, request, reply }, {});
  }

  @Post(':id/publication')
  @Allow('commissioner')
  publish(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.take('publication', id, { account, request, reply }, typed);
  }

  @Get(':id/withdrawal')
  @Allow('commissioner')
  withdrawal(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showForm('withdrawal', id, { account, request, reply }, {});
  }

  @Post(':id/withdrawal')
  @Allow('commissioner')
  withdraw(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.take('withdrawal', id, { account, request, reply }, typed);
  }

  private async take(name: string, id: string, at: AtSpecification, typed: Typed): Promise<void> {
    const specification = await this.specifications.get(at.account, id);
    const form = specificationForms[name]!;
    try {
      const said = form.read(typed, specification);
      const meta = this.desk.metaOf(at, dayFrom(typed), textOf(typed, 'commandId'));
      const contributed = form.Kind === ContributeToSpecification && {
        ...this.desk.spokenBy(at.account, said as ContributeToSpecificationData),
        contributionId: idMadeBy(meta),
      };
      await this.desk.send(form.Kind, { ...said, ...contributed, specificationId: id }, meta, at.reply);
      await at.reply.redirect(`/specifications/${id}`, 303);
    } catch (error) {
      await this.showForm(name, id, at, typed, error);
    }
  }

  private async showForm(name: string, id: string, at: AtSpecification, typed: Typed, error?: unknown): Promise<void> {
    const specification = await this.specifications.get(at.account, id);
    const form = specificationForms[name]!;
    await this.render(at, typed, error, {
      ...wordsOf(form),
      caption: specification.title,
      back: `/specifications/${id}`,
      action: `/specifications/${id}/${name}`,
      fields: form.fields(specification, at.account.role === 'person'),
    });
  }

  private showOpening(at: AtSpecification, typed: Typed, error?: unknown): Promise<void> {
    return this.render(at, typed, error, {
      title: 'Open a specification',
      lead: 'Say what the service is there for. Those who use it, their carers and providers take part in writing the rest.',
      button: 'Open it',
      caption: 'Specifications of services',
      back: '/specifications',
      action: '/specifications',
      fields: openingFields,
    });
  }

  private async render(
    { account, request, reply }: AtSpecification,
    typed: Typed,
    error: unknown,
    values: { readonly title: string; readonly [name: string]: unknown },
  ): Promise<void> {
    const page = await this.pages.render(
      'specification-form.njk',
      {
        ...values,
        form: formState(typed, error),
        today: ukDate(this.desk.today(account)),
        commandId: textOf(typed, 'commandId') || randomUUID(),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type(HTML)
      .send(page);
  }
}

const daysOf = ({ isToday, effective, known }: AsOfDays): AsOf =>
  isToday ? {} : { effectiveOn: effective, knownOn: known };

const wordsOf = ({ title, lead, button }: SpecificationForm) => ({ title, lead, button });

const peopleIn = ({ tookPart }: Specification): number => tookPart.reduce((sum, { people }) => sum + people, 0);

/** What can be done next, by whoever looks. */
function stepsFor({ role }: Account, { specificationId, versions, published }: Specification) {
  const step = (name: string, text: string) => ({ href: `/specifications/${specificationId}/${name}`, text });
  if (role === 'person') return [step('contribution', 'Take part in this specification')];
  if (role !== 'commissioner') return [];
  const [newest] = versions;
  return [
    step('contribution', 'Record what somebody said'),
    step('version', 'Write a version'),
    ...(newest && newest.version !== published?.version ? [step('publication', 'Publish')] : []),
    step('withdrawal', 'Withdraw'),
  ];
}
