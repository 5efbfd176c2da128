import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type CommandResult, NotFound } from '@caretrail/kernel';
import { CouncilDirectory, commandMetaOf, idMadeBy, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PersonDirectory, type PersonLabel, RegisterPerson, personDetails } from '../contracts/index.js';

const registration = z.strictObject({
  /** The day from which the council knows of the person. */
  effectiveOn: z.iso.date(),
  /** A random UUID of the caller's own; left out, it follows from the Idempotency-Key. */
  personId: z.uuid().optional(),
  details: personDetails,
});

/** People, for other systems. */
@ApiTags('people')
@Controller('api/people')
export class PeopleController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CouncilDirectory) private readonly councils: CouncilDirectory,
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
  ) {}

  /** Registers a person. In a council of simulated people the person is simulated, whoever registers them. */
  @Post()
  @Allow('practitioner')
  async register(
    @Body({ schema: registration }) body: z.infer<typeof registration>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { simulated } = await this.councils.get(account.tenant);
    const { effectiveOn, details } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const personId = body.personId ?? idMadeBy(meta);
    const result: CommandResult = await this.commands.execute(
      new RegisterPerson({ personId, simulated, details }, meta),
    );
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, personId };
  }

  /** What the person is called, for roles that work with people. */
  @Get(':id')
  @Allow('practitioner', 'broker', 'finance', 'safeguarding')
  async show(@Param('id') id: string, @SignedIn() account: Account): Promise<PersonLabel> {
    const label = z.uuid().safeParse(id).success
      ? (await this.directory.labelsOf(account.tenant, [id.toLowerCase()])).get(id.toLowerCase())
      : undefined;
    if (!label) throw new NotFound('No person with this id is known here.');
    return label;
  }
}
