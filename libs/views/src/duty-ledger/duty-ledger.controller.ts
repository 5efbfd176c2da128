import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, InvalidInput, londonDate, NotFound } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { asOfFrom } from '@caretrail/web';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { toYou } from './duties-to-you.js';
import { DutyLedgerQuery, type LedgerDays } from './duty-ledger.query.js';
import { type DutyLine, lineOf } from './duty-rows.js';

const NOBODY = 'No person with this id was known here on that day.';
const days = {
  /** What was true on this day, `yyyy-mm-dd`; the known day where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; today where it is left out. */
  known: z.iso.date().optional(),
};
const asOf = z.object(days);
const listing = z.object({
  ...days,
  duty: z.string().max(60).optional(),
  turn: z.string().max(40).optional(),
  overdue: z.stringbool().optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});

const answerOf = (line: DutyLine) => ({ record: recordNumber(line.personId), ...line });

/** Which duties the council has towards whom, for other systems. */
@ApiTags('duties')
@Controller('api')
export class DutyLedgerController {
  constructor(
    @Inject(DutyLedgerQuery) private readonly ledger: DutyLedgerQuery,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('duties')
  @Allow('commissioner', 'safeguarding', 'analyst', 'practitioner', 'broker', 'finance')
  async queue(@Query({ schema: listing }) query: z.infer<typeof listing>, @SignedIn() account: Account) {
    const asked = this.daysOf(query, account);
    const { page, pageSize, duty, turn, overdue } = query;
    const queue = await this.ledger.queue(account, asked, { duty, turn, overdue }, { page, pageSize });
    return {
      ...asked,
      page,
      pageSize,
      ...queue,
      duties: queue.duties.map((owed) => answerOf(lineOf(owed, asked.effectiveOn))),
    };
  }

  @Get('people/:id/duties')
  @Allow('safeguarding', 'practitioner', 'broker', 'finance')
  async ofPerson(
    @Param('id') id: string,
    @Query({ schema: asOf }) query: z.infer<typeof asOf>,
    @SignedIn() account: Account,
  ) {
    const asked = this.daysOf(query, account);
    if (!(await this.people.labelsOf(account.tenant, [id], asked.knownOn)).has(id)) throw new NotFound(NOBODY);
    const owed = await this.ledger.ofPerson(account, id, asked);
    return { ...asked, personId: id, duties: owed.map((each) => answerOf(lineOf(each, asked.effectiveOn))) };
  }

  /** What the council owes to whoever signed in, and what it has done, in plain words too. */
  @Get('my-record/duties')
  @Allow('person')
  async mine(@Query({ schema: asOf }) query: z.infer<typeof asOf>, @SignedIn() account: Account) {
    const { personId } = account;
    if (!personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
    const asked = this.daysOf(query, account);
    const owed = await this.ledger.ofPerson(account, personId, asked);
    const lines = owed.map((each) => lineOf(each, asked.effectiveOn));
    return { ...asked, personId, duties: lines.map((line) => ({ ...answerOf(line), toYou: toYou(line) })) };
  }

  private daysOf(query: z.infer<typeof asOf>, account: Account): LedgerDays {
    const { effective, known, error } = asOfFrom(query, londonDate(this.clock.now(account.tenant)));
    const faults = Object.entries(error ?? {}).map(([field, message]) => ({ rule: 'input-shape', field, message }));
    if (faults.length) throw new InvalidInput(faults);
    return { effectiveOn: effective, knownOn: known };
  }
}
