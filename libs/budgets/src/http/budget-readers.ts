import { type Account, maySeePersonal, Representatives } from '@caretrail/access';
import { type Clock, londonDate } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';

/** In what a representative speaks for whom they may read about the budget. */
const READ_BY_REPRESENTATIVES = ['financial assessment', 'direct payment'];

/** Who may read about somebody's budget: those whose work it is, the person, and who speaks for them in money today. */
@Injectable()
export class BudgetReaders {
  constructor(
    @Inject(Representatives) private readonly representatives: Representatives,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  async mayRead(account: Account, personId: string): Promise<boolean> {
    if (maySeePersonal(account, personId)) return true;
    const today = londonDate(this.clock.now(account.tenant));
    return this.representatives.speaksFor(account, personId, READ_BY_REPRESENTATIVES, today);
  }
}
