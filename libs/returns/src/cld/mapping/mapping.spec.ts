import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CommandMeta, RoutedCommand } from '@caretrail/kernel';
import type { LedgerEntry } from '../../domain/ledger.js';
import { emptyLedger } from '../../domain/ledger.js';
import { reconcile, type ReceivedRow } from '../identity/reconcile.js';
import type { CldPerson, CldRow } from '../normalising/cld-row.js';
import { commandOf, WITHDRAWAL_REASON, withdrawalOf } from './event-commands.js';
import { ledgerRows } from './ledger-rows.js';
import { detailsOf, latestRow, personCommands, type KnownPerson } from './person-commands.js';

const personId = '0b0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f';
const other = '1c0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f';
const meta: CommandMeta = {
  tenant: 'E09000012',
  commandId: 'import-1',
  actor: { id: 'analyst-1', role: 'analyst' },
  effectiveOn: '2025-03-31',
  knownOn: '2025-04-30',
};
const person: CldPerson = {
  laPersonId: 'P1',
  nhsNumber: '9990000018',
  firstName: 'Avela',
  dateOfBirth: '1941-03-02',
  postcode: 'ZZ12 4AB',
  gender: 'Female',
  caresFor: [],
};
const said = { line: 2, clientType: 'Service user', person } as const;
const request: CldRow = {
  ...said,
  eventType: 'Request',
  startsOn: '2024-08-01',
  endsOn: '2024-08-05',
  outcome: 'NFA: Other',
  route: 'Prison',
  reference: 'E1',
  description: 'their words',
};
const assessment: CldRow = {
  ...said,
  eventType: 'Assessment',
  startsOn: '2024-08-10',
  endsOn: '2024-09-05',
  outcome: 'Progress to financial assessment',
  assessmentType: 'Long term assessment',
  method: 'Service user only',
  eligibleNeeds: 'Eligible needs identified',
};
const service: CldRow = {
  ...said,
  eventType: 'Service',
  startsOn: '2024-09-10',
  endsOn: '2025-01-31',
  outcome: 'NFA: Support ended as planned',
  serviceType: 'Long term support: Community',
  serviceComponent: 'Meals',
  unitCostPence: 850,
  costFrequency: 'Per session',
  plannedUnitsPerWeek: 7,
  primarySupportReason: 'Physical support: Personal care support',
};
const review: CldRow = {
  ...said,
  eventType: 'Review',
  startsOn: '2024-11-01',
  endsOn: '2024-11-20',
  outcome: 'Continuation of support or services',
  reviewReason: 'Unplanned: Other reason',
  method: 'Service user only',
};
const link: CldRow = {
  line: 2,
  clientType: 'Unpaid carer known by association',
  eventType: 'None',
  person: { laPersonId: 'P1', caresFor: ['p2 ', 'P3'], hoursCared: '20-49 hours', adultsCaredFor: 2 },
};
const received = (...rows: CldRow[]): ReceivedRow[] =>
  reconcile(
    emptyLedger,
    { personId, submittedOn: '2025-04-30', period: { start: '2024-04-01', end: '2025-03-31' }, rows },
    { withdrawMissing: false, key: createSecretKey(Buffer.alloc(32)) },
  ).flatMap((one) => ('row' in one ? [one] : []));
const told = (row: CldRow) => {
  const [place] = received(row);
  const command = commandOf(place!, personId, meta)!;
  // What the contexts would not accept must not leave here.
  (command.constructor as unknown as RoutedCommand).schema.parse(command.data);
  return { id: place!.stream.slice(-36), command, name: command.constructor.name };
};
const known: KnownPerson = {
  personId,
  registered: false,
  simulated: true,
  idOfRef: (ref) => (ref === 'la:P2' ? other : undefined),
};

describe('a row as a command', () => {
  it('is a request, true on the day of asking', () => {
    const { id, command, name } = told(request);
    expect(name).toBe('RecordReturnedRequest');
    expect(command.meta).toEqual({ ...meta, effectiveOn: '2024-08-01' });
    expect(command.data).toEqual({
      episodeId: id,
      personId,
      route: 'Prison',
      requestedOn: '2024-08-01',
      concludedOn: '2024-08-05',
      outcome: 'NFA: Other',
      row: { clientType: 'Service user', eventReference: 'E1', description: 'their words' },
    });
  });

  it('is an assessment, true on the day of completion', () => {
    const { id, command, name } = told(assessment);
    expect(name).toBe('RecordReturnedAssessment');
    expect(command.meta.effectiveOn).toBe('2024-09-05');
    expect(command.data).toEqual({
      assessmentId: id,
      personId,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: '2024-08-10',
      completedOn: '2024-09-05',
      outcome: 'Progress to financial assessment',
      eligibleNeeds: 'Eligible needs identified',
      row: { clientType: 'Service user' },
    });
  });

  it('is an element of care, true from its start, with a rate that has its unit', () => {
    const { id, command, name } = told(service);
    expect(name).toBe('RecordReturnedElement');
    expect(command.meta.effectiveOn).toBe('2024-09-10');
    expect(command.data).toEqual({
      packageId: id,
      personId,
      startedOn: '2024-09-10',
      endedOn: '2025-01-31',
      outcome: 'NFA: Support ended as planned',
      element: {
        serviceType: 'Long term support: Community',
        component: 'Meals',
        rate: { pence: 850, per: 'Per session' },
        plannedUnitsPerWeek: 7,
        row: { clientType: 'Service user', primarySupportReason: 'Physical support: Personal care support' },
      },
    });
  });

  it('has no rate where the cost has no frequency', () => {
    const { costFrequency: _frequency, ...rest } = service;
    expect(told(rest).command.data).not.toHaveProperty('element.rate');
  });

  it('is a review, true on the day of completion', () => {
    const { id, command, name } = told(review);
    expect(name).toBe('RecordReturnedReview');
    expect(command.meta.effectiveOn).toBe('2024-11-20');
    expect(command.data).toMatchObject({ reviewId: id, reason: 'Unplanned: Other reason', completedOn: '2024-11-20' });
  });

  it('is none for a carer known by association', () => {
    expect(commandOf(received(link)[0]!, personId, meta)).toBeUndefined();
  });
});

describe('a row in the ledger', () => {
  it('is kept with what finds it again and nothing personal, unless nothing changed', () => {
    const [place] = received(request);
    expect(ledgerRows([place!])).toEqual([
      {
        stream: place!.stream,
        key: 'Service user · Request · 2024-08-01 · Prison',
        ordinal: 1,
        eventType: 'Request',
        eventReference: 'E1',
        fingerprint: place!.fingerprint,
        startsOn: '2024-08-01',
        endsOn: '2024-08-05',
        verdict: 'new',
      },
    ]);
    expect(ledgerRows([{ ...place!, verdict: 'unchanged' }])).toEqual([]);
    expect(JSON.stringify(ledgerRows(received(request, service, link)))).not.toMatch(
      /Avela|9990000018|their words|P1|P2/,
    );
  });

  it('is taken back in its context, with a fixed reason', () => {
    for (const [row, name, day] of [
      [request, 'WithdrawReturnedRequest', '2024-08-01'],
      [assessment, 'WithdrawReturnedAssessment', '2024-09-05'],
      [service, 'WithdrawReturnedElement', '2024-09-10'],
      [review, 'WithdrawReturnedReview', '2024-11-20'],
    ] as const) {
      const [kept] = ledgerRows(received(row));
      const standing: LedgerEntry = { ...kept!, submittedOn: '2025-04-30', fileId: other };
      const command = withdrawalOf(standing, personId, meta)!;
      expect(command.constructor.name).toBe(name);
      (command.constructor as unknown as RoutedCommand).schema.parse(command.data);
      expect(command.data).toMatchObject({ personId, reason: WITHDRAWAL_REASON });
      expect(command.meta.effectiveOn).toBe(day);
      expect(ledgerRows([{ verdict: 'withdrawn', standing }])).toEqual([{ ...kept, verdict: 'withdrawn' }]);
      expect(ledgerRows([{ verdict: 'missing', standing }])).toEqual([]);
    }
  });
});

describe('a person in a file', () => {
  it('is registered with the details of the latest row, from the first day that the file tells of', () => {
    const moved = { ...review, person: { ...person, postcode: 'ZZ1 9ZZ' } };
    const [command, ...rest] = personCommands([moved, request], known, meta);
    expect(rest).toEqual([]);
    expect(command!.constructor.name).toBe('RegisterPerson');
    expect(command!.meta.effectiveOn).toBe('2024-08-01');
    expect(command!.data).toEqual({
      personId,
      simulated: true,
      details: {
        firstName: 'Avela',
        nhsNumber: '9990000018',
        localId: 'P1',
        dateOfBirth: '1941-03-02',
        birthYear: 1941,
        postcode: 'ZZ1 9ZZ',
        postcodeSector: 'ZZ1 9',
        gender: 'Female',
      },
    });
    (command!.constructor as unknown as RoutedCommand).schema.parse(command!.data);
  });

  it('has their details corrected when they are known', () => {
    const [command] = personCommands([request], { ...known, registered: true }, meta);
    expect(command!.constructor.name).toBe('CorrectDetails');
    expect(command!.meta.effectiveOn).toBe('2025-03-31');
  });

  it('has died on the day that the latest row gives', () => {
    const dead = { ...service, person: { ...person, dateOfDeath: '2025-02-01' } };
    const commands = personCommands([dead, review, request], known, meta);
    expect(commands.map(({ constructor }) => constructor.name)).toEqual(['RegisterPerson', 'RecordDeath']);
    expect(commands[1]!.data).toEqual({ personId, diedOn: '2025-02-01' });
    expect(commands[1]!.meta.effectiveOn).toBe('2025-02-01');
  });

  it('is a carer of those whom the council knows', () => {
    const commands = personCommands([link], known, meta);
    expect(commands.map(({ constructor }) => constructor.name)).toEqual(['RegisterPerson', 'IdentifyCarer']);
    expect(commands[1]!.data).toEqual({
      personId,
      caresFor: [other],
      hoursCaredBand: '20-49 hours',
      adultsCaredFor: 2,
    });
  });

  it('takes a service user’s row before a carer’s of the same day, and any event before none', () => {
    const asCarer: CldRow = { ...request, clientType: 'Unpaid carer' };
    expect(latestRow([link, asCarer, request])).toBe(request);
    expect(latestRow([link])).toBe(link);
    expect(latestRow([])).toBeUndefined();
  });

  it('has no year of birth in clear that cannot be one', () => {
    expect(detailsOf({ caresFor: [], dateOfBirth: '1041-03-02' })).toEqual({ dateOfBirth: '1041-03-02' });
  });
});
