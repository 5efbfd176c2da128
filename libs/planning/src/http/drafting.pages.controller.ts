import { Allow } from '@caretrail/access';
import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { lineForm, lineWithdrawalForm } from './forms/line-forms.js';
import { aboutForm, metNeedForm, optionsForm, unmetNeedForm } from './forms/need-forms.js';
import { dissentForm } from './forms/signing-forms.js';
import type { TypedValues } from './forms/typed.js';
import { type AtDesk, Desk } from './plan-desk.js';
import { PlanForms } from './plan-forms.js';

/** Making a plan together, form by form. */
@ApiExcludeController()
@Controller('support-plans/:id')
export class DraftingPagesController {
  constructor(@Inject(PlanForms) private readonly forms: PlanForms) {}

  @Get(lineForm.path)
  @Allow('practitioner', 'person')
  line(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(lineForm, id, desk);
  }

  @Post(lineForm.path)
  @Allow('practitioner', 'person')
  takeLine(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(lineForm, id, typed, desk);
  }

  @Get(lineWithdrawalForm.path)
  @Allow('practitioner', 'person')
  lineWithdrawal(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(lineWithdrawalForm, id, desk);
  }

  @Post(lineWithdrawalForm.path)
  @Allow('practitioner', 'person')
  takeLineWithdrawal(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(lineWithdrawalForm, id, typed, desk);
  }

  @Get(unmetNeedForm.path)
  @Allow('practitioner')
  unmetNeed(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(unmetNeedForm, id, desk);
  }

  @Post(unmetNeedForm.path)
  @Allow('practitioner')
  takeUnmetNeed(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(unmetNeedForm, id, typed, desk);
  }

  @Get(metNeedForm.path)
  @Allow('practitioner')
  metNeed(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(metNeedForm, id, desk);
  }

  @Post(metNeedForm.path)
  @Allow('practitioner')
  takeMetNeed(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(metNeedForm, id, typed, desk);
  }

  @Get(aboutForm.path)
  @Allow('practitioner', 'person')
  about(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(aboutForm, id, desk);
  }

  @Post(aboutForm.path)
  @Allow('practitioner', 'person')
  takeAbout(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(aboutForm, id, typed, desk);
  }

  @Get(optionsForm.path)
  @Allow('practitioner')
  options(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(optionsForm, id, desk);
  }

  @Post(optionsForm.path)
  @Allow('practitioner')
  takeOptions(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(optionsForm, id, typed, desk);
  }

  @Get(dissentForm.path)
  @Allow('practitioner', 'person')
  dissent(@Param('id') id: string, @Desk() desk: AtDesk, @Res() _: unknown): Promise<void> {
    return this.forms.show(dissentForm, id, desk);
  }

  @Post(dissentForm.path)
  @Allow('practitioner', 'person')
  takeDissent(
    @Param('id') id: string,
    @Body() typed: TypedValues,
    @Desk() desk: AtDesk,
    @Res() _: unknown,
  ): Promise<void> {
    return this.forms.take(dissentForm, id, typed, desk);
  }
}
