import type { PlainDate } from '@caretrail/kernel';
import type { RulebookContent } from '../../contracts/index.js';

/** A version that was published. */
export interface PublishedVersion {
  readonly version: number;
  readonly content: RulebookContent;
  readonly effectiveFrom: PlainDate;
  /** The stored event in which it was published. */
  readonly eventId: string;
  /** Not in force on this day nor later. */
  readonly withdrawnFrom?: PlainDate;
}

/** The versions of one rulebook, in the order in which they were published, and the next one as far as it is written. */
export interface RulebookState {
  readonly draft?: { readonly version: number; readonly content: RulebookContent };
  readonly published: readonly PublishedVersion[];
}

const isInForce = ({ effectiveFrom, withdrawnFrom }: PublishedVersion, day: PlainDate): boolean =>
  effectiveFrom <= day && (withdrawnFrom === undefined || day < withdrawnFrom);

/** The version that is in force on a day: of those that took effect by then and are not withdrawn, the newest. */
export const inForceOn = (
  { published }: Pick<RulebookState, 'published'>,
  day: PlainDate,
): PublishedVersion | undefined =>
  published
    .filter((version) => isInForce(version, day))
    .reduce<PublishedVersion | undefined>(
      (newest, version) => (newest && newest.effectiveFrom > version.effectiveFrom ? newest : version),
      undefined,
    );
