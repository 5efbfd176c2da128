import { Representatives } from '@caretrail/access';
import { CommandExecutor } from '@caretrail/commands';
import type { CommandMeta, CommandResult } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgreeSupportPlan, SignSupportPlan, type Signature } from '../contracts/index.js';
import { SupportPlanQuery } from './support-plan.query.js';

/** Looks up who signs on a person's behalf, as the register of representatives has them on the day of the signature. */
@Injectable()
export class SigningAuthority {
  constructor(
    @Inject(Representatives) private readonly representatives: Representatives,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
  ) {}

  /** @throws NotFound for a plan that this council has not opened */
  async of(signature: Signature, planId: string, { tenant, effectiveOn }: CommandMeta): Promise<Signature> {
    if (!signature.representative) return signature;
    const { representationId } = signature.representative;
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
    return { ...signature, representative: { representationId, ...(standing && { standing }) } };
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
