import type { Account } from '@caretrail/access';
import {
  type Clock,
  type Command,
  type CommandMeta,
  londonDate,
  type PlainDate,
  RuleViolation,
} from '@caretrail/kernel';
import { formState, PageRenderer, ukDate } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Addressees } from '../contracts/index.js';
import { BudgetCommands } from './budget-commands.js';
import { Typed } from './typed.js';

export type FormValues = Readonly<Record<string, unknown>>;

/** A request with who sent it, and where its answer goes. */
export interface Exchange {
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A form that was sent: which one of its page, and what was typed into it. */
export interface SentForm {
  readonly form: string;
  readonly values: FormValues;
  readonly error: unknown;
}

/** What a page with several forms is made of. */
export interface FormsPage {
  readonly template: string;
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What stands in the form before anybody has typed. */
  readonly typed?: FormValues;
}

/**
 * Pages with one or several forms: what was typed becomes a command, and then another page; a form that is refused is
 * shown again as it was typed, with what is wrong.
 */
@Injectable()
export class PageForms {
  constructor(
    @Inject(BudgetCommands) private readonly commands: BudgetCommands,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Addressees) private readonly addressees: Addressees,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  today({ tenant }: Account): PlainDate {
    return londonDate(this.clock.now(tenant));
  }

  nameOf(account: Account, actorId: string): Promise<string> {
    return this.pages.nameOf(account, actorId);
  }

  /** Whose page it is, as its caption says it; the name is left out where none was recorded. */
  async whose({ tenant }: Account, personId: string): Promise<{ readonly caption: string; readonly name?: string }> {
    const label = (await this.addressees.labelsOf(tenant, [personId])).get(personId);
    const record = `ecord P-${personId.slice(0, 8)}`;
    return label?.name ? { caption: `${label.name}, r${record}`, name: label.name } : { caption: `R${record}` };
  }

  /**
   * @param read makes the command of what was typed, and says for which day; throws InvalidInput
   * @param page what is shown when the form is refused
   * @param fieldOf where a field of the command stands in the form, where it has another name there
   */
  async take(
    exchange: Exchange,
    { form, values }: Pick<SentForm, 'form' | 'values'>,
    read: (typed: Typed) => { effectiveOn: PlainDate; command: (meta: CommandMeta) => Command },
    leadsTo: string,
    page: () => Promise<FormsPage>,
    fieldOf: (field: string) => string = (field) => field,
  ): Promise<void> {
    try {
      const typed = new Typed(values);
      const { effectiveOn, command } = read(typed);
      typed.check();
      const { commandId } = typed;
      await this.commands.send(exchange, { effectiveOn, ...(commandId && { commandId }) }, command);
      await exchange.reply.redirect(leadsTo, 303);
    } catch (error) {
      await this.show(exchange, await page(), { form, values, error: placed(error, fieldOf) });
    }
  }

  async show({ account, request, reply }: Exchange, page: FormsPage, sent?: SentForm): Promise<void> {
    const html = await this.pages.render(
      page.template,
      {
        ...page.values,
        title: page.title,
        today: ukDate(this.today(account)),
        commandId: (sent && new Typed(sent.values).commandId) ?? randomUUID(),
        // The summary stands at the top of the page; each form keeps its own words.
        form: formState(sent?.values ?? page.typed, sent?.error),
        sent: sent?.form,
      },
      request,
    );
    await reply
      .status(sent ? 422 : 200)
      .type('text/html; charset=utf-8')
      .send(html);
  }
}

const placed = (error: unknown, fieldOf: (field: string) => string): unknown =>
  error instanceof RuleViolation
    ? new RuleViolation(error.faults.map((fault) => (fault.field ? { ...fault, field: fieldOf(fault.field) } : fault)))
    : error;
