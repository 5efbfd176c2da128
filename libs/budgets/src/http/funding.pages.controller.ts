import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { idMadeBy, registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FundingQuery } from '../application/funding.query.js';
import {
  AddFundingStream,
  alignedSteps,
  cadences,
  fundingHolders,
  fundingKindNames,
  fundingUses,
  HoldFundingStep,
  kindOfFunding,
  PlanFundingStep,
  PoolFunding,
  WithdrawFundingStream,
} from '../contracts/index.js';
import { byCadence } from '../domain/funding/funding.state.js';
import { type Exchange, type FormsPage, type FormValues, PageForms } from './page-forms.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const DAY = 'Enter a day, such as 14/3/2026.';

type Read = Parameters<PageForms['take']>[2];

/** Other public money of a person: streams, what may be pooled, and who assesses and reviews together. */
@ApiExcludeController()
@Controller('people/:id/funding')
export class FundingPagesController {
  constructor(
    @Inject(FundingQuery) private readonly funding: FundingQuery,
    @Inject(PageForms) private readonly forms: PageForms,
  ) {}

  @Get()
  @Allow('practitioner', 'finance', 'broker')
  async show(
    @Param('id') id: string,
    @Query('form') form: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = { account, request, reply };
    await this.forms.show(exchange, await this.page(exchange, id, form));
  }

  @Post('streams')
  @Allow('practitioner', 'finance')
  async add(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'add', values, (personId) => (typed) => {
      const kind = typed.oneOf('kind', fundingKindNames, 'Choose which money it is.');
      const cadence = typed.oneOf('cadence', cadences, 'Choose how it comes.');
      const uses = typed.several('permittedUses');
      const permittedUses = fundingUses.filter((use) => uses.includes(use));
      if (!permittedUses.length) typed.fault('permittedUses', 'Choose what it may pay for.');
      const pence = typed.text('pence') ? typed.pence('pence', 'Enter the amount in pounds.') : undefined;
      if (pence !== undefined && pence < 0) typed.fault('pence', 'An amount does not lie below nothing.');
      const from = typed.day('from', DAY);
      const to = typed.text('to') ? typed.day('to', DAY) : undefined;
      const conditions = typed.text('conditions');
      const data = {
        personId,
        kind,
        cadence,
        ...(pence !== undefined && { pence }),
        permittedUses,
        ...(conditions && { conditions }),
        from,
        ...(to && { to }),
      };
      return {
        effectiveOn: from,
        command: (meta) => new AddFundingStream({ ...data, fundingId: idMadeBy(meta) }, meta),
      };
    });
  }

  @Post('withdrawals')
  @Allow('practitioner', 'finance')
  async withdraw(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'withdraw', values, (personId) => (typed) => {
      const data = {
        personId,
        fundingId: typed.text('fundingId'),
        to: typed.day('to', DAY),
        reasons: typed.text('reasons'),
      };
      return { effectiveOn: this.forms.today(account), command: (meta) => new WithdrawFundingStream(data, meta) };
    });
  }

  @Post('pools')
  @Allow('practitioner', 'finance')
  async pool(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'pool', values, (personId) => (typed) => {
      const use = typed.oneOf('use', fundingUses, 'Choose what it is to pay for.');
      const parts = typed.several('parts').map((fundingId) => ({ fundingId }));
      const effectiveOn = typed.day('effectiveOn', DAY);
      const data = { personId, use, parts };
      return { effectiveOn, command: (meta) => new PoolFunding({ ...data, poolId: idMadeBy(meta) }, meta) };
    });
  }

  @Post('appointments')
  @Allow('practitioner', 'finance')
  async plan(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'plan', values, (personId) => (typed) => {
      const step = typed.oneOf('step', alignedSteps, 'Choose what is planned.');
      const data = {
        personId,
        step,
        fundingIds: typed.several('fundingIds'),
        on: typed.day('on', DAY),
      };
      return {
        effectiveOn: this.forms.today(account),
        command: (meta) => new PlanFundingStep({ ...data, appointmentId: idMadeBy(meta) }, meta),
      };
    });
  }

  @Post('appointments/held')
  @Allow('practitioner', 'finance')
  async hold(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'hold', values, (personId) => (typed) => {
      const took = typed.several('tookPart');
      const on = typed.day('on', DAY);
      const tookPart = fundingHolders.filter((holder) => took.includes(holder));
      const data = { personId, appointmentId: typed.text('appointmentId'), on, tookPart };
      return { effectiveOn: on, command: (meta) => new HoldFundingStep(data, meta) };
    });
  }

  private async take(
    exchange: Exchange,
    id: string,
    form: string,
    values: FormValues,
    read: (personId: string) => Read,
  ): Promise<void> {
    const { personId } = await this.funding.of(exchange.account.tenant, id);
    const page = () => this.page(exchange, id, form);
    await this.forms.take(exchange, { form, values }, read(personId), `/people/${id}/funding`, page);
  }

  private async page({ account }: Exchange, id: string, asked: unknown): Promise<FormsPage> {
    const funding = await this.funding.of(account.tenant, id);
    const today = this.forms.today(account);
    const running = funding.streams.filter(({ from, to }) => from <= today && (to === undefined || today <= to));
    const possible = account.role === 'broker' ? [] : formsFor(funding.streams.length, funding.planned.length);
    return {
      template: 'funding.njk',
      title: 'Other public money',
      values: {
        funding,
        ...(await this.forms.whose(account, funding.personId)),
        sums: Object.entries(byCadence(running)).map(([cadence, pence]) => ({ cadence, pence })),
        kindOf: Object.fromEntries(funding.streams.map(({ fundingId, kind }) => [fundingId, kind])),
        matrix: fundingKindNames.map((kind) => ({ kind, ...kindOfFunding(kind) })),
        possible,
        chosen: possible.find(({ form }) => form === asked)?.form,
        fundingKindNames,
        fundingUses,
        cadences,
        alignedSteps,
        fundingHolders,
      },
    };
  }
}

const formsFor = (streams: number, planned: number): { form: string; text: string }[] => [
  { form: 'add', text: 'Note other public money' },
  ...(streams ? [{ form: 'withdraw', text: 'Note when money ends' }] : []),
  ...(streams > 1 ? [{ form: 'pool', text: 'Pool money for one use' }] : []),
  ...(streams ? [{ form: 'plan', text: 'Plan an assessment or a review together' }] : []),
  ...(planned ? [{ form: 'hold', text: 'Note that one took place' }] : []),
];
