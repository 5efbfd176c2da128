import { Command } from '@caretrail/kernel';
import type { z } from 'zod';
import {
  contribution,
  specificationOpening,
  specificationPublishing,
  specificationVersion,
  specificationWithdrawal,
} from './specification.events.js';

export type OpenSpecificationData = z.infer<typeof specificationOpening>;
/** Begins a specification that others may take part in. */
export class OpenSpecification extends Command<OpenSpecificationData> {
  static readonly schema = specificationOpening;
  readonly type = 'commissioning.open-specification';
}

export type ContributeToSpecificationData = z.infer<typeof contribution>;
/** Keeps what somebody wants of the service, in their own words. */
export class ContributeToSpecification extends Command<ContributeToSpecificationData> {
  static readonly schema = contribution;
  readonly type = 'commissioning.contribute-to-specification';
}

export type WriteSpecificationVersionData = z.infer<typeof specificationVersion>;
/** Writes the whole text anew, and answers contributions. */
export class WriteSpecificationVersion extends Command<WriteSpecificationVersionData> {
  static readonly schema = specificationVersion;
  readonly type = 'commissioning.write-specification-version';
}

export type PublishSpecificationData = z.infer<typeof specificationPublishing>;
/** Makes the newest version the one that holds. */
export class PublishSpecification extends Command<PublishSpecificationData> {
  static readonly schema = specificationPublishing;
  readonly type = 'commissioning.publish-specification';
}

export type WithdrawSpecificationData = z.infer<typeof specificationWithdrawal>;
/** Ends a specification, with a reason. */
export class WithdrawSpecification extends Command<WithdrawSpecificationData> {
  static readonly schema = specificationWithdrawal;
  readonly type = 'commissioning.withdraw-specification';
}
