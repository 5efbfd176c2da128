import type { Account } from '@caretrail/access';
import type { Clock } from '@caretrail/kernel';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';

/** Every request of somebody who has signed in is answered at the time of their council's clock, whichever process set it. */
@Injectable()
export class LookUpClock implements NestInterceptor {
  constructor(@Inject('CLOCK') private readonly clock: Clock) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { account } = context.switchToHttp().getRequest<{ account?: Account }>();
    if (account) await this.clock.lookUp(account.tenant);
    return next.handle();
  }
}
