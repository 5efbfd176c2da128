import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  DecideS42Criteria,
  type DecideS42CriteriaData,
  GiveConcern,
  locationsOfRisk,
  type Limbs,
  RaiseAlert,
  type RaiseAlertData,
  safeguardingEvents,
  sourcesOfRisk,
  typesOfRisk,
} from '../../contracts/index.js';
import { concernDecider, type ConcernEvent, concernStream } from './concern.decider.js';

const concernId = '0b0f0000-0000-4000-8000-000000000001';
const adult = '0b0f0000-0000-4000-8000-000000000002';
const neighbour = '0b0f0000-0000-4000-8000-000000000003';
const adults = [adult, neighbour];
const alert: RaiseAlertData = {
  concernId,
  reference: 'SC-2026-0001',
  adults,
  typesOfRisk: ['Neglect and Acts of Omission'],
  sourceOfRisk: 'Service Provider',
  locationOfRisk: 'Own Home',
  happenedOn: '2026-03-01',
  account: 'One worker came, not two.',
  raisedBy: { name: 'A. Tester', relation: 'Health worker' },
  consent: 'asked, agrees',
  immediateProtection: 'Stays on the ward until the visits are safe.',
};
const raised: ConcernEvent = { type: 'safeguarding.alert-raised.v1', data: alert };
const met = { met: true, reasons: 'Seen and recorded.' };
const notMet = { met: false, reasons: 'Nothing points to it.' };
const limbs: Limbs = { careAndSupportNeeds: met, abuseOrNeglect: met, unableToProtect: met };
const decision: DecideS42CriteriaData = { concernId, limbs, inArea: true };
const decided: ConcernEvent = {
  type: 'safeguarding.s42-criteria-decided.v1',
  data: { ...decision, adults, dutyToEnquire: true },
};
const spec = specification(concernDecider, safeguardingEvents);

describe('an alert', () => {
  it('has a stream of its own', () => expect(concernStream(alert)).toBe(`safeguarding.concern-${concernId}`));
  it('is raised', () => spec.when(RaiseAlert, alert).then(raised));
  it('is nothing new when it is said again', () => spec.given(raised).when(RaiseAlert, alert).thenNothing());
  it('is raised once', () =>
    spec
      .given(raised)
      .when(RaiseAlert, { ...alert, account: 'Something else.' })
      .thenRefused('raised-once'));
  it('is about an adult', () =>
    spec.when(RaiseAlert, { ...alert, adults: [] }).thenRefused('at-least-one-adult', { field: 'adults' }));

  it.each([
    ['typesOfRisk', { typesOfRisk: [] }],
    ['typesOfRisk.1', { typesOfRisk: ['Self-Neglect', 'Neglect'] }],
    ['sourceOfRisk', { sourceOfRisk: 'Provider' }],
    ['locationOfRisk', { locationOfRisk: 'own home' }],
  ])('speaks the words of the collection (%s)', (field, words) =>
    spec
      .when(RaiseAlert, { ...alert, ...words } as RaiseAlertData)
      .thenRefused('words-of-the-safeguarding-adults-collection', { field }),
  );
  it('may use each of those words', () => {
    for (const locationOfRisk of locationsOfRisk)
      for (const sourceOfRisk of sourcesOfRisk)
        spec
          .when(RaiseAlert, { ...alert, typesOfRisk: [...typesOfRisk], sourceOfRisk, locationOfRisk })
          .then({ ...raised, data: { ...alert, typesOfRisk: [...typesOfRisk], sourceOfRisk, locationOfRisk } });
  });

  it('gives an account', () =>
    spec.when(RaiseAlert, { ...alert, account: ' ' }).thenRefused('account-given', { field: 'account' }));
  it('considers protection now', () =>
    spec
      .when(RaiseAlert, { ...alert, immediateProtection: ' ' })
      .thenRefused('immediate-protection-considered', { field: 'immediateProtection' }));

  it.each(['asked, does not agree', 'not asked'] as const)(
    'without consent (%s) gives the reason to act',
    (consent) => {
      for (const reasonToActWithoutConsent of [undefined, ' '])
        spec
          .when(RaiseAlert, { ...alert, consent, reasonToActWithoutConsent })
          .thenRefused('consent-or-reason-to-act', { field: 'reasonToActWithoutConsent' });
      const withReason = { ...alert, consent, reasonToActWithoutConsent: 'Others are at risk.' };
      spec.when(RaiseAlert, withReason).then({ ...raised, data: withReason });
    },
  );

  it('is of something that happened by the day it is raised', () => {
    spec
      .when(RaiseAlert, { ...alert, happenedOn: '2026-03-02' })
      .then({ ...raised, data: { ...alert, happenedOn: '2026-03-02' } });
    spec
      .when(RaiseAlert, { ...alert, happenedOn: '2026-03-03' })
      .thenRefused('happened-by-the-day-it-is-raised', { field: 'happenedOn' });
    spec
      .when(RaiseAlert, alert, { effectiveOn: '2026-02-28' })
      .thenRefused('happened-by-the-day-it-is-raised', { field: 'happenedOn' });
    spec
      .when(RaiseAlert, { ...alert, happenedOn: '2026-03-03' }, { effectiveOn: '2026-03-04' })
      .thenRefused('happened-by-the-day-it-is-raised');
  });
});

describe('a concern', () => {
  const to = { id: 'account-7' };
  const given: ConcernEvent = { type: 'safeguarding.concern-given.v1', data: { concernId, adults, to } };
  it('is given to an owner', () => spec.given(raised).when(GiveConcern, { concernId, to }).then(given));
  it('is not given twice to the same', () =>
    spec.given(raised, given).when(GiveConcern, { concernId, to }).thenNothing());
  it('is given on', () =>
    spec
      .given(raised, given)
      .when(GiveConcern, { concernId, to: { id: 'account-8' } })
      .then({ type: 'safeguarding.concern-given.v1', data: { concernId, adults, to: { id: 'account-8' } } }));
  it('is not given to an adult whom it is about', () =>
    spec
      .given(raised)
      .when(GiveConcern, { concernId, to: { id: neighbour } })
      .thenRefused('owner-is-not-the-adult', { field: 'to.id' }));
  it('is raised before it is given', () => spec.when(GiveConcern, { concernId, to }).thenRefused('raised-first'));
});

describe('the decision of s42(1)', () => {
  it('is a duty when all three parts are met', () =>
    spec.given(raised).when(DecideS42Criteria, decision).then(decided));

  const limbNames = ['careAndSupportNeeds', 'abuseOrNeglect', 'unableToProtect'] as const;
  it.each(limbNames)('is no duty without %s', (name) => {
    const data = { ...decision, limbs: { ...limbs, [name]: notMet }, ifNoDuty: 'other enquiry' as const };
    spec
      .given(raised)
      .when(DecideS42Criteria, data)
      .then({ type: 'safeguarding.s42-criteria-decided.v1', data: { ...data, adults, dutyToEnquire: false } });
  });
  it('is no duty for an adult who is not in the area', () => {
    const data = { ...decision, inArea: false, ifNoDuty: 'no further action' as const };
    spec
      .given(raised)
      .when(DecideS42Criteria, data)
      .then({ type: 'safeguarding.s42-criteria-decided.v1', data: { ...data, adults, dutyToEnquire: false } });
  });

  it('names what follows without a duty', () =>
    spec
      .given(raised)
      .when(DecideS42Criteria, { ...decision, limbs: { ...limbs, abuseOrNeglect: notMet } })
      .thenRefused('sequel-exactly-without-duty', { field: 'ifNoDuty' }));
  it('names nothing in place of a duty', () =>
    spec
      .given(raised)
      .when(DecideS42Criteria, { ...decision, ifNoDuty: 'no further action' })
      .thenRefused('sequel-exactly-without-duty', { field: 'ifNoDuty' }));

  it.each([
    ['careAndSupportNeeds', 'needs for care and support'],
    ['abuseOrNeglect', 'abuse or neglect, or the risk of it'],
    ['unableToProtect', 'being unable to protect themselves because of those needs'],
  ] as const)('asks for the reasons on %s as %s', (name, words) =>
    spec
      .given(raised)
      .when(DecideS42Criteria, { ...decision, limbs: { ...limbs, [name]: { met: true, reasons: ' ' } } })
      .thenRefused('each-limb-with-reasons', { message: `Give the reasons on ${words}.` }),
  );
  it.each(limbNames)('has reasons on %s, met or not', (name) => {
    for (const limb of [met, notMet])
      spec
        .given(raised)
        .when(DecideS42Criteria, { ...decision, limbs: { ...limbs, [name]: { ...limb, reasons: ' ' } } })
        .thenRefused('each-limb-with-reasons', {
          section: 'Care Act 2014 s42(1)(a)–(c)',
          field: `limbs.${name}.reasons`,
        });
  });

  it.each(adults)('is not made by an adult of the concern (%s)', (id) =>
    spec
      .given(raised)
      .when(DecideS42Criteria, decision, { actor: { id, role: 'safeguarding' } })
      .thenRefused('decided-by-somebody-else'),
  );
  it('does not lie before the alert', () => {
    const alertOnMonday = { ...raised, effectiveOn: '2026-03-02' };
    spec
      .given(alertOnMonday)
      .when(DecideS42Criteria, decision, { effectiveOn: '2026-03-01' })
      .thenRefused('not-before-the-alert', { field: 'effectiveOn' });
    spec.given(alertOnMonday).when(DecideS42Criteria, decision, { effectiveOn: '2026-03-02' }).then(decided);
  });
  it('follows an alert', () => spec.when(DecideS42Criteria, decision).thenRefused('raised-first'));
  it('is made once', () => spec.given(raised, decided).when(DecideS42Criteria, decision).thenRefused('decided-once'));
});
