import {
  CompleteAssessment,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  outcomes,
  RecordWishes,
} from '@caretrail/assessment/contracts';
import {
  AgreePersonalBudget,
  AllocateBudget,
  ChooseDeployment,
  RecordFinancialAssessment,
  waysToHold,
} from '@caretrail/budgets/contracts';
import { type Command, type CommandMeta, addDays, addMonths } from '@caretrail/kernel';
import { CorrectDetails, type PersonDetails, RegisterPerson } from '@caretrail/people/contracts';
import {
  AgreeSupportPlan,
  ContributePlanLine,
  GivePlanInWriting,
  type Instrument,
  instruments,
  MeasureOutcome,
  RecordAboutPerson,
  RecordNeedUnmet,
  StartSupportPlan,
} from '@caretrail/planning/contracts';
import {
  AgreeProtectionPlan,
  ConcludeEnquiry,
  DecideS42Criteria,
  GiveConcern,
  RaiseAlert,
  ReviewProtectionPlan,
} from '@caretrail/safeguarding/contracts';
import type { DemonstrationConcern, DemonstrationPerson } from './demonstration-people.js';
import { DEMONSTRATION_SEED, idOf } from './life/life-step.js';

type By = (slug: string) => CommandMeta;

function detailsOf({ firstName, lastName, dateOfBirth, postcode, gender }: DemonstrationPerson): PersonDetails {
  const postcodeSector = postcode.slice(0, postcode.indexOf(' ') + 2);
  const birthYear = Number(dateOfBirth.slice(0, 4));
  return { firstName, lastName, dateOfBirth, postcode, gender, birthYear, postcodeSector };
}

/** Registration of a made-up person. */
export function registration(person: DemonstrationPerson, personId: string, by: By): Command {
  return new RegisterPerson({ personId, simulated: true, details: detailsOf(person) }, by('practitioner'));
}

const sheltered = 'Sheltered housing, extra care housing or other sheltered housing';

/** What the council learnt three weeks late: that the person lives in supported housing. */
export function lateDetails(person: DemonstrationPerson, personId: string, by: By): Command {
  const meta = by('practitioner');
  const details = { ...detailsOf(person), accommodationStatus: sheltered, hasUnpaidCarer: 'No' };
  return new CorrectDetails({ personId, details }, { ...meta, effectiveOn: addDays(meta.effectiveOn, -21) });
}

/** What was wrong with it: there is somebody who cares, unpaid. */
export function correctedDetails(person: DemonstrationPerson, personId: string, by: By): Command {
  const meta = by('practitioner');
  const details = { ...detailsOf(person), accommodationStatus: sheltered, hasUnpaidCarer: 'Yes' };
  const commandId = `demonstration/corrected-details/${personId}`;
  return new CorrectDetails({ personId, details }, { ...meta, commandId, effectiveOn: addDays(meta.effectiveOn, -25) });
}

/** An assessment with all ten outcomes answered. */
export function assessment(
  person: DemonstrationPerson,
  ids: { personId: string; assessmentId: string },
  by: By,
): Command {
  const meta = by('practitioner');
  const findings = outcomes.map((outcome) => {
    const found = person.unable.find((unable) => unable.outcome === outcome);
    return found ? { outcome, able: false, unable: found.meaning, words: found.words } : { outcome, able: true };
  });
  return new CompleteAssessment(
    {
      ...ids,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: addDays(meta.effectiveOn, -3),
      outcome:
        person.unable.length > 1
          ? 'Progress to support planning or services'
          : 'NFA: Information and advice or signposting',
      findings,
      arisesFromImpairment: true,
      impactOnWellbeing: {
        significant: person.unable.length > 1,
        reasons:
          person.unable.length > 1
            ? 'Control over day-to-day life, and being safe at home.'
            : 'Manages with what is there.',
      },
      reasons: 'Talked through at home, each outcome one by one.',
    },
    meta,
  );
}

/** What the law asks for after an assessment that found eligible needs (s12(3), s13(2)–(4), s39). */
export function afterAssessment(ids: { personId: string; assessmentId: string }, by: By): readonly Command[] {
  const meta = by('practitioner');
  return [
    new GiveDecisionInWriting(
      {
        ...ids,
        documents: ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'],
        to: 'the person',
        format: 'large print',
      },
      meta,
    ),
    new RecordWishes(
      { ...ids, wantsMet: 'all of them', needs: [], couldBeDone: 'Help at home, by people who come again.' },
      meta,
    ),
    new EstablishOrdinaryResidence(
      {
        ...ids,
        resident: 'in this council’s area',
        ground: 'chosen and settled there (the ordinary meaning)',
        reasons: 'Has lived here for many years.',
      },
      meta,
    ),
  ];
}

/** More than any hour costs in the demonstration's returns, so that the budget buys the hours that are said to be needed. */
const DEAREST_HOUR = 3_200;

export function budget(person: DemonstrationPerson, allocationId: string, by: By): Command {
  const { cost, personPays } = person.budget!;
  return new AllocateBudget(
    {
      allocationId,
      costPencePerWeek: cost,
      personPaysPencePerWeek: personPays,
      councilPaysPencePerWeek: cost - personPays,
      reasons: 'What local providers charge for the hours that the needs take.',
      needed: [{ service: 'home-support', unit: 'hour', amount: Math.floor(cost / DEAREST_HOUR) * 60 }],
    },
    by('finance'),
  );
}

/** The statement of s26 and how the money is held: found, agreed and chosen once the allocation is final. */
export function statement(person: DemonstrationPerson, budgetId: string, by: By): readonly Command[] {
  const { cost: costPencePerWeek, personPays: contributionPencePerWeek } = person.budget!;
  const councilPencePerWeek = costPencePerWeek - contributionPencePerWeek;
  const chosen = 'held by the care manager';
  return [
    new RecordFinancialAssessment(
      {
        budgetId,
        outcome: contributionPencePerWeek ? 'contribution assessed' : 'nothing to pay',
        contributionPencePerWeek,
        reasons: 'Pension and savings; the minimum income guarantee is kept.',
      },
      by('finance'),
    ),
    new AgreePersonalBudget(
      {
        budgetId,
        costPencePerWeek,
        contributionPencePerWeek,
        councilPencePerWeek,
        oneOff: [],
        reasons: 'As allocated.',
      },
      by('finance'),
    ),
    new ChooseDeployment(
      {
        budgetId,
        parts: [{ way: chosen, pencePerWeek: councilPencePerWeek }],
        ways: waysToHold.map((way) =>
          way === chosen
            ? { way, offered: true }
            : { way, offered: true, whyNot: 'I do not want to look after money and papers.' },
        ),
        inTheirWords: 'Let the council arrange it, as long as I can say who comes.',
      },
      by('practitioner'),
    ),
  ];
}

/** The plan, made together: what matters, how life is before, line by line, signed by both sides, given and begun. */
export function plan(person: DemonstrationPerson, planId: string, by: By): readonly Command[] {
  const { lines, carerMeets, inTheirWords } = person.plan!;
  const wordsOn = (need: string) => person.unable.find(({ outcome }) => outcome === need)?.words ?? inTheirWords;
  const named = (name: string): CommandMeta => ({
    ...by('practitioner'),
    commandId: `demonstration/plan-${name}/${planId}`,
  });
  const about = {
    whatMatters: inTheirWords,
    strengths: 'Knows what she wants, and says it.',
    circle: [{ who: 'Peter, her son', how: 'comes every evening' }],
    contingency: 'Peter has a key; the duty line is on the fridge.',
    independentLiving: [{ area: 'housing' as const, outcome: 'To stay at home.' }],
  };
  const [{ name: instrument, version: instrumentVersion, domains }] = instruments as [Instrument, ...Instrument[]];
  const levels = domains.map((domain, at) => ({ domain, level: 1 + (at % 2) }));
  return [
    new RecordAboutPerson({ planId, ...about }, named('about')),
    new MeasureOutcome(
      { planId, moment: 'before', instrument, instrumentVersion, answeredBy: 'the person', levels },
      named('measured'),
    ),
    ...lines.map(({ need, action, contributor, weeklyPence }) => {
      const lineId = idOf(DEMONSTRATION_SEED, `${person.slug}/${need}`);
      const line = {
        lineId,
        need,
        action,
        contributor: 'front-line worker' as const,
        writtenBy: contributor,
        ...(contributor === 'person' && { inOwnWords: wordsOn(need) }),
        weeklyPence,
        purpose: 'benefit' as const,
      };
      return new ContributePlanLine({ planId, line }, named(`line-${need}`));
    }),
    ...carerMeets.map(
      (need) =>
        new RecordNeedUnmet({ planId, need, reason: 'a carer meets it (s18(7))' }, named(`met-by-carer-${need}`)),
    ),
    new AgreeSupportPlan(
      { planId, agreement: 'agreed', inTheirWords, signature: { signatory: 'person', how: 'on paper' } },
      named('agreed'),
    ),
    new GivePlanInWriting({ planId, to: 'the person', format: 'large print' }, named('given')),
    new StartSupportPlan({ planId }, named('started')),
  ];
}

export function alert(
  concern: DemonstrationConcern,
  ids: { concernId: string; reference: string; adults: string[] },
  by: By,
): Command {
  const meta = by('safeguarding');
  const asked = concern.raisedBy.relation === 'The adult';
  return new RaiseAlert(
    {
      ...ids,
      typesOfRisk: [...concern.typesOfRisk],
      sourceOfRisk: concern.source,
      locationOfRisk: concern.location,
      happenedOn: addDays(meta.effectiveOn, -concern.happenedDaysBefore),
      account: concern.account,
      raisedBy: concern.raisedBy,
      consent: asked ? 'asked, agrees' : 'not asked',
      ...(!asked && { reasonToActWithoutConsent: 'Others may be at risk from the same source.' }),
      immediateProtection: 'Safe today; somebody stays in touch until the decision.',
    },
    meta,
  );
}

export function ownership(concernId: string, ownerId: string, by: By): Command {
  return new GiveConcern({ concernId, to: { id: ownerId } }, by('safeguarding'));
}

export function decision(concern: DemonstrationConcern, concernId: string, by: By): Command {
  const { unableToProtect, because } = concern.decision!;
  return new DecideS42Criteria(
    {
      concernId,
      inArea: true,
      limbs: {
        careAndSupportNeeds: { met: true, reasons: 'Needs help every day, whoever gives it.' },
        abuseOrNeglect: { met: true, reasons: 'What was told is consistent, and there is a record of it.' },
        unableToProtect: { met: unableToProtect, reasons: because },
      },
      ...(!unableToProtect && { ifNoDuty: 'no further action' as const }),
    },
    by(concern.owner ?? 'safeguarding'),
  );
}

/** The conclusion of the enquiry into a concern about one adult. */
export function conclusion(concern: DemonstrationConcern, ids: { concernId: string; adult: string }, by: By): Command {
  const { found, wish, plan } = concern.enquiry!;
  const finding = (reasons: string) => ({ found: 'found' as const, reasons });
  return new ConcludeEnquiry(
    {
      concernId: ids.concernId,
      madeBy: 'the council',
      findings: {
        careAndSupportNeeds: finding('As assessed.'),
        abuseOrNeglect: finding(found),
        unableToProtect: finding('Could not get rid of the caller without help.'),
      },
      actions: plan.steps.map(({ what, by: who }) => ({ what, by: who })),
      riskOutcome: 'Risk reduced',
      wishes: [{ adult: ids.adult, ...EXPRESSED, words: wish, achieved: 'Partially Achieved' }],
    },
    by(concern.owner!),
  );
}

export function protectionPlan(
  concern: DemonstrationConcern,
  ids: { concernId: string; adult: string },
  by: By,
): Command {
  const { wish, plan } = concern.enquiry!;
  const meta = by(concern.owner!);
  return new AgreeProtectionPlan(
    {
      ...ids,
      steps: plan.steps.map(({ what, by: who, days }) => ({ what, by: who, dueOn: addDays(meta.effectiveOn, days) })),
      wishes: { ...EXPRESSED, words: wish },
      agreement: 'agrees',
      legalBasis: 'consent of the adult',
      proportionality: plan.proportionality,
      reviewOn: addDays(meta.effectiveOn, 14),
    },
    meta,
  );
}

export function protectionReview(
  concern: DemonstrationConcern,
  ids: { concernId: string; adult: string },
  by: By,
): Command {
  const { stepsDone, reasons } = concern.enquiry!.review;
  const meta = by(concern.owner!);
  return new ReviewProtectionPlan(
    {
      ...ids,
      steps: stepsDone.map((done) => ({ state: done ? 'done' : 'not done yet' })),
      achieved: 'Fully Achieved',
      riskOutcome: 'Risk reduced',
      reasons,
      next: 'the plan goes on',
      reviewOn: addMonths(meta.effectiveOn, 3),
    },
    meta,
  );
}

const EXPRESSED = { asked: 'Yes they were asked and outcomes were expressed' } as const;
