import { independentLivingAreas } from './values.js';

/** A questionnaire with levels 0–3 for each domain; 3 is the best. What was asked is kept by name and version. */
export interface Instrument {
  readonly name: string;
  readonly version: string;
  readonly domains: readonly string[];
  /** What each level means, from 0 to 3. */
  readonly levels: readonly [string, string, string, string];
}

/** How each level reads: the needs in a domain are high, some, none, or life there is as the person wants it. */
const levels = ['high needs', 'some needs', 'no needs', 'as I want it'] as const;

/**
 * What outcomes are measured with. A version is never changed: a new wording is a new version, and the old one stays.
 * The domains of quality of life are those that the Adult Social Care Outcomes Toolkit made usual.
 */
export const instruments: readonly Instrument[] = [
  {
    name: 'Quality of life',
    version: '1',
    domains: [
      'control over daily life',
      'personal cleanliness and comfort',
      'food and drink',
      'personal safety',
      'social life',
      'occupation',
      'accommodation cleanliness and comfort',
      'dignity',
    ],
    levels,
  },
  { name: 'Independent living', version: '1', domains: independentLivingAreas, levels },
];

/** The instrument of this name and version; undefined when there is none. */
export const instrumentOf = (name: string, version: string): Instrument | undefined =>
  instruments.find((known) => known.name === name && known.version === version);
