import {
  ContributeToSpecification,
  OpenSpecification,
  PublishSpecification,
  WriteSpecificationVersion,
} from '@caretrail/commissioning';
import { addDays, addMonths, type PlainDate } from '@caretrail/kernel';
import { idOf, type LifeStep, workingDay } from './life/life-step.js';

const SEED = 996;
const ORGANISATIONS = {
  neighbours: 'Wrenbridge Good Neighbours (made up)',
  age: 'Older and Bolder Wrenbridge (made up)',
  carers: 'Wrenbridge Carers’ Association (made up)',
  council: 'Wrenbridge Council (made up)',
  homes: 'Fennside Homes (made up)',
  advice: 'Wrenbridge Advice Centre (made up)',
} as const;

interface Made {
  readonly name: string;
  readonly by: keyof typeof ORGANISATIONS;
  readonly terms: readonly string[];
  readonly about: string;
  /** Name of the place and its postcode; left out of what is given by phone, online or at home. */
  readonly at?: readonly [name: string, postcode: string];
  readonly when?: readonly [byday: string, opens: string, closes: string];
  /** Pounds; 0 is free. */
  readonly cost?: readonly [amount: number, per: string];
  readonly from?: number;
}

/** Made up, like everything of this council; the names are those to which its people are signposted. */
const services: readonly Made[] = [
  {
    name: 'Wrenbridge Good Neighbours',
    by: 'neighbours',
    terms: ['Company', 'Help at home'],
    about: 'A neighbour who looks in, carries the shopping and stays for a cup of tea.',
    cost: [0, 'a visit'],
  },
  {
    name: 'Tea at the Hall',
    by: 'neighbours',
    terms: ['Company'],
    about: 'Tea, cake and whoever comes. No need to book.',
    at: ['Mill Hall', 'ZZ1 4MH'],
    when: ['WE', '14:00', '16:00'],
    cost: [1.5, 'with cake'],
  },
  {
    name: 'Older and Bolder lunch club',
    by: 'age',
    terms: ['Company', 'Meals'],
    about: 'A hot lunch, and games for those who stay.',
    at: ['Eastfield Centre', 'ZZ2 1EF'],
    when: ['TU,TH', '12:00', '14:30'],
    cost: [5.5, 'a meal'],
    from: 60,
  },
  {
    name: 'Strong and Steady',
    by: 'age',
    terms: ['Health and exercise'],
    about: 'Strength and balance, sitting and standing, with somebody who knows what a fall does.',
    at: ['Castle Hill Library', 'ZZ7 2QT'],
    when: ['MO', '10:30', '11:30'],
    cost: [3, 'a class'],
    from: 65,
  },
  {
    name: 'Swim together',
    by: 'council',
    terms: ['Health and exercise'],
    about: 'A warm pool with a hoist, for people who swim slowly or for the first time in years.',
    at: ['Kingsmead Pool', 'ZZ8 1KP'],
    when: ['FR', '13:00', '14:00'],
    cost: [2.8, 'a swim'],
  },
  {
    name: 'Walking for Health',
    by: 'council',
    terms: ['Health and exercise', 'Company'],
    about: 'Half an hour along the Wren, at the pace of the slowest.',
    at: ['Lower Wren car park', 'ZZ5 3LW'],
    when: ['TU', '10:00', '11:00'],
    cost: [0, 'a walk'],
  },
  {
    name: 'Wrenbridge Carers’ Tea',
    by: 'carers',
    terms: ['Support for carers', 'Company'],
    about: 'For those who look after somebody: talk, or do not.',
    at: ['Abbey Rooms', 'ZZ12 1AR'],
    when: ['1TH', '10:30', '12:00'],
    cost: [0, 'a morning'],
  },
  {
    name: 'The Carers’ Line',
    by: 'carers',
    terms: ['Support for carers', 'Advice'],
    about: 'Somebody to ring, day or night, who has cared for somebody too.',
    cost: [0, 'a call'],
  },
  {
    name: 'Sitting service',
    by: 'carers',
    terms: ['Support for carers', 'Help at home'],
    about: 'Somebody stays with the person for three hours while the carer goes out.',
    cost: [0, 'once a month'],
  },
  {
    name: 'Homes First',
    by: 'homes',
    terms: ['Housing'],
    about: 'Moving to somewhere that suits, from the first thought to the last box.',
    at: ['Fennside Office', 'ZZ6 2FO'],
    when: ['MO,TU,WE,TH,FR', '09:00', '16:30'],
    cost: [0, 'for tenants and owners'],
  },
  {
    name: 'Wrenbridge Handyperson Scheme',
    by: 'homes',
    terms: ['Housing', 'Equipment and adaptations'],
    about: 'Grab rails, key safes, a bulb that is out of reach.',
    cost: [18, 'an hour, and the materials'],
  },
  {
    name: 'Living Aids Library',
    by: 'council',
    terms: ['Equipment and adaptations'],
    about: 'Kettle tippers, perching stools and talking clocks to take home for a fortnight.',
    at: ['Orchard Park Hub', 'ZZ10 4TR'],
    when: ['WE,SA', '10:00', '15:00'],
    cost: [0, 'a loan'],
  },
  {
    name: 'Wrenbridge Advice Centre',
    by: 'advice',
    terms: ['Money and benefits', 'Advice'],
    about: 'Benefits, debts and letters that nobody understands.',
    at: ['Greyfriars', 'ZZ9 1GF'],
    when: ['MO,WE,FR', '09:30', '15:30'],
    cost: [0, 'an appointment'],
  },
  {
    name: 'Pensions Talk',
    by: 'advice',
    terms: ['Money and benefits', 'Advice'],
    about: 'Attendance allowance and what else there may be, on the phone.',
    cost: [0, 'a call'],
  },
  {
    name: 'Wrenbridge Dial-a-Ride',
    by: 'council',
    terms: ['Transport'],
    about: 'A bus that comes to the door and takes wheelchairs. Ring the day before.',
    cost: [2, 'a ride'],
  },
  {
    name: 'Car Club of the Marshes',
    by: 'neighbours',
    terms: ['Transport', 'Help at home'],
    about: 'To the hospital, and back when it is done.',
    cost: [0.45, 'a mile'],
  },
  {
    name: 'Back to work club',
    by: 'advice',
    terms: ['Work and learning'],
    about: 'For those who have been ill, or away, or caring.',
    at: ['Greyfriars', 'ZZ9 1GF'],
    when: ['TH', '13:00', '15:00'],
    cost: [0, 'a session'],
  },
  {
    name: 'Learn the tablet',
    by: 'age',
    terms: ['Work and learning', 'Company'],
    about: 'One to one, as often as it takes.',
    at: ['Holloway Green Library', 'ZZ3 2HG'],
    when: ['TU', '10:00', '12:00'],
    cost: [0, 'a lesson'],
    from: 50,
  },
  {
    name: 'Men in sheds',
    by: 'age',
    terms: ['Company', 'Work and learning'],
    about: 'Wood, tools and tea. Women come too.',
    at: ['Brackendale Yard', 'ZZ4 1BY'],
    when: ['MO,TH', '10:00', '13:00'],
    cost: [2, 'a morning'],
  },
  {
    name: 'Gardening together',
    by: 'neighbours',
    terms: ['Health and exercise', 'Company'],
    about: 'Raised beds for bad backs.',
    at: ['Priors Marsh Allotments', 'ZZ11 5PM'],
    when: ['SA', '10:00', '12:00'],
    cost: [0, 'bring gloves'],
  },
  {
    name: 'Memory café',
    by: 'carers',
    terms: ['Company', 'Support for carers'],
    about: 'For people with dementia and whoever comes with them.',
    at: ['Northgate Chapel', 'ZZ1 2NG'],
    when: ['2WE', '14:00', '16:00'],
    cost: [0, 'an afternoon'],
  },
  {
    name: 'Meals that come',
    by: 'age',
    terms: ['Meals', 'Help at home'],
    about: 'A hot meal at the door, seven days a week, and somebody who looks whether all is well.',
    cost: [6.2, 'a meal'],
  },
  {
    name: 'Wrenbridge Connect',
    by: 'council',
    terms: ['Advice'],
    about: 'One number for everything that there is in Wrenbridge, answered by somebody who listens.',
    cost: [0, 'a call'],
  },
  {
    name: 'The Library Desk',
    by: 'council',
    terms: ['Advice'],
    about: 'Forms, timetables and who to ask, at a desk, with a person behind it.',
    at: ['Northgate Library', 'ZZ1 3NG'],
    when: ['MO,TU,WE,TH,FR,SA', '09:30', '17:00'],
    cost: [0, 'a question'],
  },
];

/** The id under which the demonstration’s directory has a service of this name. */
export const directoryServiceId = (name: string): string => idOf(SEED, `directory-service/${name}`);

const recordOf = ({ name, by, terms, about, at, when, cost, from }: Made) => {
  const id = directoryServiceId(name);
  const part = (what: string) => idOf(SEED, `directory/${name}/${what}`);
  return {
    id,
    name,
    description: `${about} Made up for the demonstration council.`,
    status: 'active',
    ...(from && { minimum_age: from }),
    organization: { id: idOf(SEED, `directory-organisation/${by}`), name: ORGANISATIONS[by], description: 'Made up.' },
    phones: [
      { id: part('phone'), number: `01632 960${String(100 + services.findIndex((each) => each.name === name))}` },
    ],
    ...(cost && {
      cost_options: [{ id: part('cost'), currency: 'gbp', amount: cost[0], amount_description: cost[1] }],
    }),
    ...(when && {
      schedules: [
        {
          id: part('schedule'),
          freq: /^\d/.test(when[0]) ? 'MONTHLY' : 'WEEKLY',
          byday: when[0],
          opens_at: when[1],
          closes_at: when[2],
        },
      ],
    }),
    attributes: terms.map((term) => ({
      id: part(`term/${term}`),
      link_type: 'need',
      taxonomy_term: {
        id: idOf(SEED, `directory-term/${term}`),
        name: term,
        description: term,
        taxonomy: 'Need (made up)',
      },
    })),
    service_areas: [{ id: part('area'), name: 'Wrenbridge' }],
    ...(at && {
      service_at_locations: [
        {
          id: part('service-at-location'),
          location: {
            id: part('location'),
            location_type: 'physical',
            name: at[0],
            addresses: [
              {
                id: part('address'),
                address_1: at[0],
                city: 'Wrenbridge',
                postal_code: at[1],
                country: 'GB',
                address_type: 'physical',
              },
            ],
          },
        },
      ],
    }),
  };
};

/** One edition of the directory, as its file. */
export interface DirectoryEdition {
  readonly publishedOn: PlainDate;
  readonly name: string;
  readonly content: Uint8Array;
  readonly whole: true;
}

/**
 * The directory of the demonstration council (made up, and it says so) as Open Referral UK serves it: of the first day,
 * and of half a year before the last one, when a class has closed for now, one has a new price, and a club has ended.
 */
export function directoryEditions(from: PlainDate, until: PlainDate): readonly DirectoryEdition[] {
  const records = services.map(recordOf);
  const later = records
    .filter(({ name }) => name !== 'Back to work club')
    .map((record) =>
      record.name === 'Swim together'
        ? { ...record, status: 'temporarily closed', alert: 'The pool is being mended.' }
        : record.name === 'Wrenbridge Dial-a-Ride'
          ? { ...record, cost_options: [{ ...record.cost_options![0]!, amount: 2.5 }] }
          : record,
    );
  const edition = (publishedOn: PlainDate, contents: readonly unknown[]): DirectoryEdition => ({
    publishedOn,
    name: `simulated-directory-${publishedOn}.json`,
    content: Buffer.from(JSON.stringify({ total_items: contents.length, total_pages: 1, page_number: 1, contents })),
    whole: true,
  });
  return [edition(workingDay(from), records), edition(workingDay(addMonths(until, -6)), later)];
}

/** A specification that is written with those for whom the service is there, over some months before the last day. */
export function specificationLife(until: PlainDate): readonly LifeStep[] {
  const specificationId = idOf(SEED, 'specification/home-support');
  const day = (before: number): PlainDate => workingDay(addDays(until, -before));
  const life = 'specification/home-support';
  const step = (name: string, before: number, command: LifeStep['command']): LifeStep => ({
    id: `${life}/${name}`,
    life,
    on: day(before),
    who: 'commissioner',
    personId: '',
    command,
  });
  const said = [
    {
      slug: 'people',
      role: 'people with lived experience',
      people: 9,
      way: 'workshop',
      inTheirWords: 'Come when I get up, not when it suits the round. And let it be somebody whose name I know.',
    },
    {
      slug: 'carers',
      role: 'carers',
      people: 6,
      way: 'interview',
      inTheirWords: 'Ring when you are late. I have stood in my coat at that window too often.',
    },
    {
      slug: 'providers',
      role: 'providers',
      people: 4,
      way: 'in writing',
      inTheirWords: 'Pay for the time on the road, or nobody will drive to Fennside.',
    },
    {
      slug: 'staff',
      role: 'front-line staff',
      people: 11,
      way: 'survey',
      inTheirWords: 'Fifteen minutes is not a visit.',
    },
  ] as const;
  const contributionId = (slug: string): string => idOf(SEED, `${life}/${slug}`);
  return [
    step(
      'opened',
      200,
      (meta) =>
        new OpenSpecification(
          {
            specificationId,
            title: 'Support at home',
            component: 'Home support or domiciliary care',
            purpose: 'Support in their own home for people who cannot manage all of the day alone, on their terms.',
          },
          meta,
        ),
    ),
    ...said.map(({ slug, ...data }, index) =>
      step(
        slug,
        180 - 12 * index,
        (meta) =>
          new ContributeToSpecification({ ...data, specificationId, contributionId: contributionId(slug) }, meta),
      ),
    ),
    step(
      'version-1',
      120,
      (meta) =>
        new WriteSpecificationVersion(
          {
            specificationId,
            sections: [
              {
                heading: 'Whose day it is',
                text: 'The times of visits are agreed with the person. A visit begins within 15 minutes of its time; whoever will be later rings before.',
              },
              {
                heading: 'Who comes',
                text: 'The person knows by name who comes, and no more than five people come in a month.',
              },
              { heading: 'How long', text: 'No visit for personal care is shorter than 30 minutes.' },
            ],
            answers: [
              {
                contributionId: contributionId('people'),
                takenUp: true,
                answer: 'Times are agreed with the person, and at most five people come.',
              },
              {
                contributionId: contributionId('carers'),
                takenUp: true,
                answer: 'Whoever will be later than 15 minutes rings before.',
              },
              {
                contributionId: contributionId('providers'),
                takenUp: false,
                answer:
                  'Time on the road is in the hourly rate; a higher rate for Fennside is looked at with the fees for next year.',
              },
              {
                contributionId: contributionId('staff'),
                takenUp: true,
                answer: 'No visit for personal care is shorter than 30 minutes.',
              },
            ],
          },
          meta,
        ),
    ),
    step('published', 110, (meta) => new PublishSpecification({ specificationId, version: 1 }, meta)),
  ];
}
