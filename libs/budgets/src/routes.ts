import type { CommandRoute } from '@caretrail/kernel';
import {
  AddFundingStream,
  AgreePersonalBudget,
  AllocateBudget,
  CalculateIndicativeBudget,
  ChooseDeployment,
  CloseAllocation,
  CloseDirectPaymentAccount,
  ClosePersonalBudget,
  DecideOverride,
  DraftPersonalBudget,
  DraftRulebook,
  HoldFundingStep,
  OpenAllocation,
  OpenDirectPaymentAccount,
  PlanFundingStep,
  PoolFunding,
  ProposeOverride,
  PublishRulebook,
  PublishUprating,
  ReceiveAnswers,
  ReclaimDirectPayment,
  RecordDirectPayment,
  RecordFinancialAssessment,
  RecordSpend,
  ReopenAllocation,
  ReverseDirectPaymentEntry,
  RevisePersonalBudget,
  WithdrawFundingStream,
  WithdrawRulebook,
  WithdrawUprating,
} from './contracts/index.js';
import { allocationDecider, allocationStream } from './domain/allocation/allocation.decider.js';
import {
  directPaymentAccountDecider,
  directPaymentAccountStream,
} from './domain/direct-payment-account/direct-payment-account.decider.js';
import { fundingDecider, fundingStreamOf } from './domain/funding/funding.decider.js';
import { personalBudgetDecider, personalBudgetStream } from './domain/personal-budget/personal-budget.decider.js';
import { rulebookDecider, rulebookStream } from './domain/rulebook/rulebook.decider.js';
import { upratingDecider, upratingsStream } from './domain/uprating/uprating.decider.js';

const allocation = { decider: allocationDecider, stream: allocationStream };
const directPaymentAccount = { decider: directPaymentAccountDecider, stream: directPaymentAccountStream };
const personalBudget = { decider: personalBudgetDecider, stream: personalBudgetStream };
const funding = { decider: fundingDecider, stream: fundingStreamOf };
const rulebook = { decider: rulebookDecider, stream: rulebookStream };
const uprating = { decider: upratingDecider, stream: upratingsStream };

/** Which decider answers each command of this context, and on which stream. */
export const budgetsRoutes: CommandRoute[] = [
  { command: OpenAllocation, ...allocation },
  { command: CloseAllocation, ...allocation },
  { command: ReopenAllocation, ...allocation },
  { command: ReceiveAnswers, ...allocation },
  { command: CalculateIndicativeBudget, ...allocation },
  { command: ProposeOverride, ...allocation },
  { command: DecideOverride, ...allocation },
  { command: AllocateBudget, ...allocation },
  { command: DraftPersonalBudget, ...personalBudget },
  { command: RecordFinancialAssessment, ...personalBudget },
  { command: AgreePersonalBudget, ...personalBudget },
  { command: RevisePersonalBudget, ...personalBudget },
  { command: ChooseDeployment, ...personalBudget },
  { command: ClosePersonalBudget, ...personalBudget },
  { command: AddFundingStream, ...funding },
  { command: WithdrawFundingStream, ...funding },
  { command: PoolFunding, ...funding },
  { command: PlanFundingStep, ...funding },
  { command: HoldFundingStep, ...funding },
  { command: DraftRulebook, ...rulebook },
  { command: PublishRulebook, ...rulebook },
  { command: WithdrawRulebook, ...rulebook },
  { command: PublishUprating, ...uprating },
  { command: WithdrawUprating, ...uprating },
  { command: OpenDirectPaymentAccount, ...directPaymentAccount },
  { command: RecordDirectPayment, ...directPaymentAccount },
  { command: RecordSpend, ...directPaymentAccount },
  { command: ReclaimDirectPayment, ...directPaymentAccount },
  { command: ReverseDirectPaymentEntry, ...directPaymentAccount },
  { command: CloseDirectPaymentAccount, ...directPaymentAccount },
];
