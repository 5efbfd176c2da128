import type { Account } from '@caretrail/access';
import { SealedDrafts } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type FormAnswer, formAnswer } from '../contracts/index.js';

const KIND = 'self-assessment';
const draft = z.record(z.string(), formAnswer);

/** Answers by question, as far as they were given. */
export type DraftAnswers = Readonly<Record<string, FormAnswer>>;

/** Answers that were saved and not sent: each writer has their own, and nobody else reads them before they are sent. */
@Injectable()
export class SelfAssessmentDrafts {
  constructor(@Inject(SealedDrafts) private readonly drafts: SealedDrafts) {}

  async read(account: Account, ids: { assessmentId: string; personId: string }): Promise<DraftAnswers> {
    const found = draft.safeParse(await this.drafts.find(account.tenant, place(account, ids)));
    return found.success ? found.data : {};
  }

  async save(account: Account, ids: { assessmentId: string; personId: string }, answers: DraftAnswers): Promise<void> {
    await this.drafts.save(account.tenant, place(account, ids), answers);
  }

  /** Once it was sent, nobody's draft of it is of use. */
  async remove(tenant: string, assessmentId: string): Promise<void> {
    await this.drafts.remove(tenant, { kind: KIND, id: assessmentId });
  }
}

const place = ({ id }: Account, { assessmentId, personId }: { assessmentId: string; personId: string }) => ({
  kind: KIND,
  id: assessmentId,
  owner: id,
  subject: personId,
});
