/** A value of a closed list of the return: the spelling of Release 2, and the other spellings that mean the same. */
export interface CodedValue<Value extends string = string> {
  readonly value: Value;
  /** Release 1 spellings that differ from `value` by more than case and spacing. */
  readonly release1?: readonly string[];
}

/**
 * Values that Release 1 had and Release 2 has no equivalent of. They are kept as they are where a list of ours does not
 * bind the event (`kept`); an assessment of another type than Release 2 knows cannot be recorded as one.
 */
export const releaseOneOnly: Readonly<Record<string, { readonly values: readonly string[]; readonly kept: boolean }>> =
  {
    'Event Outcome': { values: ['Progress to financial assessment', 'Progress to End of Life Care'], kept: true },
    'Assessment Type': { values: ['Financial Assessment'], kept: false },
    'Delivery Mechanism': { values: ['Self-Funder Metering Only'], kept: true },
  };

/** Gender. */
export const genders = [
  { value: 'Male' },
  { value: 'Female' },
  { value: 'Other' },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Ethnicity. */
export const ethnicities = [
  { value: 'Asian or Asian British: Bangladeshi', release1: ['Asian or Asian British - Bangladeshi'] },
  { value: 'Asian or Asian British: Chinese', release1: ['Asian or Asian British - Chinese'] },
  { value: 'Asian or Asian British: Indian', release1: ['Asian or Asian British - Indian'] },
  { value: 'Asian or Asian British: Pakistani', release1: ['Asian or Asian British - Pakistani'] },
  {
    value: 'Asian or Asian British: Any other Asian background',
    release1: ['Asian or Asian British - Any other Asian background'],
  },
  {
    value: 'Black, Black British, Caribbean or African: African',
    release1: ['Black, Black British, Caribbean or African - African'],
  },
  {
    value: 'Black, Black British, Caribbean or African: Caribbean',
    release1: ['Black, Black British, Caribbean or African - Caribbean'],
  },
  {
    value: 'Black, Black British, Caribbean or African: Any other Black, Black British or Caribbean background',
    release1: ['Black, Black British, Caribbean or African - Any other Black, Black British or Caribbean background'],
  },
  {
    value: 'Mixed or multiple ethnic groups: White and Asian',
    release1: ['Mixed or multiple ethnic groups - White and Asian'],
  },
  {
    value: 'Mixed or multiple ethnic groups: White and Black African',
    release1: ['Mixed or multiple ethnic groups - White and Black African'],
  },
  {
    value: 'Mixed or multiple ethnic groups: White and Black Caribbean',
    release1: ['Mixed or multiple ethnic groups - White and Black Caribbean'],
  },
  {
    value: 'Mixed or multiple ethnic groups: Any other Mixed or multiple ethnic background',
    release1: ['Mixed or multiple ethnic groups - Any other Mixed or multiple ethnic background'],
  },
  {
    value: 'White: English, Welsh, Scottish, Northern Irish or British',
    release1: ['White - English, Welsh, Scottish, Northern Irish or British'],
  },
  { value: 'White: Irish', release1: ['White - Irish'] },
  { value: 'White: Gypsy or Irish Traveller', release1: ['White - Gypsy or Irish Traveller'] },
  { value: 'White: Roma', release1: ['White - Roma'] },
  { value: 'White: Any other White background', release1: ['White - Any other White background'] },
  { value: 'Other ethnic group: Arab', release1: ['Other ethnic group - Arab'] },
  { value: 'Other ethnic group: Any other ethnic group', release1: ['Other ethnic group - Any other ethnic group'] },
  { value: 'No data: Refused', release1: ['No data - Refused'] },
  { value: 'No data: Undeclared or not known', release1: ['No data - Undeclared or Not known'] },
] as const satisfies readonly CodedValue[];

/** Client Type. */
export const clientTypes = [
  { value: 'Service user' },
  { value: 'Unpaid carer', release1: ['Carer'] },
  { value: 'Unpaid carer known by association', release1: ['Carer known by association'] },
] as const satisfies readonly CodedValue[];

/** Primary Support Reason. */
export const primarySupportReasons = [
  { value: 'Physical support: Access and mobility only', release1: ['Physical Support: Access & mobility only'] },
  { value: 'Physical support: Personal care support' },
  { value: 'Sensory support: Support for visual impairment' },
  { value: 'Sensory support: Support for hearing impairment' },
  { value: 'Sensory support: Support for dual impairment' },
  { value: 'Support with memory and cognition', release1: ['Support with Memory & Cognition'] },
  { value: 'Learning disability support' },
  { value: 'Mental health support' },
  { value: 'Social support: Substance misuse support' },
  { value: 'Social support: Asylum seeker support' },
  {
    value: 'Social support: Support for social isolation or other reason',
    release1: ['Social Support: Support for Social Isolation/Other'],
  },
  { value: 'Social support: Support to unpaid carer', release1: ['Social Support: Support to Carer'] },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Accommodation Status. */
export const accommodationStatuses = [
  { value: 'Owner occupier or shared ownership scheme' },
  { value: 'Tenant: Local authority or other social housing provider', release1: ['Tenant'] },
  { value: 'Tenant: Private landlord', release1: ['Tenant - private landlord'] },
  {
    value: 'Settled mainstream housing with family or friends',
    release1: ['Settled mainstream housing with family / friends'],
  },
  {
    value: 'Supported accommodation, supported lodgings or supported group home',
    release1: ['Supported accommodation / supported lodgings / supported group home'],
  },
  { value: 'Shared Lives scheme' },
  { value: 'Approved premises for offenders released from prison or under probation supervision' },
  {
    value: 'Sheltered housing, extra care housing or other sheltered housing',
    release1: ['Sheltered housing / extra care housing / other sheltered housing'],
  },
  {
    value: 'Mobile accommodation for Gypsy, Roma and Traveller communities',
    release1: ['Mobile accommodation for Gypsy / Roma and Traveller communities'],
  },
  { value: 'Rough sleeper or squatting', release1: ['Rough sleeper / squatting'] },
  {
    value: 'Night shelter, emergency hostel or direct access hostel',
    release1: ['Night shelter / emergency hostel / direct access hostel'],
  },
  { value: 'Refuge' },
  { value: 'Placed in temporary accommodation by the council (inc. homelessness resettlement)' },
  {
    value: 'Staying with family or friends as a short term guest',
    release1: ['Staying with family / friends as a short-term guest'],
  },
  {
    value: 'Acute hospital or long term healthcare residential facility',
    release1: ['Acute / long-term healthcare residential facility or hospital'],
  },
  { value: 'Registered care home' },
  { value: 'Registered nursing home' },
  {
    value: 'Prison, young offenders institution or detention centre',
    release1: ['Prison / Young offenders institution / detention centre'],
  },
  { value: 'Other temporary accommodation' },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Employment Status. */
export const employmentStatuses = [
  { value: 'Paid: Less than 16 hours a week' },
  { value: 'Paid: 16 or more hours a week' },
  { value: 'Paid: Hours per week unknown' },
  { value: 'Not in paid employment: Seeking work', release1: ['Not in Paid Employment (seeking work)'] },
  {
    value: 'Not in paid employment: Not actively seeking work or retired',
    release1: ['Not in Paid Employment (not actively seeking work / retired)'],
  },
  { value: 'Not in paid employment: Voluntary work only', release1: ['Not in Paid Employment (voluntary work only)'] },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Yes, no, unknown. */
export const yesNoUnknown = [
  { value: 'Yes' },
  { value: 'No' },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Visual Impairment. */
export const visualImpairments = [
  { value: 'Blind/severely sight impaired' },
  { value: 'Partial sight/sight impaired' },
  { value: 'No visual impairment' },
  { value: 'Visual impairment: Severity unknown', release1: ['Visual impairment - severity unknown'] },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Hearing Impairment. */
export const hearingImpairments = [
  { value: 'Deaf with speech' },
  { value: 'Deaf without speech' },
  { value: 'Hard of hearing' },
  { value: 'No hearing impairment' },
  { value: 'Hearing impairment: Severity unknown', release1: ['Hearing impairment - severity unknown'] },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Client Funding Status. */
export const clientFundingStatuses = [
  { value: 'Fully client funded' },
  { value: 'Joint client and social care funded' },
  { value: 'Fully social care funded' },
  { value: 'Unknown' },
] as const satisfies readonly CodedValue[];

/** Event Type. */
export const eventTypes = [
  { value: 'Request', release1: ['Referral'] },
  { value: 'Assessment' },
  { value: 'Service' },
  { value: 'Review' },
] as const satisfies readonly CodedValue[];

/** Event Outcome. */
export const eventOutcomes = [
  { value: 'Progress to reablement/ST-Max' },
  {
    value: 'Progress to assessment, review or reassessment',
    release1: ['Progress to Assessment', 'Progress to Re-assessment / Unplanned Review'],
  },
  { value: 'Progress to support planning or services', release1: ['Progress to Support Planning / Services'] },
  { value: 'Continuation of support or services', release1: ['No change in package', 'Provision of service'] },
  { value: 'Admitted to hospital' },
  { value: 'NFA: Responsibility moved to another local authority', release1: ['NFA - Moved to another LA'] },
  { value: 'NFA: Referral to NHS services or NHS funded social care', release1: ['NFA - 100% NHS funded care'] },
  {
    value: 'NFA: Self-funded client or under 12wk disregard',
    release1: ['NFA - Self-funded client (inc. 12wk disregard)'],
  },
  { value: 'NFA: Information and advice or signposting', release1: ['NFA - Information & Advice / Signposting only'] },
  { value: 'NFA: Referral to other service within the local authority' },
  { value: 'NFA: Support declined', release1: ['NFA - Support declined'] },
  { value: 'NFA: Deceased', release1: ['NFA - Deceased'] },
  { value: 'NFA: Support ended as planned', release1: ['Service ended as planned'] },
  { value: 'NFA: Support ended for other reason', release1: ['NFA - Support ended: Other reason'] },
  { value: 'NFA: No services offered for other reason', release1: ['NFA - No services offered: Other reason'] },
  { value: 'NFA: Other', release1: ['NFA- Other'] },
] as const satisfies readonly CodedValue[];

/** Request: Route of Access. The Release 2 spellings are not published; other plausible ones are read too. */
export const routesOfAccess = [
  { value: 'Planned Entry (Transition)', release1: ['Planned entry: Transition'] },
  { value: 'Discharge from Hospital' },
  { value: 'Diversion from Hospital Services' },
  { value: 'Community / Other route', release1: ['Community or other route', 'Community, other route'] },
  { value: 'Prison' },
  { value: 'Self-Funder' },
  { value: 'Discharge from Reablement' },
  { value: 'Transfer from Other LA', release1: ['Transfer from other local authority'] },
] as const satisfies readonly CodedValue[];

/** Assessment Type. */
export const assessmentTypes = [
  { value: 'Short term assessment' },
  { value: 'Long term assessment' },
] as const satisfies readonly CodedValue[];

/** Eligible Needs Identified. */
export const eligibleNeeds = [
  { value: 'Eligible needs identified' },
  { value: 'Non-eligible needs identified' },
  { value: 'No needs identified' },
] as const satisfies readonly CodedValue[];

/** Method of Assessment and Method of Review. */
export const methods = [
  { value: 'Unpaid carer only', release1: ['Carer only'] },
  { value: 'Service user only' },
  { value: 'Service user and unpaid carer', release1: ['Service user and carer'] },
] as const satisfies readonly CodedValue[];

/** Service Type. */
export const serviceTypes = [
  { value: 'Long term support: Nursing care' },
  { value: 'Long term support: Residential care' },
  { value: 'Long term support: Community' },
  { value: 'Long term support: Prison' },
  { value: 'Short term support: ST-Max' },
  { value: 'Short term support: Ongoing low level' },
  { value: 'Short term support: Other short term' },
  { value: 'Unpaid carer support: Direct to unpaid carer', release1: ['Carer Support: Direct to Carer'] },
  {
    value: 'Unpaid carer support: Support involving the person cared-for',
    release1: ['Carer Support: Support involving the person cared-for'],
  },
] as const satisfies readonly CodedValue[];

/** Service Component. */
export const serviceComponents = [
  { value: 'Reablement' },
  { value: 'Short term nursing care' },
  { value: 'Short term residential care' },
  { value: 'Long term nursing care' },
  { value: 'Long term residential care' },
  { value: 'Home support or domiciliary care', release1: ['Home Support'] },
  { value: 'Day support' },
  { value: 'Meals' },
  { value: 'Transport' },
  { value: 'Equipment' },
  { value: 'Direct payment' },
  { value: 'Shared Lives' },
  { value: 'Community supported living' },
  { value: 'Extra care housing' },
  { value: 'Professional support: Social worker', release1: ['Professional Support- Social Worker'] },
  { value: 'Professional support: Other', release1: ['Professional Support'] },
  { value: 'Learning, education or employment support', release1: ['Learning/Education/Employment Support'] },
  { value: 'End of life care' },
  { value: 'Emergency support' },
  { value: 'Other short term support' },
  { value: 'Other long term support' },
  { value: 'Unpaid carer respite', release1: ['Carer Respite'] },
  { value: 'Unpaid carer sitting service', release1: ['Carer Sitting Service'] },
  { value: 'Unpaid carer universal services', release1: ['Carer Universal Services'] },
  { value: 'Other unpaid carer support', release1: ['Other Carer Support'] },
] as const satisfies readonly CodedValue[];

/** Delivery Mechanism. */
export const deliveryMechanisms = [
  { value: 'Direct payment' },
  { value: 'CASSR managed personal budget' },
  { value: 'CASSR commissioned support' },
] as const satisfies readonly CodedValue[];

/** Review Reason. */
export const reviewReasons = [
  { value: 'Planned review of long term support', release1: ['Planned'] },
  { value: 'Review of short term support' },
  {
    value: 'Unplanned: Hospital (planned and unplanned episodes)',
    release1: ['Unplanned - Hospital (Planned and unplanned episodes)'],
  },
  { value: 'Unplanned: Unpaid carer related', release1: ['Unplanned - Carer related'] },
  { value: 'Unplanned: Safeguarding concern', release1: ['Unplanned - Safeguarding concern'] },
  { value: 'Unplanned: Other reason', release1: ['Unplanned - Other Reason'] },
  { value: 'Unplanned: Provider failure', release1: ['Unplanned - Provider Failure'] },
  {
    value: 'Unplanned: Change in commissioning arrangements',
    release1: ['Unplanned - Change in Commissioning arrangements'],
  },
] as const satisfies readonly CodedValue[];

/** Review Outcomes Achieved. */
export const reviewOutcomesAchieved = [
  { value: 'Fully met' },
  { value: 'Partially met' },
  { value: 'Not met' },
] as const satisfies readonly CodedValue[];

/** Cost Frequency (Unit Type). */
export const costFrequencies = [
  { value: 'Per session' },
  { value: 'Hourly' },
  { value: 'Daily' },
  { value: 'Weekly' },
  { value: 'Fortnightly' },
  { value: '4-weekly' },
  { value: 'Monthly' },
  { value: 'Quarterly' },
  { value: 'Annually' },
  { value: 'One-off' },
] as const satisfies readonly CodedValue[];

type ValueOf<List extends readonly CodedValue[]> = List[number]['value'];

export type Gender = ValueOf<typeof genders>;
export type Ethnicity = ValueOf<typeof ethnicities>;
export type ClientType = ValueOf<typeof clientTypes>;
export type PrimarySupportReason = ValueOf<typeof primarySupportReasons>;
export type AccommodationStatus = ValueOf<typeof accommodationStatuses>;
export type EmploymentStatus = ValueOf<typeof employmentStatuses>;
export type YesNoUnknown = ValueOf<typeof yesNoUnknown>;
export type VisualImpairment = ValueOf<typeof visualImpairments>;
export type HearingImpairment = ValueOf<typeof hearingImpairments>;
export type ClientFundingStatus = ValueOf<typeof clientFundingStatuses>;
export type EventType = ValueOf<typeof eventTypes>;
export type EventOutcome =
  ValueOf<typeof eventOutcomes> | 'Progress to financial assessment' | 'Progress to End of Life Care';
export type RouteOfAccess = ValueOf<typeof routesOfAccess>;
export type AssessmentType = ValueOf<typeof assessmentTypes>;
export type EligibleNeeds = ValueOf<typeof eligibleNeeds>;
export type Method = ValueOf<typeof methods>;
export type ServiceType = ValueOf<typeof serviceTypes>;
export type ServiceComponent = ValueOf<typeof serviceComponents>;
export type DeliveryMechanism = ValueOf<typeof deliveryMechanisms> | 'Self-Funder Metering Only';
export type ReviewReason = ValueOf<typeof reviewReasons>;
export type ReviewOutcomesAchieved = ValueOf<typeof reviewOutcomesAchieved>;
export type CostFrequency = ValueOf<typeof costFrequencies>;
