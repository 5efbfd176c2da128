import { type Account, Accounts } from '@caretrail/access';
import { InvalidInput } from '@caretrail/kernel';
import { HttpException, HttpStatus, Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { CouncilDirectory } from '../page/council-directory.port.js';

/** How often one address may name an account that is not there. */
export const GUESSES_A_MINUTE = 20;
const MINUTE_SECONDS = 60;

/** Somebody guesses accounts: nothing is looked up for that address until the minute is over. */
export class TooManyGuesses extends HttpException {
  constructor(readonly waitSeconds: number) {
    super(
      `Too many tries with accounts that are not here. Try again in ${waitSeconds} seconds.`,
      HttpStatus.TOO_MANY_REQUESTS,
    );
  }
}

/**
 * Finds who wants to sign in, and slows down whoever guesses. Each process counts for itself and forgets it when it ends:
 * of several behind one address each grants as many guesses, and behind a proxy all readers are one address.
 */
@Injectable()
export class SignInDesk {
  private readonly guesses = new RateLimiterMemory({ points: GUESSES_A_MINUTE, duration: MINUTE_SECONDS });

  constructor(
    @Inject(CouncilDirectory) private readonly councils: CouncilDirectory,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /**
   * @param address of the network, from which the request came
   * @throws InvalidInput where there is no such account, TooManyGuesses
   */
  async accountOf(id: string, address: string): Promise<Account> {
    const guessed = await this.guesses.get(address);
    if (guessed && guessed.remainingPoints <= 0) throw new TooManyGuesses(Math.ceil(guessed.msBeforeNext / 1_000));
    for (const { tenant } of await this.councils.list()) {
      const account = await this.accounts.get(tenant, id);
      if (account) return account;
    }
    await this.guesses.penalty(address);
    throw new InvalidInput([
      {
        rule: 'account-exists',
        field: 'account',
        message: 'There is no such account here. Choose one from the sign-in page.',
      },
    ]);
  }
}
