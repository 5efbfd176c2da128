import { type Account, Sessions } from '@caretrail/access';
import { type Clock, InvalidInput, londonDate } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { asOfFrom } from '../as-of/as-of.js';
import { pageOf, shownText, ViewPositions } from './shown.js';

/** The name of the hidden field of forms. */
export const SHOWN_FIELD = 'shown';
/** The same for APIs: a read answers with it, and a command may send it back. */
export const SHOWN_HEADER = 'caretrail-shown';

/**
 * What a reader was shown travels with their form, vouched for, and comes back with their decision: so a decision keeps
 * what its maker knew, and nobody can say afterwards that it was something else.
 */
@Injectable()
export class WhatWasShown {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ViewPositions) private readonly positions: ViewPositions,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /**
   * What vouches for an answer. Asked before anything is read for it, so that it never claims more than was shown.
   * @param url of what is about to be answered; the two days that it is about stand in its query
   */
  async vouchFor(account: Account, url: string): Promise<string> {
    const position = await this.positions.upTo(account.tenant);
    const at = this.clock.now(account.tenant);
    const { searchParams } = new URL(url, 'http://page');
    const { effective, known } = asOfFrom(Object.fromEntries(searchParams), londonDate(at));
    const text = shownText({ page: pageOf(url), position, effectiveOn: effective, knownOn: known, at });
    return this.sessions.vouchFor(account, text);
  }

  /** @throws InvalidInput for what was not vouched for, or for somebody else */
  read(account: Account, token: string): string {
    const text = this.sessions.vouched(account, token);
    if (text !== undefined) return text;
    throw new InvalidInput([
      {
        rule: 'what-was-shown-is-vouched-for',
        message: 'What this form says that you were shown did not come from this system. Load the page again.',
      },
    ]);
  }
}
