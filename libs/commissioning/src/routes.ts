import type { CommandRoute } from '@caretrail/kernel';
import { RecordReturnedElement, WithdrawReturnedElement } from './contracts/index.js';
import { carePackageDecider, carePackageStream } from './domain/care-package/care-package.decider.js';

const carePackage = { decider: carePackageDecider, stream: carePackageStream };

/** Which decider answers each command of this context, and on which stream. */
export const commissioningRoutes: CommandRoute[] = [
  { command: RecordReturnedElement, ...carePackage },
  { command: WithdrawReturnedElement, ...carePackage },
];
