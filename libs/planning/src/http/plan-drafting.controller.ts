import { Allow } from '@caretrail/access';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  ChangePlanLine,
  ContributePlanLine,
  OfferOptions,
  RecordAboutPerson,
  RecordDissent,
  RecordNeedUnmet,
  WithdrawPlanLine,
  WithdrawUnmetNeed,
  draftedLine,
} from '../contracts/index.js';
import { type AtDesk, Desk, PlanDesk } from './plan-desk.js';

/** The day on which it is true; today where it is left out. */
const on = { effectiveOn: z.iso.date().optional() };
const ofPlan = { planId: z.uuid().optional(), ...on };
// A random UUID of the caller's own; left out, it follows from the Idempotency-Key.
const contributing = z.strictObject({ ...ofPlan, line: draftedLine.partial({ lineId: true }) });
const changing = z.strictObject({ ...ofPlan, line: draftedLine.omit({ lineId: true }) });
const withdrawing = WithdrawPlanLine.schema.omit({ lineId: true }).partial({ planId: true }).extend(on);
const unmet = RecordNeedUnmet.schema.partial({ planId: true }).extend(on);
const metAgain = WithdrawUnmetNeed.schema.partial({ planId: true }).extend(on);
const about = RecordAboutPerson.schema.partial({ planId: true }).extend(on);
const offering = OfferOptions.schema.partial({ planId: true }).extend(on);
const dissenting = RecordDissent.schema.partial({ planId: true }).extend(on);

/** Making a plan together, for other systems. The person writes in their own plan. */
@ApiTags('planning')
@Controller('api/support-plans/:id')
export class PlanDraftingController {
  constructor(@Inject(PlanDesk) private readonly desk: PlanDesk) {}

  /** Adds a line: for which need, what is done, who gives it, whose line it is, what it costs the budget a week. */
  @Post('lines')
  @Allow('practitioner', 'person')
  async contribute(
    @Param('id') id: string,
    @Body({ schema: contributing }) { line, ...rest }: z.infer<typeof contributing>,
    @Desk() desk: AtDesk,
  ) {
    const lineId = line.lineId ?? this.desk.newId(desk);
    const said = { ...rest, line: { ...line, lineId } };
    return { ...(await this.desk.answer(desk, id, ContributePlanLine, said)), lineId };
  }

  /** Says a line anew, the whole of it. */
  @Post('lines/:lineId')
  @Allow('practitioner', 'person')
  change(
    @Param('id') id: string,
    @Param('lineId') lineId: string,
    @Body({ schema: changing }) { line, ...rest }: z.infer<typeof changing>,
    @Desk() desk: AtDesk,
  ) {
    return this.desk.answer(desk, id, ChangePlanLine, { ...rest, line: { ...line, lineId } });
  }

  @Post('lines/:lineId/withdrawal')
  @Allow('practitioner', 'person')
  withdraw(
    @Param('id') id: string,
    @Param('lineId') lineId: string,
    @Body({ schema: withdrawing }) body: z.infer<typeof withdrawing>,
    @Desk() desk: AtDesk,
  ) {
    return this.desk.answer(desk, id, WithdrawPlanLine, { ...body, lineId });
  }

  /** Records a need as not met: with a lawful reason, or as an open duty that no signature passes over. */
  @Post('unmet-needs')
  @Allow('practitioner')
  recordUnmet(@Param('id') id: string, @Body({ schema: unmet }) body: z.infer<typeof unmet>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, RecordNeedUnmet, body);
  }

  @Post('unmet-needs/withdrawal')
  @Allow('practitioner')
  withdrawUnmet(
    @Param('id') id: string,
    @Body({ schema: metAgain }) body: z.infer<typeof metAgain>,
    @Desk() desk: AtDesk,
  ) {
    return this.desk.answer(desk, id, WithdrawUnmetNeed, body);
  }

  /** What matters, strengths, circle of support, contingency, independent living: the whole of it anew. */
  @Post('about-person')
  @Allow('practitioner', 'person')
  aboutPerson(@Param('id') id: string, @Body({ schema: about }) body: z.infer<typeof about>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, RecordAboutPerson, body);
  }

  /** The options for a need, which one the person chose, and why not the others. */
  @Post('options')
  @Allow('practitioner')
  offer(@Param('id') id: string, @Body({ schema: offering }) body: z.infer<typeof offering>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, OfferOptions, body);
  }

  /** Somebody does not agree with the plan in the making, or with a line of it. */
  @Post('dissents')
  @Allow('practitioner', 'person')
  dissent(
    @Param('id') id: string,
    @Body({ schema: dissenting }) body: z.infer<typeof dissenting>,
    @Desk() desk: AtDesk,
  ) {
    return this.desk.answer(desk, id, RecordDissent, body);
  }
}
