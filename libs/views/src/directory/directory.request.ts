import { type Areas } from '@caretrail/platform';
import type { AsOfDays } from '@caretrail/web';
import { z } from 'zod';
import type { DirectoryDays, DirectorySearch } from './directory.query.js';
import { postcodePattern } from './places.js';

const searched = z.string().trim().max(200).optional().catch(undefined);

/** What is asked of the directory, in the address of a page or of the API. */
export const directorySearch = z.object({
  words: searched,
  term: searched,
  place: searched,
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type AskedOfDirectory = z.infer<typeof directorySearch>;

export const PLACE_IS_KNOWN = 'Enter one of the council’s areas, or the beginning of a postcode such as WB1 or WB1 4.';

export interface ReadSearch extends DirectorySearch {
  /** What is wrong with the place; then it filters nothing. */
  readonly placeError?: string;
}

/** @param areas the council’s own, by postcode prefix */
export function searchFrom(
  { words, term, place }: AskedOfDirectory,
  areas: Awaited<ReturnType<Areas['map']>>,
): ReadSearch {
  const postcodes = place ? postcodePattern(place, areas) : undefined;
  return {
    words: words || undefined,
    term: term || undefined,
    postcodes,
    ...(place && !postcodes && { placeError: PLACE_IS_KNOWN }),
  };
}

export const daysOf = ({ effective, known }: AsOfDays): DirectoryDays => ({ effectiveOn: effective, knownOn: known });
