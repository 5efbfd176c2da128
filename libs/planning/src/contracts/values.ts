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

/** Review Reason of Client Level Data. */
export const reviewReasons = [
  'Planned review of long term support',
  'Review of short term support',
  'Unplanned: Hospital (planned and unplanned episodes)',
  'Unplanned: Unpaid carer related',
  'Unplanned: Safeguarding concern',
  'Unplanned: Other reason',
  'Unplanned: Provider failure',
  'Unplanned: Change in commissioning arrangements',
] as const;

/** Method of Review of Client Level Data: who took part. */
export const reviewMethods = ['Service user only', 'Unpaid carer only', 'Service user and unpaid carer'] as const;

/** Review Outcomes Achieved of Client Level Data. */
export const reviewOutcomesAchieved = ['Fully met', 'Partially met', 'Not met'] as const;

/** Who gives the support of a line, and also whose line it is: who brought it in, when the plan was made together. */
export const contributors = ['person', 'carer', 'family', 'front-line worker', 'community'] as const;
export type Contributor = (typeof contributors)[number];

/** The lawful reasons why the council does not meet a need itself. Any other is an open duty. */
export const reasonsNotMet = [
  'a carer meets it (s18(7))',
  'the person declined',
  'not asked for',
  'another power or bar (s21–s23)',
] as const;
export type ReasonNotMet = (typeof reasonsNotMet)[number];

/** On what a reason rests, where the section that it cites has conditions of its own. Each belongs to one reason. */
export const basesOfReasons = {
  'not asked for': [
    'resources above the limit, and somebody can arrange the care (s18(3)–(4))',
    'a carer with resources above the limit (s20(3))',
  ],
  'another power or bar (s21–s23)': [
    'subject to immigration control (s21)',
    'the NHS has to provide it (s22)',
    'the housing authority has to provide it (s23)',
  ],
} as const satisfies Partial<Record<ReasonNotMet, readonly string[]>>;
/** Reasons, and what they rest on, that the law has for an adult's needs alone, or for a carer's alone. */
export const onlyForAdults: readonly string[] = [reasonsNotMet[0], basesOfReasons['not asked for'][0]];
export const onlyForCarers: readonly string[] = [basesOfReasons['not asked for'][1]];

export const bases = Object.values(basesOfReasons).flat();
export type Basis = (typeof bases)[number];

/** Why a need is open: none of these is a lawful reason, and the duty stands. */
export const openReasons = [
  'no provider found yet',
  'no provider at this price',
  'nothing yet that the person would accept',
  'waiting for another body',
  'other',
] as const;
export type OpenReason = (typeof openReasons)[number];

/** Whether the person agrees to the plan. */
export const agreements = ['agreed', 'dissents'] as const;
export type Agreement = (typeof agreements)[number];

/** What an intervention is for: the person's benefit, or protection, or a change of behaviour. */
export const purposes = ['benefit', 'protection', 'behaviour change'] as const;
export type Purpose = (typeof purposes)[number];

/** On what an intervention may rest that is not for the person's benefit alone. */
export const protectionBases = [
  'consent of the person',
  'best interests (MCA 2005 s4–s6)',
  'deprivation of liberty authorised (MCA 2005 Sch A1)',
  'order of the Court of Protection (MCA 2005 s16)',
  'guardianship (MHA 1983 s7)',
  'community treatment order (MHA 1983 s17A)',
  'order of the High Court (inherent jurisdiction)',
  'civil injunction (ASBCPA 2014 s1)',
  'child protection plan (Children Act 1989 s47)',
] as const;
export type ProtectionBasis = (typeof protectionBases)[number];

/** For whose good an intervention is that protects or changes behaviour. */
export const beneficiaries = ['the person', 'a carer', 'a child', 'another adult', 'the public'] as const;
export type Beneficiary = (typeof beneficiaries)[number];

/** The ways in which a need can be met that are put before the person (Care Act 2014 s8). */
export const waysToMeet = [
  'a service that the council arranges',
  'a direct payment',
  'a personal assistant',
  'equipment or an adaptation',
  'technology',
  'support by family or friends',
  'support in the community',
  'a break for the carer',
  'accommodation with care',
] as const;
export type WayToMeet = (typeof waysToMeet)[number];

/** The areas of independent living for which a plan holds outcomes beside the ten of eligibility. */
export const independentLivingAreas = [
  'housing',
  'transport and mobility',
  'health',
  'employment',
  'education',
] as const;
export type IndependentLivingArea = (typeof independentLivingAreas)[number];

/** Who signs for the person's side of a plan. The council's side is whoever signs the plan off. */
export const signatories = ['person', 'representative'] as const;

/** By which authority a representative signed, before the register of representatives was asked. */
export const authorities = [
  'attorney (MCA 2005 s9)',
  'deputy (MCA 2005 s16)',
  'authorised person (Care Act 2014 s32)',
  'best interests (MCA 2005 s4)',
  'asked by the person',
] as const;

export const waysToSign = ['on paper', 'online', 'in words or signs'] as const;

/** What a representation has to cover for a signature on a plan: a scope of the register of representatives. */
export const SCOPE_OF_PLANS = 'support planning';
/** The same for a request for a review. */
export const SCOPE_OF_REVIEWS = 'reviews';

/** To whom a copy of the plan was given (Care Act 2014 s25(9)), and in which form. */
export const recipients = ['the person', 'the carer', 'another whom the person asked for'] as const;
export const formats = [
  'letter',
  'email',
  'easy read',
  'large print',
  'audio',
  'British Sign Language',
  'other language',
] as const;

/** Who dissents. */
export const dissenters = ['person', 'representative', 'carer'] as const;

/** The five points by which support is called self-directed. */
export const fivePoints = [
  'controlled by the person',
  'level agreed openly',
  'help close to the person',
  'the person controls the money',
  'ethical principles',
] as const;
export type FivePoint = (typeof fivePoints)[number];
export const pointAnswers = ['yes', 'in part', 'no'] as const;
export type PointAnswer = (typeof pointAnswers)[number];

/** Before the plan takes effect, along the way, or at a review. */
export const moments = ['before', 'during', 'after'] as const;
export type Moment = (typeof moments)[number];

/** Who answered a measure. */
export const respondents = ['the person', 'the person with help', 'somebody on their behalf'] as const;

/** Who asks for a review (Care Act 2014 s27(1)(b)). */
export const requesters = ['the person', 'a carer', 'a representative', 'a provider', 'the council'] as const;

/** What follows from a review for the plan. */
export const reviewConsequences = [
  'the plan goes on as it is',
  'the plan is revised',
  'the plan and the budget are revised',
  'the needs are assessed again',
  'the plan ends',
] as const;
export type ReviewConsequence = (typeof reviewConsequences)[number];

/** Why a plan ends. */
export const closingReasons = [
  'the person died',
  'ordinarily resident elsewhere (s37)',
  'no eligible needs any more',
  'the person declined',
  'the NHS provides all of it',
  'another plan takes its place',
] as const;
export type ClosingReason = (typeof closingReasons)[number];
