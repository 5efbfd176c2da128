import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, NotFound, londonDate } from '@caretrail/kernel';
import { recordNumber } from '@caretrail/people/contracts';
import { asOfFrom } from '@caretrail/web';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Case, nextStepOf, stages, turnOf } from './case-stage.js';
import { caseDaysOf, refuseWrongDays } from './case-days.js';
import { CasesQuery } from './cases.query.js';
import { MyRecordQuery } from './my-record.query.js';
import { RepresentedQuery } from './represented.query.js';

const days = {
  /** What was true on this day, `yyyy-mm-dd`; the known day where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; today where it is left out. */
  known: z.iso.date().optional(),
};
const asOf = z.object(days);
const listing = z.object({
  ...days,
  stage: z.enum(stages).optional(),
  /** A record number, or how it starts. */
  record: z.string().max(50).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});

/** A case as other systems read it: the ids lead on to the allocation and the plan. */
export const caseAnswer = (found: Case) => ({
  ...found,
  record: recordNumber(found.personId),
  nextStep: nextStepOf(found),
  ...(found.step && { turn: turnOf[found.step] }),
});

/** Where cases stand, for other systems. No names: those are with the person. */
@ApiTags('cases')
@Controller('api')
export class CasesController {
  constructor(
    @Inject(CasesQuery) private readonly cases: CasesQuery,
    @Inject(MyRecordQuery) private readonly records: MyRecordQuery,
    @Inject(RepresentedQuery) private readonly represented: RepresentedQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('cases')
  @Allow('practitioner', 'broker', 'finance')
  async list(@Query({ schema: listing }) query: z.infer<typeof listing>, @SignedIn() account: Account) {
    const { stage, record, page, pageSize } = query;
    const asked = this.daysOf(query, account);
    const list = await this.cases.list(account.tenant, { ...asked, stage, record, page, pageSize });
    return { ...asked, page, pageSize, ...list, cases: list.cases.map(caseAnswer) };
  }

  @Get('people/:id/case')
  @Allow('practitioner', 'broker', 'finance', 'safeguarding')
  async show(
    @Param('id') id: string,
    @Query({ schema: asOf }) query: z.infer<typeof asOf>,
    @SignedIn() account: Account,
  ) {
    const asked = this.daysOf(query, account);
    const found = await this.cases.ofPerson(account.tenant, id, asked);
    if (!found) throw new NotFound('Nothing was known of a person with this id on these days.');
    const { other, facts, events, position, leftOut } = found;
    const places = { ...caseAnswer(found.case), ...(other && { other: caseAnswer(other) }) };
    return { ...asked, ...places, facts, events, position, leftOut };
  }

  /** The record of whoever signed in, on any two days, and for whom they may speak today. */
  @Get('my-record')
  @Allow('person')
  async mine(@Query({ schema: asOf }) query: z.infer<typeof asOf>, @SignedIn() account: Account) {
    const { personId, tenant } = account;
    if (!personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
    const asked = this.daysOf(query, account);
    const record = await this.records.of(tenant, personId, asked);
    const maySpeakFor = await this.represented.of(account, londonDate(this.clock.now(tenant)));
    return { ...asked, personId, ...(record && { record }), maySpeakFor };
  }

  private daysOf(query: z.infer<typeof asOf>, account: Account) {
    const asOf = asOfFrom(query, londonDate(this.clock.now(account.tenant)));
    refuseWrongDays(asOf);
    return caseDaysOf(asOf);
  }
}
