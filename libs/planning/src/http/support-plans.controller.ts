import { type Account, Allow, SignedIn } from '@caretrail/access';
import { asOfFrom } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type PlanCheck, SupportPlanQuery } from '../application/support-plan.query.js';
import type { SupportPlan } from '../application/support-plan.reading.js';
import {
  AgreeSupportPlan,
  CloseSupportPlan,
  GivePlanInWriting,
  OpenPlanRevision,
  SignSupportPlan,
  StartSupportPlan,
  signature,
} from '../contracts/index.js';
import { type AtDesk, Desk, PlanDesk } from './plan-desk.js';

/** The day on which it is true; today where it is left out. */
const on = { effectiveOn: z.iso.date().optional() };
const days = z.object({
  /** What was true on this day, `yyyy-mm-dd`; the known day where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; today where it is left out. */
  known: z.iso.date().optional(),
});
/** Of the register of representatives; what it says of them on the day is looked up. */
const representative = z.strictObject({ representationId: z.uuid() }).optional();
const agreeing = AgreeSupportPlan.schema
  .partial({ planId: true })
  // The day on which the plan was agreed.
  .extend({ effectiveOn: z.iso.date(), signature: signature.extend({ representative }).optional() });
const signing = SignSupportPlan.schema.partial({ planId: true }).extend({ ...on, representative });
const giving = GivePlanInWriting.schema.partial({ planId: true }).extend(on);
const starting = StartSupportPlan.schema.partial({ planId: true }).extend(on);
const revising = OpenPlanRevision.schema.partial({ planId: true }).extend(on);
const closing = CloseSupportPlan.schema.partial({ planId: true }).extend(on);

/** Support plans, for other systems: read, sign, begin, revise, end. An id in a body must be that of the address. */
@ApiTags('planning')
@Controller('api/support-plans/:id')
export class SupportPlansController {
  constructor(
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
  ) {}

  /** The whole plan with its versions, measures and reviews; the person reads their own, a representative what their scope covers. */
  @Get()
  @Allow('practitioner', 'broker', 'finance', 'person')
  show(
    @Param('id') id: string,
    @Query({ schema: days }) query: z.infer<typeof days>,
    @SignedIn() account: Account,
  ): Promise<SupportPlan> {
    const asked = asOfFrom(query, this.desk.today(account));
    const days = asked.isToday ? {} : { effectiveOn: asked.effective, knownOn: asked.known };
    return this.plans.readableBy(account, id, this.desk.today(account), days);
  }

  /** What a signature would be refused for today, and what good practice still misses. */
  @Get('check')
  @Allow('practitioner', 'person')
  async check(@Param('id') id: string, @SignedIn() account: Account): Promise<PlanCheck> {
    await this.plans.for(account, id);
    return this.plans.check(account.tenant, id, this.desk.today(account));
  }

  /** The person's side signs (Care Act 2014 s25(5)): the person themselves, or a representative through staff. */
  @Post('signatures')
  @Allow('practitioner', 'person')
  sign(@Param('id') id: string, @Body({ schema: signing }) body: z.infer<typeof signing>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, SignSupportPlan, body);
  }

  /** Signs the plan off for the council (Care Act 2014 s25): the draft, or the lines in the body, whole. */
  @Post('agreement')
  @Allow('practitioner')
  agree(@Param('id') id: string, @Body({ schema: agreeing }) body: z.infer<typeof agreeing>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, AgreeSupportPlan, body);
  }

  /** A copy of the agreed version was given (s25(9)). */
  @Post('copies')
  @Allow('practitioner')
  give(@Param('id') id: string, @Body({ schema: giving }) body: z.infer<typeof giving>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, GivePlanInWriting, body);
  }

  /** Support under the plan begins. */
  @Post('start')
  @Allow('practitioner', 'broker')
  start(@Param('id') id: string, @Body({ schema: starting }) body: z.infer<typeof starting>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, StartSupportPlan, body);
  }

  /** Opens the plan for change because of a review (s27); the agreed version stands meanwhile. */
  @Post('revisions')
  @Allow('practitioner')
  revise(@Param('id') id: string, @Body({ schema: revising }) body: z.infer<typeof revising>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, OpenPlanRevision, body);
  }

  /** Ends the plan, with the reason. */
  @Post('closure')
  @Allow('practitioner')
  close(@Param('id') id: string, @Body({ schema: closing }) body: z.infer<typeof closing>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, CloseSupportPlan, body);
  }
}
