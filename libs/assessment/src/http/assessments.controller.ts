import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { CommandResult } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy, rememberPosition } from '@caretrail/web';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RegisteredPeople } from '../application/registered-people.query.js';
import { CompleteAssessment } from '../contracts/index.js';

const completing = CompleteAssessment.schema
  // A random UUID of the caller's own; left out, it follows from the Idempotency-Key.
  .partial({ assessmentId: true })
  // The day on which the assessment was complete.
  .extend({ effectiveOn: z.iso.date() });

/** Assessments, for other systems. */
@ApiTags('assessment')
@Controller('api/assessments')
export class AssessmentsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(RegisteredPeople) private readonly people: RegisteredPeople,
  ) {}

  /** Completes an assessment (Care Act 2014 s9) and decides on eligibility (s13). */
  @Post()
  @Allow('practitioner')
  async complete(
    @Body({ schema: completing }) body: z.infer<typeof completing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn: body.effectiveOn });
    const { effectiveOn: _, assessmentId = idMadeBy(meta), ...assessment } = body;
    const { personId } = assessment;
    await this.people.assertRegistered(account.tenant, personId);
    const command = new CompleteAssessment({ assessmentId, ...assessment }, meta);
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, assessmentId, personId };
  }
}
