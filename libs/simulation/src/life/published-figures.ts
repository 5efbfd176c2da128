/**
 * Published national figures to which the demonstration council is calibrated: shares of 1 unless said otherwise.
 * Sources: NHS England, Adult Social Care Activity and Finance Report (ASC-FR) and its SALT tables; HSCIC, Community Care
 * Statistics 2014-15 (as reported); The King's Fund, Social care 360; NHS Digital, Adult Social Care Outcomes Framework.
 */
export const published = {
  /** Requests of new clients by people aged 65 and over, 2023-24 (Nuffield Trust from ASC-FR). */
  requestsAged65: 0.68,
  /** Requests for each person who asked, 2018-19 (SALT). */
  requestsPerPerson: 1.43,
  /** How requests came, 2014-15; the rest are the other routes. */
  routes: { community: 0.79, hospital: 0.18 },
  /** What happened next, 2014-15; the rest is everything else. */
  sequels: { signposted: 0.31, none: 0.28, lowLevel: 0.16, shortTerm: 0.12, longTerm: 0.08 },
  /** People in long-term support in the community who have a direct payment, wholly or in part, 2020-21 (SALT). */
  directPayments: { younger: 0.3782, older: 0.1375 },
  /** People in long-term support for more than a year who were reviewed in the year, 2019-20 (SALT). */
  reviewedInTheYear: 0.608,
  /** Social care-related quality of life, out of 24, 2020-21 (ASCOF 1A). */
  qualityOfLife: { younger: 19.2, older: 18.8 },
} as const;

/** People in long-term support by primary support reason, England, 2020-21 (SALT): aged 18–64, and 65 and over. */
export const supportReasons = [
  { reason: 'access and mobility', younger: 18_255, older: 63_565 },
  { reason: 'personal care', younger: 67_700, older: 345_005 },
  { reason: 'sensory', younger: 3_615, older: 7_570 },
  { reason: 'memory and cognition', younger: 4_905, older: 74_040 },
  { reason: 'learning disability', younger: 133_670, older: 17_895 },
  { reason: 'mental health', younger: 53_785, older: 33_980 },
  { reason: 'social', younger: 7_755, older: 9_490 },
] as const;
export type SupportReason = (typeof supportReasons)[number]['reason'];
