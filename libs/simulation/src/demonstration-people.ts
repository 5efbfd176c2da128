import type { MeaningOfUnable, Outcome } from '@caretrail/assessment/contracts';
import type { Relation, LocationOfRisk, SourceOfRisk, TypeOfRisk } from '@caretrail/safeguarding/contracts';

/** An outcome that somebody cannot achieve, in which meaning of the law, and in their own words. */
export interface Unable {
  readonly outcome: Outcome;
  readonly meaning: MeaningOfUnable;
  readonly words: string;
}

/** How far a demonstration case has come. */
export interface DemonstrationPlan {
  readonly lines: readonly {
    need: Outcome;
    action: string;
    contributor: 'person' | 'carer' | 'family' | 'front-line worker' | 'community';
    weeklyPence: number;
  }[];
  readonly carerMeets: readonly Outcome[];
  readonly inTheirWords: string;
}

/** A made-up adult, what their assessment found, and what was decided. Nobody of this name is meant. */
export interface DemonstrationPerson {
  readonly slug: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly postcode: string;
  readonly gender: 'Female' | 'Male';
  readonly unable: readonly Unable[];
  /** Days before today on which the assessment was completed; left out: not assessed yet. */
  readonly assessedDaysAgo?: number;
  /** Pence a week: what meeting the needs costs, and what the person pays of it. */
  readonly budget?: { readonly daysAgo: number; readonly cost: number; readonly personPays: number };
  readonly plan?: DemonstrationPlan & { readonly daysAgo: number };
}

export interface DemonstrationConcern {
  readonly slug: string;
  readonly adults: readonly string[];
  readonly hoursAgo: number;
  /** Days between the harm and the alert. */
  readonly happenedDaysBefore: number;
  readonly typesOfRisk: readonly TypeOfRisk[];
  readonly source: SourceOfRisk;
  readonly location: LocationOfRisk;
  readonly raisedBy: { readonly name: string; readonly relation: Relation };
  readonly account: string;
  readonly owner?: 'safeguarding' | 'safeguarding-2';
  readonly decision?: {
    readonly hoursAgo: number;
    readonly unableToProtect: boolean;
    /** The reasons on that part. */
    readonly because: string;
  };
  /** What came of the enquiry, how the adult is kept safe, and what the first review of that came to. */
  readonly enquiry?: DemonstrationEnquiry;
}

export interface DemonstrationEnquiry {
  readonly hoursAgo: number;
  readonly found: string;
  readonly wish: string;
  readonly plan: {
    readonly hoursAgo: number;
    readonly steps: readonly { readonly what: string; readonly by: string; readonly days: number }[];
    readonly proportionality: string;
  };
  readonly review: { readonly hoursAgo: number; readonly stepsDone: readonly boolean[]; readonly reasons: string };
}

export const demonstrationPeople: readonly DemonstrationPerson[] = [
  {
    slug: 'margaret',
    firstName: 'Margaret',
    lastName: 'Hollis',
    dateOfBirth: '1944-05-03',
    postcode: 'ZZ4 2AB',
    gender: 'Female',
    unable: [
      { outcome: 'nutrition', meaning: 'cannot without help', words: 'I need help to cook, and I forget to drink.' },
      { outcome: 'personal hygiene', meaning: 'cannot without help', words: 'I cannot wash without help.' },
      {
        outcome: 'using the home safely',
        meaning: 'endangering health or safety',
        words: 'I need lifting out of bed and out of the chair.',
      },
      {
        outcome: 'family and other personal relationships',
        meaning: 'only with significant pain, distress or anxiety',
        words: 'I see Peter. I miss my friends.',
      },
    ],
    assessedDaysAgo: 62,
    budget: { daysAgo: 55, cost: 44_810, personPays: 6_480 },
    plan: {
      daysAgo: 50,
      lines: [
        {
          need: 'nutrition',
          action: 'A worker cooks lunch with me and leaves a jug of water where I can reach it.',
          contributor: 'person',
          weeklyPence: 12_250,
        },
        {
          need: 'personal hygiene',
          action: 'Two workers help me wash and dress every morning.',
          contributor: 'front-line worker',
          weeklyPence: 22_400,
        },
        {
          need: 'using the home safely',
          action: 'Two workers for every lift, with the standing hoist.',
          contributor: 'front-line worker',
          weeklyPence: 9_160,
        },
      ],
      carerMeets: ['family and other personal relationships'],
      inTheirWords: 'I want to stay at home, and two people to lift me.',
    },
  },
  {
    slug: 'samuel',
    firstName: 'Samuel',
    lastName: 'Okoro',
    dateOfBirth: '1991-11-17',
    postcode: 'ZZ7 1QD',
    gender: 'Male',
    unable: [
      { outcome: 'a habitable home', meaning: 'takes much longer', words: 'Cleaning takes me the whole week.' },
      {
        outcome: 'work, training, education or volunteering',
        meaning: 'only with significant pain, distress or anxiety',
        words: 'I want to go back to the workshop.',
      },
    ],
    assessedDaysAgo: 21,
    budget: { daysAgo: 12, cost: 16_120, personPays: 0 },
  },
  {
    slug: 'irene',
    firstName: 'Irene',
    lastName: 'Castle',
    dateOfBirth: '1935-02-20',
    postcode: 'ZZ2 3LT',
    gender: 'Female',
    unable: [
      { outcome: 'nutrition', meaning: 'endangering health or safety', words: 'I burnt my hand twice.' },
      { outcome: 'toilet needs', meaning: 'cannot without help', words: 'I manage in the day, not at night.' },
      {
        outcome: 'being appropriately clothed',
        meaning: 'takes much longer',
        words: 'Buttons take me half the morning.',
      },
    ],
    assessedDaysAgo: 9,
  },
  {
    slug: 'joan',
    firstName: 'Joan',
    lastName: 'Finch',
    dateOfBirth: '1938-08-01',
    postcode: 'ZZ9 4HP',
    gender: 'Female',
    unable: [
      {
        outcome: 'facilities and services in the community',
        meaning: 'takes much longer',
        words: 'The bus is too high for me.',
      },
    ],
    assessedDaysAgo: 30,
  },
  {
    slug: 'albert',
    firstName: 'Albert',
    lastName: 'Finch',
    dateOfBirth: '1936-01-12',
    postcode: 'ZZ9 4HP',
    gender: 'Male',
    unable: [],
  },
  {
    slug: 'lakshmi',
    firstName: 'Lakshmi',
    lastName: 'Menon',
    dateOfBirth: '1959-04-09',
    postcode: 'ZZ1 1EA',
    gender: 'Female',
    unable: [],
  },
  {
    slug: 'tomasz',
    firstName: 'Tomasz',
    lastName: 'Zielinski',
    dateOfBirth: '1974-03-30',
    postcode: 'ZZ3 2RW',
    gender: 'Male',
    unable: [],
  },
  {
    slug: 'grace',
    firstName: 'Grace',
    lastName: 'Mbeki',
    dateOfBirth: '1943-06-22',
    postcode: 'ZZ6 5TN',
    gender: 'Female',
    unable: [],
  },
  {
    slug: 'derek',
    firstName: 'Derek',
    lastName: 'Ashworth',
    dateOfBirth: '1948-10-05',
    postcode: 'ZZ5 1BS',
    gender: 'Male',
    unable: [],
  },
];

/** Whoever signs in as “person” in the demonstration council. */
export const personWithAccount = 'margaret';

export const demonstrationConcerns: readonly DemonstrationConcern[] = [
  {
    slug: 'fall',
    adults: ['margaret'],
    hoursAgo: 24 * 20,
    happenedDaysBefore: 1,
    typesOfRisk: ['Neglect and Acts of Omission'],
    source: 'Service Provider',
    location: 'Own Home',
    raisedBy: { name: 'Ward sister, General Hospital', relation: 'Health worker' },
    account: 'Fell during a lift that one worker did alone; the wrist is broken. The plan says two workers.',
    owner: 'safeguarding',
    decision: {
      hoursAgo: 24 * 18,
      unableToProtect: true,
      because: 'Depends on the workers who lift; cannot refuse a lift alone.',
    },
  },
  {
    slug: 'gate',
    adults: ['joan'],
    hoursAgo: 24 * 36,
    happenedDaysBefore: 2,
    typesOfRisk: ['Financial or Material Abuse'],
    source: 'Other - Unknown to individual',
    location: 'Own Home',
    raisedBy: { name: 'Community police officer', relation: 'Police' },
    account: 'A man took £300 for a gate that he never mended, and has come back twice for more.',
    owner: 'safeguarding',
    decision: {
      hoursAgo: 24 * 35,
      unableToProtect: true,
      because: 'Cannot get to the door in time to look who is there, nor send him away.',
    },
    enquiry: {
      hoursAgo: 24 * 22,
      found: 'Two withdrawals of £150 and the marks at the gate agree with what she says; a neighbour saw him.',
      wish: 'I want him to stay away, and to go on answering my own door.',
      plan: {
        hoursAgo: 24 * 21,
        steps: [
          {
            what: 'A spy hole and a chain at the door, and a sign against callers.',
            by: 'Home improvement agency',
            days: 7,
          },
          {
            what: 'Tell trading standards, and ask the bank to ring before large withdrawals.',
            by: 'Social worker',
            days: 5,
          },
          { what: 'Somebody looks in on the day that the pension comes.', by: 'Her neighbour', days: 10 },
        ],
        proportionality: 'She keeps her card and her door. To hold her money for her would be more than she needs.',
      },
      review: {
        hoursAgo: 24 * 7,
        stepsDone: [true, true, false],
        reasons: 'He came once and was not let in. The neighbour begins next month, so the plan goes on.',
      },
    },
  },
  {
    slug: 'pharmacy',
    adults: ['joan'],
    hoursAgo: 24 * 12,
    happenedDaysBefore: 3,
    typesOfRisk: ['Financial or Material Abuse'],
    source: 'Other - Unknown to individual',
    location: 'In the Community',
    raisedBy: { name: 'Parade pharmacy', relation: 'Member of the public' },
    account: 'A caller asked her to draw out money for a lottery prize. She did not, and told us.',
    owner: 'safeguarding-2',
    decision: {
      hoursAgo: 24 * 11,
      unableToProtect: false,
      because: 'Recognised it, refused, and asked for help.',
    },
  },
  {
    slug: 'medicine',
    adults: ['derek'],
    hoursAgo: 24 * 5,
    happenedDaysBefore: 0,
    typesOfRisk: ['Neglect and Acts of Omission'],
    source: 'Service Provider',
    location: 'Care Home - Residential',
    raisedBy: { name: 'Night manager', relation: 'Care provider' },
    account: 'Evening medicine was not given on three days running.',
    owner: 'safeguarding',
  },
  {
    slug: 'pension',
    adults: ['irene'],
    hoursAgo: 24 * 4,
    happenedDaysBefore: 18,
    typesOfRisk: ['Financial or Material Abuse'],
    source: 'Other - Known to individual',
    location: 'Own Home',
    raisedBy: { name: 'Bank branch', relation: 'Other' },
    account: 'Her pension is drawn on the day it arrives by somebody with her card.',
    owner: 'safeguarding-2',
  },
  {
    slug: 'ward',
    adults: ['samuel'],
    hoursAgo: 20,
    happenedDaysBefore: 0,
    typesOfRisk: ['Physical Abuse'],
    source: 'Service Provider',
    location: 'Hospital - Mental Health',
    raisedBy: { name: 'Advocate', relation: 'Other' },
    account: 'He says that he was held by the arms for longer than he could bear; there are marks.',
    owner: 'safeguarding',
  },
  {
    slug: 'home',
    adults: ['joan', 'albert'],
    hoursAgo: 9,
    happenedDaysBefore: 1,
    typesOfRisk: ['Organisational Abuse', 'Neglect and Acts of Omission'],
    source: 'Service Provider',
    location: 'Care Home - Nursing',
    raisedBy: { name: 'Daughter', relation: 'Family or friend' },
    account: 'Both were left in bed until midday because the floor had one worker.',
    owner: 'safeguarding',
  },
  {
    slug: 'neighbour',
    adults: ['lakshmi'],
    hoursAgo: 6,
    happenedDaysBefore: 0,
    typesOfRisk: ['Psychological Abuse'],
    source: 'Other - Known to individual',
    location: 'Own Home',
    raisedBy: { name: 'Lakshmi Menon', relation: 'The adult' },
    account: 'A neighbour shouts at her through the wall when she cooks; she has stopped cooking.',
  },
  {
    slug: 'hoard',
    adults: ['tomasz'],
    hoursAgo: 3,
    happenedDaysBefore: 0,
    typesOfRisk: ['Self-Neglect'],
    source: 'Other - Known to individual',
    location: 'Own Home',
    raisedBy: { name: 'Fire service', relation: 'Other' },
    account: 'The hall cannot be passed and the cooker is under paper.',
    owner: 'safeguarding-2',
  },
  {
    slug: 'visits',
    adults: ['grace'],
    hoursAgo: 1,
    happenedDaysBefore: 3,
    typesOfRisk: ['Neglect and Acts of Omission'],
    source: 'Service Provider',
    location: 'Own Home',
    raisedBy: { name: 'Niece', relation: 'Family or friend' },
    account: 'Two evening visits were missed and nobody rang.',
  },
];

/** The wards of the demonstration council, by postcode district. `ZZ` is used nowhere in the country. */
export const demonstrationWards: readonly (readonly [district: string, ward: string])[] = [
  ['ZZ1', 'Northgate'],
  ['ZZ2', 'Eastfield'],
  ['ZZ3', 'Holloway Green'],
  ['ZZ4', 'Brackendale'],
  ['ZZ5', 'Lower Wren'],
  ['ZZ6', 'Fennside'],
  ['ZZ7', 'Castle Hill'],
  ['ZZ8', 'Kingsmead'],
  ['ZZ9', 'Greyfriars'],
  ['ZZ10', 'Orchard Park'],
  ['ZZ11', 'Priors Marsh'],
  ['ZZ12', 'Abbey'],
];
