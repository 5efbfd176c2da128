import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { formatPence } from '@caretrail/kernel';
import { registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Rulebook, RulebookQuery } from '../application/rulebook.query.js';
import {
  DraftRulebook,
  PublishRulebook,
  type RulebookContent,
  rulebookContent,
  WithdrawRulebook,
} from '../contracts/index.js';
import { contentPolicies } from '../domain/rulebook/rulebook-content.policies.js';
import { type Exchange, type FormsPage, type FormValues, PageForms } from './page-forms.js';
import { pointsToPounds } from './points-to-pounds.chart.js';
import type { Typed } from './typed.js';
import { cornersTable } from './working-page.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const MAY_CHANGE: readonly Account['role'][] = ['commissioner', 'finance'];
const titles = { adults: 'Rulebook for adults', carers: 'Rulebook for carers' } as const;

/** The rulebook of the resource allocation system, for people: what it asks, what it gives, and its versions. */
@ApiExcludeController()
@Controller('rulebooks/:id')
export class RulebookPagesController {
  constructor(
    @Inject(RulebookQuery) private readonly rulebooks: RulebookQuery,
    @Inject(PageForms) private readonly forms: PageForms,
  ) {}

  @Get()
  @Allow('commissioner', 'analyst', 'practitioner', 'broker', 'finance')
  async show(
    @Param('id') id: string,
    @Query() query: { readonly form?: unknown; readonly version?: unknown },
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = { account, request, reply };
    await this.forms.show(exchange, await this.page(exchange, id, query.form, query.version));
  }

  /** Takes the rulebook as JSON, as the API does. */
  @Post('draft')
  @Allow('commissioner', 'finance')
  async draft(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { rulebookId } = this.rulebooks.named(id);
    await this.take({ account, request, reply }, id, 'draft', values, (typed) => {
      const content = contentFrom(typed);
      return {
        effectiveOn: this.forms.today(account),
        command: (meta) => new DraftRulebook({ rulebookId, content }, meta),
      };
    });
  }

  @Post('publication')
  @Allow('commissioner', 'finance')
  async publish(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { rulebookId } = this.rulebooks.named(id);
    await this.take({ account, request, reply }, id, 'publication', values, (typed) => {
      const version = Number(typed.text('version')) || 0;
      const effectiveFrom = typed.day('effectiveFrom', 'Enter the day from which it is in force, such as 1/4/2026.');
      return {
        effectiveOn: this.forms.today(account),
        command: (meta) => new PublishRulebook({ rulebookId, version, effectiveFrom }, meta),
      };
    });
  }

  @Post('withdrawal')
  @Allow('commissioner', 'finance')
  async withdraw(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { rulebookId } = this.rulebooks.named(id);
    await this.take({ account, request, reply }, id, 'withdrawal', values, (typed) => {
      const version = Number(typed.text('version')) || 0;
      const from = typed.day('from', 'Enter the day from which it is not in force any more, such as 1/4/2026.');
      const reason = typed.text('reason');
      return {
        effectiveOn: this.forms.today(account),
        command: (meta) => new WithdrawRulebook({ rulebookId, version, from, reason }, meta),
      };
    });
  }

  private take(
    exchange: Exchange,
    id: string,
    form: string,
    values: FormValues,
    read: Parameters<PageForms['take']>[2],
  ): Promise<void> {
    const { audience } = this.rulebooks.named(id);
    const page = () => this.page(exchange, id, form);
    return this.forms.take(exchange, { form, values }, read, `/rulebooks/${audience}`, page);
  }

  private async page({ account }: Exchange, id: string, asked: unknown, version?: unknown): Promise<FormsPage> {
    const rulebook = await this.rulebooks.get(account.tenant, id, this.forms.today(account));
    const { draft, published, inForce, audience } = rulebook;
    const shown = published.find((each) => String(each.version) === version) ?? inForce ?? draft ?? published.at(-1);
    const faults = draft ? contentPolicies.flatMap((policy) => policy.check(draft.content, {}, {}) ?? []) : [];
    const possible = MAY_CHANGE.includes(account.role) ? formsFor(rulebook, faults.length === 0) : [];
    return {
      template: 'rulebook.njk',
      title: titles[audience],
      values: {
        rulebook,
        inForce,
        draft,
        faults,
        shown: shown && { ...shown, ...contentShown(shown.content) },
        isDraft: shown !== undefined && shown === draft,
        possible,
        chosen: possible.find(({ form }) => form === asked)?.form,
        draftText: JSON.stringify(draft?.content ?? inForce?.content ?? {}, undefined, 2),
        standing: published.filter(({ withdrawnFrom }) => withdrawnFrom === undefined),
      },
    };
  }
}

function contentFrom(typed: Typed): RulebookContent {
  let read: unknown;
  try {
    read = JSON.parse(typed.text('content'));
  } catch {
    typed.fault('content', 'This is not JSON. Check commas, quotes and brackets.');
    typed.check();
  }
  const parsed = rulebookContent.safeParse(read);
  for (const { path, message } of parsed.error?.issues ?? [])
    typed.fault('content', `${path.join('.') || 'The rulebook'}: ${message}.`);
  typed.check();
  return parsed.data!;
}

const formsFor = ({ draft, published }: Rulebook, canBePublished: boolean): { form: string; text: string }[] => [
  ...(draft && canBePublished ? [{ form: 'publication', text: `Publish version ${draft.version}` }] : []),
  { form: 'draft', text: draft ? 'Write the draft anew' : 'Write the next version' },
  ...(published.some(({ withdrawnFrom }) => withdrawnFrom === undefined)
    ? [{ form: 'withdrawal', text: 'Withdraw a version' }]
    : []),
];

const percent = (hundredths: number): string => `${hundredths / 100}%`;

/** A rulebook's content in tables and a chart. */
function contentShown(content: RulebookContent) {
  const rows = content.questions.flatMap(({ words, domain, answers }) =>
    answers.map((answer, at) => ({ cells: [at ? '' : words, at ? '' : domain, answer.words, answer.points] })),
  );
  return {
    questions: {
      caption: 'Questions, and points per answer',
      columns: [{ text: 'Question' }, { text: 'Domain' }, { text: 'Answer' }, { text: 'Points', numeric: true }],
      rows,
      firstIsHeader: false,
    },
    domains: {
      caption: 'The most that counts of each domain',
      columns: [{ text: 'Domain' }, { text: 'Cap', numeric: true }],
      rows: content.domains.map(({ domain, cap }) => ({ cells: [domain, cap ?? 'none'] })),
    },
    curve: {
      id: 'curve',
      title: 'From points to pounds',
      answer: 'Between two corners the line is straight.',
      chart: pointsToPounds(content.curve),
      table: cornersTable(content.curve),
    },
    rules: [
      {
        key: 'What a carer does',
        text: content.carer
          ? content.carer.answers
              .map(({ words, offHundredths }) => `${words}: ${percent(offHundredths)} off`)
              .join(' · ')
          : 'Nothing is taken off',
      },
      {
        key: 'Deflator',
        text: content.deflator ? `${percent(content.deflator.hundredths)}: ${content.deflator.words}` : 'None',
      },
      { key: 'Floor', text: content.floorPencePerWeek === undefined ? 'None' : formatPence(content.floorPencePerWeek) },
      {
        key: 'Ceiling',
        text: content.ceilingPencePerWeek === undefined ? 'None' : formatPence(content.ceilingPencePerWeek),
      },
      { key: 'Order', text: ['points', 'caps', 'sum', 'curve', ...content.order, 'rounding'].join(', then ') },
      {
        key: 'Rounding',
        text: `To ${content.rounding.toPence === 1 ? 'the penny' : formatPence(content.rounding.toPence)}, exactly half goes ${content.rounding.half}`,
      },
    ],
  };
}
