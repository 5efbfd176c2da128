import { Allow } from '@caretrail/access';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  CompleteFivePointCheck,
  CompleteReview,
  DeclineReviewRequest,
  MeasureOutcome,
  RequestReview,
  SetReviewDue,
  instruments,
} from '../contracts/index.js';
import { type AtDesk, Desk, PlanDesk } from './plan-desk.js';

/** The day on which it is true; today where it is left out. */
const on = { effectiveOn: z.iso.date().optional() };
const checking = CompleteFivePointCheck.schema.partial({ planId: true }).extend(on);
const measuring = MeasureOutcome.schema.partial({ planId: true }).extend(on);
// A random UUID of the caller's own; left out, it follows from the Idempotency-Key.
const requesting = RequestReview.schema.partial({ planId: true, reviewId: true }).extend(on);
const declining = DeclineReviewRequest.schema.omit({ reviewId: true }).partial({ planId: true }).extend(on);
const completing = CompleteReview.schema.partial({ planId: true, reviewId: true }).extend(on);
const dating = SetReviewDue.schema.partial({ planId: true }).extend(on);

/** How a plan fares, for other systems: checks, measures, reviews (Care Act 2014 s27). */
@ApiTags('planning')
@Controller('api')
export class PlanReviewsController {
  constructor(@Inject(PlanDesk) private readonly desk: PlanDesk) {}

  /** What outcomes are measured with: name, version, domains, and what the levels 0–3 mean. */
  @Get('outcome-instruments')
  @Allow('practitioner', 'person', 'analyst', 'commissioner')
  instruments() {
    return { instruments };
  }

  @Post('support-plans/:id/five-point-checks')
  @Allow('practitioner', 'person')
  check(@Param('id') id: string, @Body({ schema: checking }) body: z.infer<typeof checking>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, CompleteFivePointCheck, body);
  }

  @Post('support-plans/:id/measures')
  @Allow('practitioner', 'person')
  measure(@Param('id') id: string, @Body({ schema: measuring }) body: z.infer<typeof measuring>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, MeasureOutcome, body);
  }

  /** Brings the next review forward, to a day within twelve months of the last. */
  @Post('support-plans/:id/review-due')
  @Allow('practitioner')
  setDue(@Param('id') id: string, @Body({ schema: dating }) body: z.infer<typeof dating>, @Desk() desk: AtDesk) {
    return this.desk.answer(desk, id, SetReviewDue, body);
  }

  /** Asks for a review that is not planned (s27(1)(b)). */
  @Post('support-plans/:id/review-requests')
  @Allow('practitioner', 'person')
  async request(
    @Param('id') id: string,
    @Body({ schema: requesting }) body: z.infer<typeof requesting>,
    @Desk() desk: AtDesk,
  ) {
    const reviewId = body.reviewId ?? this.desk.newId(desk);
    return { ...(await this.desk.answer(desk, id, RequestReview, { ...body, reviewId })), reviewId };
  }

  @Post('support-plans/:id/review-requests/:reviewId/declined')
  @Allow('practitioner')
  decline(
    @Param('id') id: string,
    @Param('reviewId') reviewId: string,
    @Body({ schema: declining }) body: z.infer<typeof declining>,
    @Desk() desk: AtDesk,
  ) {
    return this.desk.answer(desk, id, DeclineReviewRequest, { ...body, reviewId });
  }

  /** Completes a review; with the id of a request it answers that. The next one is counted from its day. */
  @Post('support-plans/:id/reviews')
  @Allow('practitioner')
  async complete(
    @Param('id') id: string,
    @Body({ schema: completing }) body: z.infer<typeof completing>,
    @Desk() desk: AtDesk,
  ) {
    const reviewId = body.reviewId ?? this.desk.newId(desk);
    return { ...(await this.desk.answer(desk, id, CompleteReview, { ...body, reviewId })), reviewId };
  }
}
