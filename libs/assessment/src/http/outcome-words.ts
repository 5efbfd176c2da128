import { type CarerOutcome, type MeaningOfUnable, type Outcome, outcomes } from '../contracts/index.js';

/** The ten outcomes of Elig Regs reg 2(2) as one asks a person about them. */
export const outcomeWords: Readonly<Record<Outcome, { readonly title: string; readonly hint: string }>> = {
  nutrition: {
    title: 'Eating and drinking',
    hint: 'Getting food and drink, preparing it, and eating and drinking enough.',
  },
  'personal hygiene': { title: 'Washing and keeping clean', hint: 'Washing themselves, and washing their clothes.' },
  'toilet needs': {
    title: 'Using the toilet',
    hint: 'Getting to the toilet, using it, and managing other toilet needs.',
  },
  'being appropriately clothed': {
    title: 'Getting dressed',
    hint: 'Dressing and undressing, and wearing what suits the weather and their health.',
  },
  'using the home safely': {
    title: 'Moving safely at home',
    hint: 'Getting in and around the home, with its steps, kitchen and bathroom.',
  },
  'a habitable home': {
    title: 'Looking after the home',
    hint: 'Keeping it clean and safe enough to live in, with water, heating and light.',
  },
  'family and other personal relationships': {
    title: 'Family and friends',
    hint: 'Keeping up with people who matter, and not being lonely.',
  },
  'work, training, education or volunteering': {
    title: 'Work, learning, volunteering',
    hint: 'Taking part in paid work, training, education or volunteering, where they want to.',
  },
  'facilities and services in the community': {
    title: 'Getting out',
    hint: 'Getting about safely and using transport, shops, parks, a place of worship and other services.',
  },
  'caring responsibilities for a child': {
    title: 'Caring for a child',
    hint: 'Any child for whom they are responsible.',
  },
};

/** The four meanings of “unable”, Elig Regs reg 2(3), as answers. */
export const meaningWords: Readonly<Record<MeaningOfUnable, string>> = {
  'cannot without help': 'Not without help',
  'only with significant pain, distress or anxiety': 'Only with significant pain, distress or anxiety',
  'endangering health or safety': 'Yes, but it endangers their health or safety, or somebody else’s',
  'takes much longer': 'Yes, but it takes much longer than it normally would',
};

/** The title of an outcome, at the place it has in the regulations. */
export const titleAt = (index: number): string => outcomeWords[outcomes[index]!].title;

/** The outcomes of Elig Regs reg 3(2)(b) as one asks about a carer. */
export const carerOutcomeTitles: Readonly<Record<CarerOutcome, string>> = {
  'caring responsibilities for a child': 'Caring for a child',
  'providing care to other people': 'Caring for other people',
  'a habitable home': 'Looking after the carer’s own home',
  nutrition: 'Eating and drinking',
  'family and other personal relationships': 'Family and friends',
  'work, training, education or volunteering': 'Work, learning, volunteering',
  'facilities and services in the community': 'Getting out',
  'recreational activities': 'Time for what they enjoy',
};
