import type { Account } from '@caretrail/access';
import type { Command, CommandMeta, CommandResult } from '@caretrail/kernel';
import { commandMetaOf, rememberPosition } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnsweringAccess } from '../application/answering-access.js';
import { AssessmentQuery } from '../application/assessment.query.js';

type Ids = { readonly assessmentId: string; readonly personId: string };
type Make = (ids: Ids, meta: CommandMeta) => Command;

/** Commands about an assessment, as the API sends them: whose it is stands in its stream, not in the body. */
@Injectable()
export class AssessmentCommands {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(AssessmentQuery) private readonly assessments: AssessmentQuery,
    @Inject(AnsweringAccess) private readonly answering: AnsweringAccess,
  ) {}

  /** Sends a command, and answers with where it stands, the ids of its events, and what was made. */
  async send(command: Command, reply: FastifyReply, made: object = {}) {
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, ...made };
  }

  /** A command of a practitioner. @throws NotFound for an id that this council has no assessment under */
  async of(
    account: Account,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    effectiveOn: string,
    make: Make,
  ) {
    const { assessmentId, personId } = await this.assessments.get(account.tenant, id);
    const command = make({ assessmentId, personId }, commandMetaOf(account, request, { effectiveOn }));
    return this.send(command, reply, { assessmentId, personId });
  }

  /**
   * What the person themselves, or a representative of theirs, may say as well as a practitioner: on the person's behalf.
   * @throws NotFound, and Forbidden for whoever may not speak for this person
   */
  async onBehalf(
    account: Account,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    effectiveOn: string,
    make: Make,
  ) {
    const { personId } = await this.assessments.get(account.tenant, id);
    await this.answering.roleOf(account, personId, effectiveOn);
    return this.of(account, id, request, reply, effectiveOn, (ids, meta) =>
      make(ids, { ...meta, onBehalfOf: personId }),
    );
  }
}
