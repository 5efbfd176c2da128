import type { Tenant } from '@caretrail/kernel';

/** Which sessions were signed out of: every process that serves the same people has to know. */
export abstract class EndedSessions {
  /** @param overAt when the session would have ended by itself, from when on nobody asks for it */
  abstract end(tenant: Tenant, sessionId: string, overAt: Date): Promise<void>;

  abstract hasEnded(tenant: Tenant, sessionId: string): Promise<boolean>;
}

/** Where one process serves everybody, and no longer than its sessions last. */
export class EndedSessionsHere extends EndedSessions {
  private readonly ended = new Set<string>();

  end(tenant: Tenant, sessionId: string): Promise<void> {
    this.ended.add(`${tenant}/${sessionId}`);
    return Promise.resolve();
  }

  hasEnded(tenant: Tenant, sessionId: string): Promise<boolean> {
    return Promise.resolve(this.ended.has(`${tenant}/${sessionId}`));
  }
}
