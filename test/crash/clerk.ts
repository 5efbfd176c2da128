import type { Office } from './office.js';

export type EntryKind = 'payment' | 'spend' | 'reclaim';
export type CommandKind = 'opening' | EntryKind | 'reversal' | 'closing';

/** A command that was answered, and what the answer was. */
export interface Booked {
  readonly clerk: string;
  readonly key: string;
  readonly kind: CommandKind;
  readonly accountId: string;
  /** What it moves; of a closing, what was taken back. */
  readonly pence: number;
  /** Of a reversal: what kind of entry it takes back. */
  readonly takesBack?: EntryKind;
  readonly accepted: boolean;
  readonly eventIds: readonly string[];
  /** Of the last of them; 0 where nothing was accepted. */
  readonly position: number;
  readonly attempts: number;
}

interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly pence: number;
}

interface Account {
  readonly id: string;
  balance: number;
  /** Those that were not reversed. */
  readonly entries: Entry[];
  left: number;
}

export interface ClerkOptions {
  readonly name: string;
  readonly office: Office;
  readonly random: () => number;
  readonly today: string;
  readonly allocations: readonly string[];
  /** An account in which all clerks write, against each other. */
  readonly shared: string;
}

const SHARED_SHARE = 0.08;

/** Keeps the accounts of synthetic people, one after the other, and writes down what was answered. */
export class Clerk {
  readonly books: Booked[] = [];
  /** Answers that are not what the account, as the clerk knows it, must lead to. */
  readonly surprises: string[] = [];
  private account: Account | undefined;
  private sent = 0;

  constructor(private readonly own: ClerkOptions) {}

  /** Works until told to stop; what was begun is finished. */
  async work(stop: () => boolean): Promise<void> {
    while (!stop()) {
      if (!this.account) this.account = await this.open();
      else if (this.own.random() < SHARED_SHARE) await this.writeShared();
      else await this.goOn(this.account);
    }
  }

  private async open(): Promise<Account> {
    const { allocations, today } = this.own;
    const allocationId = allocations[this.upTo(allocations.length) - 1];
    const opening = { effectiveOn: today, allocationId, receivedBy: 'the person' };
    const { accountId } = await this.send('opening', '', opening, 0, true);
    return { id: accountId, balance: 0, entries: [], left: 5 + this.upTo(25) };
  }

  private async goOn(account: Account): Promise<void> {
    if (account.left-- <= 0) return this.close(account);
    const choice = this.own.random();
    const { balance } = account;
    const back = account.entries.filter(({ kind, pence }) => kind !== 'payment' || pence <= balance);
    if (balance === 0 || choice < 0.35) await this.enter(account, 'payment', this.upTo(100_000));
    else if (choice < 0.65) await this.enter(account, 'spend', this.upTo(balance));
    else if (choice < 0.75) await this.enter(account, 'reclaim', this.upTo(balance));
    else if (choice < 0.92 && back.length) await this.reverse(account, back[this.upTo(back.length) - 1]!);
    else await this.enter(account, 'spend', balance + this.upTo(100), false);
  }

  private async enter(account: Account, kind: EntryKind, pence: number, allowed = true): Promise<void> {
    const { eventIds, accepted } = await this.send(kind, account.id, this.entryOf(kind, pence), pence, allowed);
    if (!accepted) return;
    account.entries.push({ id: eventIds[0]!, kind, pence });
    account.balance += kind === 'payment' ? pence : -pence;
  }

  private async reverse(account: Account, entry: Entry): Promise<void> {
    const { id, kind, pence } = entry;
    const body = { entryId: id, reason: 'Typed wrongly.' };
    await this.send('reversal', account.id, body, pence, true, kind);
    account.entries.splice(account.entries.indexOf(entry), 1);
    account.balance += kind === 'payment' ? -pence : pence;
  }

  private async close({ id, balance }: Account): Promise<void> {
    const { decision, representations } = this.grounds();
    const body = { reason: 'person chose', ...(balance > 0 && { surplus: { decision, representations } }) };
    await this.send('closing', id, body, balance, true);
    this.account = undefined;
  }

  private async writeShared(): Promise<void> {
    const kind = this.own.random() < 0.6 ? 'payment' : 'spend';
    const pence = this.upTo(50);
    await this.send(kind, this.own.shared, this.entryOf(kind, pence), pence);
  }

  /** @param allowed what the rules must say; left out where others write at the same time */
  private async send(
    kind: CommandKind,
    account: string,
    body: object,
    pence: number,
    allowed?: boolean,
    takesBack?: EntryKind,
  ): Promise<Booked> {
    const { name: clerk, office, today } = this.own;
    const key = `${clerk}-${++this.sent}`;
    const path = {
      opening: '/api/direct-payment-accounts',
      payment: `/api/direct-payment-accounts/${account}/payments`,
      spend: `/api/direct-payment-accounts/${account}/spend`,
      reclaim: `/api/direct-payment-accounts/${account}/reclaims`,
      reversal: `/api/direct-payment-accounts/${account}/reversals`,
      closing: `/api/direct-payment-accounts/${account}/closing`,
    }[kind];
    const { status, body: said, attempts } = await office.insist('POST', path, { effectiveOn: today, ...body }, key);
    const accepted = status === 201;
    if ((!accepted && status !== 422) || (allowed !== undefined && accepted !== allowed))
      this.surprises.push(`${key}, ${kind} of ${pence}: ${status} ${JSON.stringify(said)}`);
    const eventIds = accepted ? (said['eventIds'] as string[]) : [];
    const position = accepted ? Number(said['position']) : 0;
    const accountId = accepted ? (said['accountId'] as string) : account;
    const booked = {
      clerk,
      key,
      kind,
      accountId,
      pence,
      accepted,
      eventIds,
      position,
      attempts,
      ...(takesBack && { takesBack }),
    };
    this.books.push(booked);
    return booked;
  }

  private entryOf(kind: EntryKind, pence: number): object {
    switch (kind) {
      case 'payment':
        return { pence, reference: 'Synthetic payment' };
      case 'spend':
        return { pence, payee: 'personal assistant', category: 'personal care', evidence: 'Synthetic payslip' };
      case 'reclaim':
        return { pence, ground: 'surplus', ...this.grounds() };
    }
  }

  private grounds() {
    const { today } = this.own;
    const decision = { decidedOn: today, decidedBy: 'Synthetic manager', reasons: 'Unspent.' };
    return { decision, representations: { made: false, invitedOn: today, awaitedUntil: today } };
  }

  private upTo(most: number): number {
    return 1 + Math.floor(this.own.random() * most);
  }
}
