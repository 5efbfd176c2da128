import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Accounts } from './accounts.js';
import type { EndedSessions } from './ended-sessions.port.js';
import { Sessions } from './sessions.js';

/** Who is there and what they may do: the directory, the sessions, and the guard in front of every handler. */
@Module({})
export class AccessModule {
  /** @param options.secret signs the sessions; it and `ended` are the same in every process that serves the same people */
  static forRoot(options: {
    readonly secret: string;
    readonly accounts: Accounts;
    readonly ended: EndedSessions;
  }): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [
        { provide: Accounts, useValue: options.accounts },
        { provide: Sessions, useValue: new Sessions(options.secret, options.accounts, options.ended) },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [Accounts, Sessions],
    };
  }
}
