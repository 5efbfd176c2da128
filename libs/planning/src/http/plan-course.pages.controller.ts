import { Allow } from '@caretrail/access';
import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { fivePointForm, measureForm } from './forms/outcome-forms.js';
import {
  closureForm,
  declineForm,
  requestForm,
  reviewDueForm,
  reviewForm,
  revisionForm,
  startForm,
} from './forms/review-forms.js';
import { agreementForm, copyForm, signatureForm } from './forms/signing-forms.js';
import type { TypedValues } from './forms/typed.js';
import { type AtDesk, Desk } from './plan-desk.js';
import { PlanForms } from './plan-forms.js';

/** The course of a plan: signatures, checks, measures, reviews, revision, its end. */
@ApiExcludeController()
@Controller('support-plans/:id')
export class PlanCoursePagesController {
  constructor(@Inject(PlanForms) private readonly forms: PlanForms) {}

  @Get(agreementForm.path)
  @Allow('practitioner')
  agreement(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(agreementForm, id, desk);
  }

  @Post(agreementForm.path)
  @Allow('practitioner')
  takeAgreement(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(agreementForm, id, typed, desk);
  }

  @Get(signatureForm.path)
  @Allow('practitioner', 'person')
  signature(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(signatureForm, id, desk);
  }

  @Post(signatureForm.path)
  @Allow('practitioner', 'person')
  takeSignature(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(signatureForm, id, typed, desk);
  }

  @Get(copyForm.path)
  @Allow('practitioner')
  copy(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(copyForm, id, desk);
  }

  @Post(copyForm.path)
  @Allow('practitioner')
  takeCopy(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(copyForm, id, typed, desk);
  }

  @Get(startForm.path)
  @Allow('practitioner')
  start(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(startForm, id, desk);
  }

  @Post(startForm.path)
  @Allow('practitioner')
  takeStart(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(startForm, id, typed, desk);
  }

  @Get(fivePointForm.path)
  @Allow('practitioner', 'person')
  fivePoint(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(fivePointForm, id, desk);
  }

  @Post(fivePointForm.path)
  @Allow('practitioner', 'person')
  takeFivePoint(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(fivePointForm, id, typed, desk);
  }

  @Get(measureForm.path)
  @Allow('practitioner', 'person')
  measure(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(measureForm, id, desk);
  }

  @Post(measureForm.path)
  @Allow('practitioner', 'person')
  takeMeasure(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(measureForm, id, typed, desk);
  }

  @Get(requestForm.path)
  @Allow('practitioner', 'person')
  request(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(requestForm, id, desk);
  }

  @Post(requestForm.path)
  @Allow('practitioner', 'person')
  takeRequest(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(requestForm, id, typed, desk);
  }

  @Get(declineForm.path)
  @Allow('practitioner')
  decline(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(declineForm, id, desk);
  }

  @Post(declineForm.path)
  @Allow('practitioner')
  takeDecline(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(declineForm, id, typed, desk);
  }

  @Get(reviewForm.path)
  @Allow('practitioner')
  review(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(reviewForm, id, desk);
  }

  @Post(reviewForm.path)
  @Allow('practitioner')
  takeReview(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(reviewForm, id, typed, desk);
  }

  @Get(reviewDueForm.path)
  @Allow('practitioner')
  reviewDue(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(reviewDueForm, id, desk);
  }

  @Post(reviewDueForm.path)
  @Allow('practitioner')
  takeReviewDue(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(reviewDueForm, id, typed, desk);
  }

  @Get(revisionForm.path)
  @Allow('practitioner')
  revision(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(revisionForm, id, desk);
  }

  @Post(revisionForm.path)
  @Allow('practitioner')
  takeRevision(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(revisionForm, id, typed, desk);
  }

  @Get(closureForm.path)
  @Allow('practitioner')
  closure(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(closureForm, id, desk);
  }

  @Post(closureForm.path)
  @Allow('practitioner')
  takeClosure(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(closureForm, id, typed, desk);
  }
}
