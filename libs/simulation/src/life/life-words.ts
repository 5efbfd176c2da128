import type { Outcome } from '@caretrail/assessment/contracts';

/** What people say of a need, what may be done about it, and what shall be different; all of it made up. */
interface WordsOfNeed {
  /** In their own words. */
  readonly own: readonly string[];
  readonly actions: readonly string[];
  readonly outcome: string;
}

export const wordsOf: Readonly<Record<Outcome, WordsOfNeed>> = {
  nutrition: {
    own: [
      'I forget to eat when I am on my own.',
      'I cannot lift the pan any more.',
      'I eat toast, because it is what I can make.',
    ],
    actions: [
      'A worker cooks lunch with me and leaves a cold supper.',
      'The lunch club at the church hall on three days.',
      'Shopping together on Fridays, and cooking for the weekend.',
    ],
    outcome: 'I eat a warm meal every day, and enjoy it.',
  },
  'personal hygiene': {
    own: [
      'I have not been in the bath since the fall.',
      'I do not like strangers washing me.',
      'It takes the whole morning and I am tired after.',
    ],
    actions: [
      'The same two workers help with washing every morning.',
      'A bath seat, and a worker twice a week.',
      'A worker who stays near while I shower myself.',
    ],
    outcome: 'I am clean and comfortable, in my own way.',
  },
  'toilet needs': {
    own: ['I do not always get there in time.', 'At night I cannot manage.', 'I do not go out because of it.'],
    actions: [
      'A raised seat and a rail, and a call at bedtime.',
      'A worker helps in the morning and in the evening.',
      'Advice from the continence nurse, and four calls a day.',
    ],
    outcome: 'I get there in time, by day and by night.',
  },
  'being appropriately clothed': {
    own: ['Buttons take me half the morning.', 'I wear what I can get over my head.', 'I cannot reach my feet.'],
    actions: [
      'Help with dressing at the morning call.',
      'Clothes with zips and a long shoehorn, chosen together.',
      'A worker lays out clothes for the weather.',
    ],
    outcome: 'I am dressed by ten, in clothes that I chose.',
  },
  'using the home safely': {
    own: ['I hold on to the furniture.', 'I fell twice on the stairs.', 'I leave the gas on, they tell me.'],
    actions: [
      'A second handrail, and an alarm round the neck.',
      'A worker at the times when I go up and down.',
      'The cooker is changed for one that turns itself off.',
    ],
    outcome: 'I move about my home without being afraid.',
  },
  'a habitable home': {
    own: ['It has got on top of me.', 'I cannot change the bed.', 'Nobody can visit me as it is.'],
    actions: [
      'Two hours a week of help with the house, done together.',
      'A big clear-up first, then a short visit each week.',
      'The neighbour’s daughter is paid to clean.',
    ],
    outcome: 'My home is clean enough to have people round.',
  },
  'family and other personal relationships': {
    own: ['I see nobody from Monday to Friday.', 'I miss my friends from work.', 'My son lives a long way off.'],
    actions: [
      'A befriender who likes football, on Wednesdays.',
      'Help to use the tablet for calls with the family.',
      'A small group that goes out together on Saturdays.',
    ],
    outcome: 'I see somebody whom I like on most days.',
  },
  'work, training, education or volunteering': {
    own: [
      'I want to go back to the workshop.',
      'I would like a job with animals.',
      'I left college and nobody asked why.',
    ],
    actions: [
      'A job coach for the first three months.',
      'Two mornings at the city farm, with somebody who comes along at first.',
      'The evening course, and a lift home.',
    ],
    outcome: 'I do something that others need, twice a week.',
  },
  'facilities and services in the community': {
    own: ['The bus is too high for me.', 'I do not go out alone any more.', 'Crowds make me panic.'],
    actions: [
      'A personal assistant for the shops and the library.',
      'Travel training, then on my own with the phone.',
      'Dial-a-ride on Tuesdays, with a friend from church.',
    ],
    outcome: 'I go out twice a week to where I want to go.',
  },
  'caring responsibilities for a child': {
    own: ['Mornings before school are the worst.', 'I am afraid to lift her.', 'I need somebody when I am not well.'],
    actions: [
      'Help on school mornings, agreed with children’s services.',
      'A worker at bath time, so that I do it and they lift.',
      'A plan for bad days, with my sister.',
    ],
    outcome: 'My child is at school on time, and I took her.',
  },
};

/** The name that a carer's own health has among their needs, beside the outcomes of reg 3(2)(b). */
export const CARERS_HEALTH = 'physical or mental health of the carer';

const carersWords: Readonly<Record<string, WordsOfNeed>> = {
  [CARERS_HEALTH]: {
    own: ['I sleep four hours.', 'My back is gone from the lifting.'],
    actions: ['A night each week when somebody else gets up.', 'The course on lifting, and a hoist at home.'],
    outcome: 'I sleep through twice a week.',
  },
  'providing care to other people': {
    own: ['My mother needs me, too.'],
    actions: ['A sitter on Mondays, so that I can be with my mother.'],
    outcome: 'I see to my mother once a week.',
  },
  'recreational activities': {
    own: ['I have not had a day to myself since spring.', 'I used to sing.'],
    actions: ['A free afternoon each week, with a sitter.', 'The choir on Thursdays, and somebody at home meanwhile.'],
    outcome: 'I have an afternoon to myself every week.',
  },
};

/** The words for a need of an adult or of a carer. */
export const wordsFor = (need: string): WordsOfNeed =>
  carersWords[need] ?? (wordsOf as Readonly<Record<string, WordsOfNeed>>)[need]!;

export const MATTERS = [
  'Staying in my own home.',
  'My garden, and the birds in it.',
  'Seeing my grandchildren.',
  'Going to the match on Saturday.',
  'Being asked, and not told.',
  'My faith, and the people there.',
  'Getting a job.',
] as const;

export const STRENGTHS = [
  'Knows everybody in the street.',
  'Has run a household for sixty years.',
  'Remembers every song.',
  'Good with numbers and with animals.',
  'Asks for help when it is needed.',
  'Has a sense of humour that carries others, too.',
] as const;

export const CIRCLE = [
  ['A daughter', 'rings every evening, comes on Sundays'],
  ['A neighbour', 'has a key, and looks in'],
  ['A brother', 'drives to appointments'],
  ['A friend from work', 'comes for cards'],
  ['People of the church', 'bring lunch once a month'],
] as const;

export const WHY_NOT = [
  'I do not want to do the paperwork.',
  'I would rather the council arranged it.',
  'Too much to look after.',
  'I do not know anybody whom I would employ.',
] as const;

/** Why somebody with a direct payment does not want the money held otherwise. */
export const WHY_NOT_OTHERWISE = [
  'I want to choose who comes, and when.',
  'Then I would have to ask somebody each time.',
  'I have always looked after my own money.',
] as const;

/** Services for everybody in the made-up area, by kind. */
export const UNIVERSAL = [
  ['befriending and social groups', 'Wrenbridge Good Neighbours', 'Tea at the Hall'],
  ['equipment and adaptations', 'Wrenbridge Handyperson Scheme', 'Living Aids Library'],
  ['money and benefits', 'Wrenbridge Advice Centre', 'Pensions Talk'],
  ['health and exercise', 'Strong and Steady', 'Walking for Health'],
  ['transport', 'Wrenbridge Dial-a-Ride', 'Car Club of the Marshes'],
  ['information and advice', 'Wrenbridge Connect', 'The Library Desk'],
] as const;
