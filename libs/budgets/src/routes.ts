import type { CommandRoute } from '@caretrail/kernel';
import {
  AllocateBudget,
  CloseDirectPaymentAccount,
  DraftRulebook,
  OpenAllocation,
  OpenDirectPaymentAccount,
  PublishRulebook,
  ReclaimDirectPayment,
  RecordDirectPayment,
  RecordSpend,
  ReverseDirectPaymentEntry,
  WithdrawRulebook,
} from './contracts/index.js';
import { allocationDecider, allocationStream } from './domain/allocation/allocation.decider.js';
import {
  directPaymentAccountDecider,
  directPaymentAccountStream,
} from './domain/direct-payment-account/direct-payment-account.decider.js';
import { rulebookDecider, rulebookStream } from './domain/rulebook/rulebook.decider.js';

const allocation = { decider: allocationDecider, stream: allocationStream };
const directPaymentAccount = { decider: directPaymentAccountDecider, stream: directPaymentAccountStream };
const rulebook = { decider: rulebookDecider, stream: rulebookStream };

/** Which decider answers each command of this context, and on which stream. */
export const budgetsRoutes: CommandRoute[] = [
  { command: OpenAllocation, ...allocation },
  { command: AllocateBudget, ...allocation },
  { command: DraftRulebook, ...rulebook },
  { command: PublishRulebook, ...rulebook },
  { command: WithdrawRulebook, ...rulebook },
  { command: OpenDirectPaymentAccount, ...directPaymentAccount },
  { command: RecordDirectPayment, ...directPaymentAccount },
  { command: RecordSpend, ...directPaymentAccount },
  { command: ReclaimDirectPayment, ...directPaymentAccount },
  { command: ReverseDirectPaymentEntry, ...directPaymentAccount },
  { command: CloseDirectPaymentAccount, ...directPaymentAccount },
];
