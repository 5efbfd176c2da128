import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { idMadeBy, registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UpratingsQuery } from '../application/upratings.query.js';
import { PublishUprating, upratedThings, UPRATINGS_ID, WithdrawUprating } from '../contracts/index.js';
import { type Exchange, type FormsPage, type FormValues, PageForms } from './page-forms.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const MAY_CHANGE: readonly Account['role'][] = ['commissioner', 'finance'];

/** The lists of prices and charges that the council published, and the forms to note or withdraw one. */
@ApiExcludeController()
@Controller('upratings')
export class UpratingsPagesController {
  constructor(
    @Inject(UpratingsQuery) private readonly upratings: UpratingsQuery,
    @Inject(PageForms) private readonly forms: PageForms,
  ) {}

  @Get()
  @Allow('commissioner', 'analyst', 'practitioner', 'broker', 'finance')
  async show(
    @Query('form') form: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.show({ account, request, reply }, await this.page(account, form));
  }

  @Post('publication')
  @Allow('commissioner', 'finance')
  async publish(
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, 'publication', values, (typed) => {
      const list = {
        name: typed.text('name'),
        of: typed.oneOf('of', upratedThings, 'Choose what it is a list of.'),
        inForceFrom: typed.day('inForceFrom', 'Enter the day from which the list is in force, such as 1/4/2026.'),
      };
      return {
        effectiveOn: typed.day('effectiveOn', 'Enter the day on which the list was published, such as 14/3/2026.'),
        command: (meta) => new PublishUprating({ ...list, registerId: UPRATINGS_ID, upratingId: idMadeBy(meta) }, meta),
      };
    });
  }

  @Post('withdrawal')
  @Allow('commissioner', 'finance')
  async withdraw(
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ids = (await this.upratings.all(account.tenant)).map(({ upratingId }) => upratingId);
    await this.take({ account, request, reply }, 'withdrawal', values, (typed) => {
      const upratingId = typed.oneOf('upratingId', ids, 'Choose a list.');
      const reason = typed.text('reason');
      return {
        effectiveOn: this.forms.today(account),
        command: (meta) => new WithdrawUprating({ registerId: UPRATINGS_ID, upratingId, reason }, meta),
      };
    });
  }

  private take(exchange: Exchange, form: string, values: FormValues, read: Parameters<PageForms['take']>[2]) {
    const page = () => this.page(exchange.account, form);
    return this.forms.take(exchange, { form, values }, read, '/upratings', page);
  }

  private async page(account: Account, asked: unknown): Promise<FormsPage> {
    const lists = await this.upratings.all(account.tenant);
    const standing = lists.filter(({ withdrawnOn }) => !withdrawnOn);
    const possible = !MAY_CHANGE.includes(account.role)
      ? []
      : [
          { form: 'publication', text: 'Note a published list' },
          ...(standing.length ? [{ form: 'withdrawal', text: 'Withdraw a list' }] : []),
        ];
    const chosen = possible.find(({ form }) => form === asked)?.form;
    return {
      template: 'upratings.njk',
      title: 'Published prices and charges',
      values: { lists, standing, possible, chosen, upratedThings },
    };
  }
}
