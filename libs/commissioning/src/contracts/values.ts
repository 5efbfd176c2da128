/** Event Outcome of Client Level Data, Release 2. */
export const eventOutcomes = [
  'Progress to reablement/ST-Max',
  'Progress to assessment, review or reassessment',
  'Progress to support planning or services',
  'Continuation of support or services',
  'Admitted to hospital',
  'NFA: Responsibility moved to another local authority',
  'NFA: Referral to NHS services or NHS funded social care',
  'NFA: Self-funded client or under 12wk disregard',
  'NFA: Information and advice or signposting',
  'NFA: Referral to other service within the local authority',
  'NFA: Support declined',
  'NFA: Deceased',
  'NFA: Support ended as planned',
  'NFA: Support ended for other reason',
  'NFA: No services offered for other reason',
  'NFA: Other',
] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** Service Type of Client Level Data, Release 2. */
export const serviceTypes = [
  'Long term support: Nursing care',
  'Long term support: Residential care',
  'Long term support: Community',
  'Long term support: Prison',
  'Short term support: ST-Max',
  'Short term support: Ongoing low level',
  'Short term support: Other short term',
  'Unpaid carer support: Direct to unpaid carer',
  'Unpaid carer support: Support involving the person cared-for',
] as const;

/** Service Component of Client Level Data, Release 2. */
export const serviceComponents = [
  'Reablement',
  'Short term nursing care',
  'Short term residential care',
  'Long term nursing care',
  'Long term residential care',
  'Home support or domiciliary care',
  'Day support',
  'Meals',
  'Transport',
  'Equipment',
  'Direct payment',
  'Shared Lives',
  'Community supported living',
  'Extra care housing',
  'Professional support: Social worker',
  'Professional support: Other',
  'Learning, education or employment support',
  'End of life care',
  'Emergency support',
  'Other short term support',
  'Other long term support',
  'Unpaid carer respite',
  'Unpaid carer sitting service',
  'Unpaid carer universal services',
  'Other unpaid carer support',
] as const;

/** Delivery Mechanism of Client Level Data. */
export const deliveryMechanisms = [
  'Direct payment',
  'CASSR managed personal budget',
  'CASSR commissioned support',
] as const;

/** Cost Frequency (Unit Type) of Client Level Data: what a rate is paid for. */
export const rateUnits = [
  'Per session',
  'Hourly',
  'Daily',
  'Weekly',
  'Fortnightly',
  '4-weekly',
  'Monthly',
  'Quarterly',
  'Annually',
  'One-off',
] as const;
export type RateUnit = (typeof rateUnits)[number];
