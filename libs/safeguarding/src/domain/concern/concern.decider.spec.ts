import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  ConcludeEnquiry,
  type ConcludeEnquiryData,
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

describe('the conclusion of an enquiry', () => {
  const finding = { found: 'found' as const, reasons: 'The rota and two nurses say so.' };
  const expressed = {
    asked: 'Yes they were asked and outcomes were expressed' as const,
    words: 'I want two workers each time.',
    achieved: 'Fully Achieved' as const,
  };
  const notAsked = { asked: 'No' as const, notAskedBecause: 'He has moved away and left no address.' };
  const conclusion: ConcludeEnquiryData = {
    concernId,
    madeBy: 'the council',
    findings: { careAndSupportNeeds: finding, abuseOrNeglect: finding, unableToProtect: finding },
    actions: [{ what: 'Two workers at each visit.', by: 'The provider' }],
    riskOutcome: 'Risk removed',
    wishes: [
      { adult, ...expressed },
      { adult: neighbour, ...notAsked },
    ],
  };
  const concluded: ConcernEvent = { type: 'safeguarding.enquiry-concluded.v1', data: { ...conclusion, adults } };
  const noDuty: ConcernEvent = {
    ...decided,
    data: { ...decision, adults, inArea: false, dutyToEnquire: false, ifNoDuty: 'no further action' },
  };
  const concluding = (changed: Partial<ConcludeEnquiryData>) =>
    spec.given(raised, decided).when(ConcludeEnquiry, { ...conclusion, ...changed });
  const accepted = (changed: Partial<ConcludeEnquiryData>) =>
    concluding(changed).then({ ...concluded, data: { ...conclusion, ...changed, adults } });

  it('says what was found, what is done and by whom', () => accepted({}));
  it('follows an alert', () => spec.when(ConcludeEnquiry, conclusion).thenRefused('raised-first'));
  it('follows the decision that there is a duty', () => {
    spec.given(raised).when(ConcludeEnquiry, conclusion).thenRefused('duty-decided-first');
    spec.given(raised, noDuty).when(ConcludeEnquiry, conclusion).thenRefused('duty-decided-first', {
      section: 'Care Act 2014 s42(1)–(2)',
      message: 'There is nothing to conclude: it was not decided that there is a duty to enquire.',
    });
  });
  it('is made once', () =>
    spec
      .given(raised, decided, { ...concluded, effectiveOn: '2026-03-02' })
      .when(ConcludeEnquiry, conclusion)
      .thenRefused('concluded-once', { message: 'This enquiry was concluded on 2 March 2026 already.' }));
  it.each(adults)('is not made by an adult of the concern (%s)', (id) =>
    spec
      .given(raised, decided)
      .when(ConcludeEnquiry, conclusion, { actor: { id, role: 'safeguarding' } })
      .thenRefused('concluded-by-somebody-else', {
        message: 'An adult of the concern cannot conclude the enquiry into it.',
      }),
  );

  it('names who was asked to make it, where it was not the council', () => {
    const others = { madeBy: 'somebody whom the council asked' as const };
    accepted({ ...others, askedOf: 'Wrenbridge Hospital' });
    for (const askedOf of [undefined, ' '])
      concluding({ ...others, askedOf }).thenRefused('enquirer-is-named', {
        field: 'askedOf',
        message: 'Name who was asked to make the enquiry.',
      });
    concluding({ askedOf: 'Wrenbridge Hospital' }).thenRefused('enquirer-is-named', {
      field: 'askedOf',
      message: 'The council made the enquiry itself: name nobody else.',
    });
  });

  it.each(['careAndSupportNeeds', 'abuseOrNeglect', 'unableToProtect'] as const)(
    'gives reasons on %s, whatever was found',
    (name) => {
      for (const found of ['not found', 'inconclusive'] as const) {
        const riskOutcome = name === 'abuseOrNeglect' ? undefined : conclusion.riskOutcome;
        const findings = (reasons: string) => ({ ...conclusion.findings, [name]: { found, reasons } });
        accepted({ riskOutcome, findings: findings('Nobody saw it.') });
        concluding({ riskOutcome, findings: findings(' ') }).thenRefused('each-finding-with-reasons', {
          field: `findings.${name}.reasons`,
        });
      }
    },
  );
  it('asks for those reasons in words', () =>
    concluding({
      findings: { ...conclusion.findings, unableToProtect: { found: 'found', reasons: '' } },
    }).thenRefused('each-finding-with-reasons', {
      section: 'Care Act 2014 s42(1)(a)–(c), s42(2)',
      message: 'Say what the enquiry found on being unable to protect themselves because of those needs.',
    }));

  it('says what is done and by whom, or why nothing is', () => {
    const none = { actions: [], riskOutcome: undefined };
    accepted({ ...none, noActionBecause: 'She lives with her sister now.' });
    for (const noActionBecause of [undefined, ' '])
      concluding({ ...none, noActionBecause }).thenRefused('action-and-by-whom-or-why-none', {
        field: 'noActionBecause',
        message: 'Say what action is taken and by whom, or why none is needed.',
      });
    concluding({ noActionBecause: 'She lives with her sister now.' }).thenRefused('action-and-by-whom-or-why-none', {
      field: 'noActionBecause',
      message: 'Action is taken: give no reason for taking none.',
    });
    const [done] = conclusion.actions;
    concluding({ actions: [done!, { what: ' ', by: 'The provider' }] }).thenRefused('action-and-by-whom-or-why-none', {
      field: 'actions.1.what',
      message: 'Say what is done.',
    });
    concluding({ actions: [{ what: 'A visit each week.', by: ' ' }] }).thenRefused('action-and-by-whom-or-why-none', {
      field: 'actions.0.by',
      message: 'Say who does it.',
    });
  });

  it('says what is left of a risk that was found and acted on, and of no other', () => {
    for (const riskOutcome of ['Risk remained', 'Risk reduced'] as const) accepted({ riskOutcome });
    concluding({ riskOutcome: undefined }).thenRefused('risk-outcome-exactly-after-action', {
      field: 'riskOutcome',
      message: 'A risk was found and action is taken: say what is left of the risk.',
    });
    const nothingFound = { ...conclusion.findings, abuseOrNeglect: { ...finding, found: 'not found' as const } };
    const message = 'Only where a risk was found and action is taken is something left of it.';
    concluding({ findings: nothingFound }).thenRefused('risk-outcome-exactly-after-action', { message });
    concluding({ actions: [], noActionBecause: 'She moved.' }).thenRefused('risk-outcome-exactly-after-action', {
      field: 'riskOutcome',
      message,
    });
  });

  it('says once of each adult what they wanted', () => {
    const [hers, his] = conclusion.wishes;
    const stranger = { ...his!, adult: '0b0f0000-0000-4000-8000-000000000009' };
    accepted({ wishes: [his!, hers!] });
    for (const wishes of [[hers!], [hers!, hers!], [hers!, stranger], [hers!, his!, stranger]])
      concluding({ wishes }).thenRefused('wishes-of-each-adult', {
        field: 'wishes',
        message: 'Say it once of each adult of the concern, and of nobody else.',
      });
  });
  it.each([
    ['words', { ...expressed, words: undefined }, 'Write down what the adult wants, in their words.'],
    ['words', { ...expressed, words: ' ' }, 'Write down what the adult wants, in their words.'],
    ['words', { ...notAsked, words: 'Leave me.' }, 'The adult said nothing of what they want: write no words down.'],
    ['achieved', { ...expressed, achieved: undefined }, 'Choose how far what the adult wants came about.'],
    [
      'achieved',
      { ...notAsked, achieved: 'Not Achieved' as const },
      'The adult said nothing of what they want: nothing of it came about or did not.',
    ],
    ['notAskedBecause', { asked: 'No' as const }, 'Say why the adult was not asked what they want.'],
    ['notAskedBecause', { ...notAsked, notAskedBecause: ' ' }, 'Say why the adult was not asked what they want.'],
    [
      'notAskedBecause',
      { ...expressed, notAskedBecause: 'Away.' },
      'The adult was asked: give no reason for not asking.',
    ],
  ])('says of their wishes what belongs together (%s)', (field, wish, message) =>
    concluding({ wishes: [conclusion.wishes[1]!, { adult, ...wish }] }).thenRefused('wishes-of-each-adult', {
      field: `wishes.1.${field}`,
      message,
    }),
  );
  it('may be about somebody who was asked and said nothing', () =>
    accepted({
      wishes: [
        { adult, asked: 'Yes they were asked but no outcomes were expressed' },
        { adult: neighbour, ...expressed },
      ],
    }));

  it('lies between the decision and today', () => {
    const given = spec.given({ ...raised, effectiveOn: '2026-02-27' }, { ...decided, effectiveOn: '2026-03-01' });
    given.when(ConcludeEnquiry, conclusion, { effectiveOn: '2026-03-01' }).then(concluded);
    given
      .when(ConcludeEnquiry, conclusion, { effectiveOn: '2026-02-28' })
      .thenRefused('concluded-after-the-decision-and-by-today', {
        field: 'effectiveOn',
        message: 'The duty to enquire was decided on 1 March 2026, after this conclusion.',
      });
    given
      .when(ConcludeEnquiry, conclusion, { effectiveOn: '2026-03-03' })
      .thenRefused('concluded-after-the-decision-and-by-today', {
        field: 'effectiveOn',
        message: 'This day has not come yet.',
      });
  });
});
