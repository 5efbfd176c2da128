import { Representatives } from '@caretrail/access';
import { CommandExecutor } from '@caretrail/commands';
import type { CommandMeta, CommandResult } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  AgreeSupportPlan,
  RecordDissent,
  RequestReview,
  SignSupportPlan,
  type SigningRepresentative,
} from '../contracts/index.js';
import { SupportPlanQuery } from './support-plan.query.js';

/** Looks up who speaks on a person's behalf, as the register of representatives has them on the day on which they do. */
@Injectable()
export class SigningAuthority {
  constructor(
    @Inject(Representatives) private readonly representatives: Representatives,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
  ) {}

  /** The same with who it is in place of whatever a sender says. @throws NotFound for a plan that this council has not opened */
  async of<Said extends { readonly representative?: SigningRepresentative | undefined }>(
    said: Said,
    planId: string,
    { tenant, effectiveOn }: CommandMeta,
  ): Promise<Said> {
    if (!said.representative) return said;
    const { representationId } = said.representative;
    const { personId } = await this.plans.get(tenant, planId);
    const found = (await this.representatives.inForce(tenant, personId, effectiveOn)).find(
      (each) => each.representationId === representationId,
    );
    const standing = found && {
      kind: found.kind,
      scope: [...found.scope],
      ...(found.name && { name: found.name }),
      ...(found.personId && { personId: found.personId }),
    };
    return { ...said, representative: { representationId, ...(standing && { standing }) } };
  }
}

@CommandHandler(SignSupportPlan)
export class SignSupportPlanHandler implements ICommandHandler<SignSupportPlan, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(SigningAuthority) private readonly authority: SigningAuthority,
  ) {}

  async execute({ data, meta }: SignSupportPlan): Promise<CommandResult> {
    const { planId, ...signature } = data;
    const found = await this.authority.of(signature, planId, meta);
    return this.executor.execute(new SignSupportPlan({ planId, ...found }, meta));
  }
}

@CommandHandler(AgreeSupportPlan)
export class AgreeSupportPlanHandler implements ICommandHandler<AgreeSupportPlan, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(SigningAuthority) private readonly authority: SigningAuthority,
  ) {}

  async execute({ data, meta }: AgreeSupportPlan): Promise<CommandResult> {
    const signature = data.signature && (await this.authority.of(data.signature, data.planId, meta));
    return this.executor.execute(new AgreeSupportPlan({ ...data, ...(signature && { signature }) }, meta));
  }
}

@CommandHandler(RecordDissent)
export class RecordDissentHandler implements ICommandHandler<RecordDissent, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(SigningAuthority) private readonly authority: SigningAuthority,
  ) {}

  async execute({ data, meta }: RecordDissent): Promise<CommandResult> {
    return this.executor.execute(new RecordDissent(await this.authority.of(data, data.planId, meta), meta));
  }
}

@CommandHandler(RequestReview)
export class RequestReviewHandler implements ICommandHandler<RequestReview, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(SigningAuthority) private readonly authority: SigningAuthority,
  ) {}

  async execute({ data, meta }: RequestReview): Promise<CommandResult> {
    return this.executor.execute(new RequestReview(await this.authority.of(data, data.planId, meta), meta));
  }
}
