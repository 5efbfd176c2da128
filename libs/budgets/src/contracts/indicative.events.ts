import { defineEvent, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { rasTrace } from './ras-trace.js';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';

/** An answer to a question of the rulebook, by the names that the rulebook has for both. */
export const rasAnswer = z.strictObject({ question: coded, answer: coded });
export type RasAnswer = z.infer<typeof rasAnswer>;

/** Whether there is a carer who is willing, and able, to go on caring (Care Act 2014 s10(5)). */
export const carerFacts = z.strictObject({ willing: z.boolean(), able: z.boolean() });
export type CarerFacts = z.infer<typeof carerFacts>;

/**
 * Answers to a rulebook's questions reached an allocation: those of an assessment (`sourceEventId`, the stored event that
 * holds them), or those that a practitioner gave here. A later answer to the same question takes the place of the earlier.
 */
export const answersReceived = defineEvent({
  type: 'budgets.answers-received.v1',
  schema: z.strictObject({
    allocationId: uuid,
    personId: uuid,
    sourceEventId: uuid.optional(),
    answers: z.array(rasAnswer).max(200),
    carer: carerFacts.optional(),
    /** True where it is about a carer's own needs, so that the rulebook for carers applies. */
    ofCarer: z.literal(true).optional(),
  }),
  people: (data) => [data.personId],
  title: (data) => `Answers for the indicative budget: ${data.answers.length}`,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type AnswersReceivedData = EventOf<typeof answersReceived>['data'];

/** What the rulebook in force on the day indicates, with every step. It indicates, and decides nothing. */
export const indicativeBudgetCalculated = defineEvent({
  type: 'budgets.indicative-budget-calculated.v1',
  schema: z.strictObject({
    allocationId: uuid,
    personId: uuid,
    assessmentId: uuid,
    /** The version that was in force on the day, and the stored event in which it was published. */
    rulebook: z.strictObject({ rulebookId: uuid, version: z.int().min(1), eventId: uuid, effectiveFrom: plainDate }),
    /** The stored events that hold the answers. */
    answersFrom: z.array(uuid).min(1),
    carer: carerFacts.optional(),
    trace: rasTrace,
    pencePerWeek: pence,
  }),
  people: (data) => [data.personId],
  title: (data) =>
    `Indicative budget: ${formatPence(data.pencePerWeek)} a week, by version ${data.rulebook.version} of the rulebook`,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type IndicativeBudgetCalculatedData = EventOf<typeof indicativeBudgetCalculated>['data'];

/** Somebody asks for another amount than the indicated one; somebody else has to decide. */
export const overrideProposed = defineEvent({
  type: 'budgets.override-proposed.v1',
  schema: z.strictObject({
    allocationId: uuid,
    personId: uuid,
    pencePerWeek: pence,
    /** Id of the account that proposes it: the same must not decide. */
    proposedBy: z.string().min(1).max(200),
    reasons: personal,
  }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Another amount proposed: ${formatPence(data.pencePerWeek)} a week`,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type OverrideProposedData = EventOf<typeof overrideProposed>['data'];

/** Somebody other than its author approved the other amount. */
export const allocationOverridden = defineEvent({
  type: 'budgets.allocation-overridden.v1',
  schema: z.strictObject({
    allocationId: uuid,
    personId: uuid,
    indicativePencePerWeek: pence,
    pencePerWeek: pence,
    /** Id of the account that proposed it; who approved it is the actor of this event. */
    proposedBy: z.string().min(1).max(200),
    reasons: personal,
  }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) =>
    `Indicative budget overridden: ${formatPence(data.pencePerWeek)} a week instead of ${formatPence(data.indicativePencePerWeek)}`,
  decision: true,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type AllocationOverriddenData = EventOf<typeof allocationOverridden>['data'];

/** Somebody other than its author said no to the other amount, and why. */
export const overrideDeclined = defineEvent({
  type: 'budgets.override-declined.v1',
  schema: z.strictObject({ allocationId: uuid, personId: uuid, pencePerWeek: pence, reasons: personal }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Another amount declined: ${formatPence(data.pencePerWeek)} a week`,
  decision: true,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type OverrideDeclinedData = EventOf<typeof overrideDeclined>['data'];

export const priceUnits = ['hour', 'week'] as const;

/** A service that the needs take, in minutes a week where it is bought by the hour, else in times a week. */
export const neededService = z.strictObject({ service: coded, unit: z.enum(priceUnits), amount: z.int().min(1) });
export type NeededService = z.infer<typeof neededService>;

/** What a service costs here: the median of what the council pays on a day, as it was known on another. */
export const localPrice = z.strictObject({
  service: coded,
  /** As people call the service. */
  label: coded,
  unit: z.enum(priceUnits),
  medianPence: pence,
  effectiveOn: plainDate,
  knownOn: plainDate,
});
export type LocalPrice = z.infer<typeof localPrice>;

/** What the needs cost at local prices, beside the budget that is to meet them; services without a known price apart. */
export const localPricesChecked = defineEvent({
  type: 'budgets.local-prices-checked.v1',
  schema: z.strictObject({
    allocationId: uuid,
    personId: uuid,
    budgetPencePerWeek: pence,
    priced: z.array(
      z.strictObject({
        ...neededService.shape,
        price: localPrice.omit({ service: true, unit: true }),
        pencePerWeek: pence,
      }),
    ),
    unpriced: z.array(neededService),
    pricedPencePerWeek: pence,
  }),
  people: (data) => [data.personId],
  title: (data) =>
    data.priced.length
      ? `Checked at local prices: ${formatPence(data.pricedPencePerWeek)} a week of ${formatPence(data.budgetPencePerWeek)}`
      : 'No local price is known for what the needs take',
  authority: 'Care Act 2014 s26(1)(a)',
});
export type LocalPricesCheckedData = EventOf<typeof localPricesChecked>['data'];

export const indicativeEvents = [
  answersReceived,
  indicativeBudgetCalculated,
  overrideProposed,
  allocationOverridden,
  overrideDeclined,
  localPricesChecked,
] as const;
