import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Representatives } from '@caretrail/access';
import { RuleViolation } from '@caretrail/kernel';
import { PageRenderer, formState, registerTemplates, ukDate } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { SupportPlanQuery } from '../application/support-plan.query.js';
import type { SupportPlan } from '../application/support-plan.reading.js';
import type { Asking, PlanForm } from './forms/plan-form.js';
import { putInWords, readerOf } from './put-in-words.js';
import { Typed, type TypedValues } from './forms/typed.js';
import { type AtDesk, PlanDesk } from './plan-desk.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const HTML = 'text/html; charset=utf-8';

/** Shows any form about a plan, and takes it: what was typed is kept when it is refused. */
@Injectable()
export class PlanForms {
  constructor(
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Representatives) private readonly representatives: Representatives,
  ) {}

  async show(form: PlanForm, id: string, desk: AtDesk): Promise<void> {
    await this.page(form, await this.plans.for(desk.account, id), desk);
  }

  async take(form: PlanForm, id: string, typed: TypedValues, desk: AtDesk): Promise<void> {
    const plan = await this.plans.for(desk.account, id);
    try {
      const { Kind, said } = form.read(new Typed(typed), await this.asking(form, plan, desk));
      await this.desk.send(desk, plan.planId, Kind, said, commandIdOf(typed)).catch((error: unknown) => {
        throw error instanceof RuleViolation && form.faultsAt ? new RuleViolation(form.faultsAt(error.faults)) : error;
      });
      await desk.reply.redirect(`/support-plans/${plan.planId}${form.then ?? ''}`, 303);
    } catch (error) {
      await this.page(form, plan, desk, typed, error);
    }
  }

  private async asking(form: PlanForm, plan: SupportPlan, { account, request }: AtDesk): Promise<Asking> {
    const query = Object.fromEntries(new URL(request.url, 'http://page').searchParams);
    const today = this.desk.today(account);
    const speaking =
      form.asksRepresentatives && account.role !== 'person'
        ? await this.representatives.inForce(account.tenant, plan.personId, today)
        : [];
    const representatives = speaking.filter(({ scope }) => scope.includes(form.asksRepresentatives!));
    return { plan, role: account.role, today: ukDate(today), representatives, query };
  }

  private async page(form: PlanForm, plan: SupportPlan, desk: AtDesk, typed?: TypedValues, error?: unknown) {
    const { account, request, reply } = desk;
    const asking = await this.asking(form, plan, desk);
    const fields = form.fields(asking);
    const checked = form.path === 'agreement' || form.path === 'signature';
    const page = await this.pages.render(
      'plan-form.njk',
      {
        title: form.title(asking),
        form: formState(typed, error),
        lead: form.lead?.(asking) ?? [],
        fields,
        parts: partsOf(fields ?? []),
        submit: form.submit,
        action: `/support-plans/${plan.planId}/${form.path}`,
        commandId: commandIdOf(typed ?? {}) ?? randomUUID(),
        caption: (await this.desk.whose(account, plan)).caption,
        plan,
        words: putInWords(readerOf(account, plan.personId)),
        check:
          checked && fields ? await this.plans.check(account.tenant, plan.planId, this.desk.today(account)) : undefined,
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type(HTML)
      .send(page);
  }
}

/** The fields in parts, each of which begins where a field has a heading. */
function partsOf(fields: NonNullable<ReturnType<PlanForm['fields']>>) {
  const parts: { heading?: string; lead?: string; fields: (typeof fields)[number][] }[] = [{ fields: [] }];
  for (const field of fields) {
    const { heading, lead } = field;
    if (heading) parts.push({ heading, ...(lead && { lead }), fields: [] });
    parts.at(-1)!.fields.push(field);
  }
  return parts.filter((part) => part.fields.length);
}

const commandIdOf = ({ commandId }: TypedValues): string | undefined =>
  typeof commandId === 'string' && commandId ? commandId : undefined;
