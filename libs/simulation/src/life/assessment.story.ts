import {
  AnswerDifference,
  AnswerSupportedSelfAssessment,
  ApproveAssessment,
  CompleteAssessment,
  type CompleteAssessmentData,
  currentForm,
  EndUrgentHelp,
  EstablishOrdinaryResidence,
  type Finding,
  type FormAnswer,
  GiveDecisionInWriting,
  GiveWrittenAdvice,
  type MeaningOfUnable,
  MeetUrgentNeed,
  OfferAssessment,
  type Outcome,
  outcomes,
  questionOfOutcome,
  RecordAssessorAnswers,
  RecordWishes,
  RefuseAssessment,
  ReturnAssessment,
  SignpostToUniversalService,
  StartAssessment,
  SubmitAssessment,
  SubmitSelfAssessment,
} from '@caretrail/assessment/contracts';
import { addDays, type PlainDate } from '@caretrail/kernel';
import { directoryServiceId } from '../demonstration-directory.js';
import { weighed } from './council-person.js';
import type { Life } from './life.js';
import { MATTERS, STRENGTHS, UNIVERSAL, wordsOf } from './life-words.js';
import type { Representative } from './speaking.story.js';

const MEANINGS: readonly (readonly [MeaningOfUnable, number])[] = [
  ['cannot without help', 0.4],
  ['takes much longer', 0.25],
  ['only with significant pain, distress or anxiety', 0.2],
  ['endangering health or safety', 0.15],
];
const BOTH = ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'] as const;

/** An assessment that is under way. */
interface Underway {
  readonly assessmentId: string;
  readonly name: string;
  readonly on: PlainDate;
  /** Whether the person answered for themselves, with or without somebody. */
  readonly ownAnswers: boolean;
}

/** What an assessment found, and when. */
export interface Assessed {
  readonly assessmentId: string;
  readonly needs: readonly string[];
  readonly on: PlainDate;
  /** Where the needs are a carer's own. */
  readonly ofCarer?: true;
}

/** Offered, answered, and, where they want it, the person's own answers. */
function begun(
  life: Life,
  from: PlainDate,
  name: string,
  findings: readonly Finding[],
  representative?: Representative,
): Underway {
  const { diary, person, random, seededId } = life;
  const { personId } = person;
  const assessmentId = seededId(name);
  const ids = { assessmentId, personId };
  const selfAssessmentOffered = random.chance(0.9);
  const offeredOn = diary.add(addDays(from, random.between(0, 4)), 'practitioner', `${name}-offered`, (meta) => {
    const whyNotOffered = 'In hospital and too ill to be asked; it is offered again at home.';
    return new OfferAssessment(
      {
        ...ids,
        subject: 'adult',
        caresFor: [],
        selfAssessmentOffered,
        ...(!selfAssessmentOffered && { whyNotOffered }),
      },
      meta,
    );
  });
  const accepted = selfAssessmentOffered && random.chance(0.7);
  if (selfAssessmentOffered)
    diary.add(
      offeredOn,
      'practitioner',
      `${name}-self-assessment-answered`,
      (meta) => new AnswerSupportedSelfAssessment({ ...ids, accepted }, meta),
    );
  const startedOn = diary.add(
    addDays(offeredOn, random.between(2, 9)),
    'practitioner',
    `${name}-started`,
    (meta) => new StartAssessment(ids, meta),
  );
  if (!accepted) return { assessmentId, name, on: startedOn, ownAnswers: false };
  return {
    assessmentId,
    name,
    on: answeredBoth(life, startedOn, { ids, name, findings, representative }),
    ownAnswers: true,
  };
}

interface Answering {
  readonly ids: { readonly assessmentId: string; readonly personId: string };
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly representative: Representative | undefined;
}

/** The person's answers, the assessor's beside them, and what the person says to the difference. */
function answeredBoth(life: Life, from: PlainDate, { ids, name, findings, representative }: Answering): PlainDate {
  const { diary, random } = life;
  const { id, version } = currentForm('adult');
  const fluctuates = random.pick(['much the same', 'much the same', 'changes from day to day']);
  const found = findings.map(({ outcome, unable }): FormAnswer => ({
    question: questionOfOutcome[outcome],
    answer: unable ?? 'able',
  }));
  const common: FormAnswer[] = [
    { question: 'good-and-bad-days', answer: fluctuates },
    { question: 'wellbeing', answer: random.pick(['some', 'a lot']) },
  ];
  // Two people in five think that they manage something which the assessor thinks they do not.
  const seenDifferently = random.chance(0.4) ? findings.find(({ able }) => !able)?.outcome : undefined;
  const own: FormAnswer[] = [
    { question: 'what-matters', words: random.pick(MATTERS) },
    ...findings.map(({ outcome, unable, words }) => ({
      question: questionOfOutcome[outcome],
      answer: outcome === seenDifferently ? 'able' : (unable ?? 'able'),
      ...(words && { words }),
    })),
    ...common,
    { question: 'who-helps', words: random.pick(STRENGTHS) },
  ];
  const supported = random.chance(0.3);
  const who = representative || supported ? 'practitioner' : 'person';
  const sentOn = diary.add(addDays(from, random.between(1, 8)), who, `${name}-own-answers`, (meta) => {
    const form = { id, version };
    if (representative)
      return new SubmitSelfAssessment(
        { ...ids, form, answers: own, answeredBy: 'a representative', proxy: representative.proxy },
        meta,
      );
    return supported
      ? new SubmitSelfAssessment(
          {
            ...ids,
            form,
            answers: own,
            answeredBy: 'the person, with support',
            supportedBy: 'A friend of the person.',
          },
          meta,
        )
      : new SubmitSelfAssessment({ ...ids, form, answers: own, answeredBy: 'the person' }, meta);
  });
  const question = seenDifferently && questionOfOutcome[seenDifferently];
  const lookedAtOn = diary.add(
    addDays(sentOn, random.between(2, 10)),
    'practitioner',
    `${name}-assessors-answers`,
    (meta) => {
      const assessorsReasons = 'Seen at the visit: it is done by somebody else on most days.';
      return new RecordAssessorAnswers(
        { ...ids, answers: [...found, ...common], differences: question ? [{ question, assessorsReasons }] : [] },
        meta,
      );
    },
  );
  if (!question || random.chance(0.4)) return lookedAtOn;
  return diary.add(addDays(lookedAtOn, 1), 'practitioner', `${name}-difference-answered`, (meta) => {
    const personsReasons = 'My daughter does it because she is there. I could.';
    return new AnswerDifference({ ...ids, question, personsReasons }, meta);
  });
}

function findingsOf({ random }: Life, needs: readonly Outcome[]): Finding[] {
  return outcomes.map((outcome) =>
    needs.includes(outcome)
      ? { outcome, able: false, unable: weighed(random, MEANINGS), words: random.pick(wordsOf[outcome].own) }
      : { outcome, able: true },
  );
}

function contentOf(
  { person }: Life,
  { assessmentId, on }: Underway,
  findings: Finding[],
  significant: boolean,
): Omit<CompleteAssessmentData, 'outcome'> {
  const { personId, details } = person;
  return {
    assessmentId,
    personId,
    kind: 'Long term assessment',
    method: details.hasUnpaidCarer === 'Yes' ? 'Service user and unpaid carer' : 'Service user only',
    startedOn: on,
    findings,
    arisesFromImpairment: true,
    impactOnWellbeing: significant
      ? {
          significant,
          areas: ['control over day-to-day life', 'personal dignity'],
          reasons: 'Control over day-to-day life is lost, and with it much of what matters to the person.',
        }
      : { significant, reasons: 'A nuisance more than a hardship: the person manages with what is there.' },
    reasons: 'Talked through at home, each outcome one by one, beside what the person wrote.',
  };
}

/** The assessment and the decision in writing: within days for most, within weeks for one in eight, not yet for some. */
function written(life: Life, { assessmentId, name }: Underway, on: PlainDate): void {
  const { diary, person, random } = life;
  if (random.chance(0.04)) return;
  const day = addDays(on, random.chance(0.12) ? random.between(20, 45) : random.between(0, 4));
  const format = random.pick(['letter', 'letter', 'email', 'large print', 'easy read'] as const);
  const data = { assessmentId, personId: person.personId, documents: [...BOTH], to: 'the person' as const, format };
  diary.add(day, 'practitioner', `${name}-in-writing`, (meta) => new GiveDecisionInWriting(data, meta));
}

/** Not eligible: the decision, written advice, and a service that is there for everybody. */
export function assessedWithoutEligibleNeeds(life: Life, from: PlainDate, number: number): void {
  const { diary, person, random } = life;
  const needs = person.likelyNeeds.slice(0, random.between(0, 1));
  const findings = findingsOf(life, needs);
  const underway = begun(life, from, `assessment-${number}`, findings);
  const { assessmentId, name } = underway;
  const ids = { assessmentId, personId: person.personId };
  const on = diary.add(
    addDays(underway.on, random.between(1, 14)),
    'practitioner',
    `${name}-completed`,
    (meta) =>
      new CompleteAssessment(
        { ...contentOf(life, underway, findings, false), outcome: 'NFA: Information and advice or signposting' },
        meta,
      ),
  );
  written(life, underway, on);
  // One advice in ten is not written down until somebody asks for it.
  const advisedOn = addDays(on, random.chance(0.1) ? random.between(30, 60) : random.between(0, 5));
  const words = 'Do a little every day; keep the rail by the bath; ring us before it gets harder, not after.';
  diary.add(
    advisedOn,
    'practitioner',
    `${name}-advice`,
    (meta) =>
      new GiveWrittenAdvice(
        { ...ids, about: ['meeting or reducing the needs', 'preventing or delaying further needs'], words },
        meta,
      ),
  );
  const [kind, service, other] = random.pick(UNIVERSAL);
  diary.add(
    advisedOn,
    'practitioner',
    `${name}-signpost`,
    (meta) =>
      new SignpostToUniversalService(
        {
          ...ids,
          kind,
          service,
          serviceId: directoryServiceId(service),
          alternatives: [other],
          reasons: 'Near by, and they ring first.',
        },
        meta,
      ),
  );
}

/** Refused; where there is a risk of abuse the duty stands, and the assessment is offered again. */
export function refused(life: Life, from: PlainDate, number: number): void {
  const { diary, person, random, seededId } = life;
  const ids = { assessmentId: seededId(`assessment-${number}`), personId: person.personId };
  const atRisk = random.chance(0.15);
  const words = random.pick(['I manage. Thank you for asking.', 'Not now, after the winter.']);
  const offeredOn = diary.add(
    addDays(from, random.between(0, 4)),
    'practitioner',
    `assessment-${number}-offered`,
    (meta) => new OfferAssessment({ ...ids, subject: 'adult', caresFor: [], selfAssessmentOffered: true }, meta),
  );
  diary.add(
    addDays(offeredOn, random.between(1, 8)),
    'practitioner',
    `assessment-${number}-refused`,
    (meta) =>
      new RefuseAssessment(
        {
          ...ids,
          words,
          grounds: atRisk ? ['is experiencing, or at risk of, abuse or neglect'] : [],
          reasons: atRisk
            ? 'A relative takes the pension; the person is afraid of them.'
            : 'No sign of abuse; decides freely.',
        },
        meta,
      ),
  );
}

/** An urgent need is met first, s19(3); the steps of the law follow. */
export function urgentNeedMet(life: Life, day: PlainDate, needs: readonly Outcome[]): void {
  const { diary, person, random, seededId } = life;
  const data = {
    urgentNeedId: seededId('urgent'),
    personId: person.personId,
    needs: needs.slice(0, 2),
    provided: 'Two calls a day from tomorrow morning.',
    reasons: 'Comes home from hospital today, and nobody is there.',
    leftForLater: ['assessment of needs' as const, 'financial assessment' as const, 'decision on eligibility' as const],
    lookAgainOn: addDays(day, random.between(7, 21)),
  };
  diary.add(day, 'practitioner', 'urgent-need-met', (meta) => new MeetUrgentNeed(data, meta));
}

/** An assessment that finds eligible needs, with what the law asks for after it (s12, s13). */
export function assessedEligible(
  life: Life,
  from: PlainDate,
  needs: readonly Outcome[],
  representative?: Representative,
): Assessed {
  const { diary, person, random } = life;
  const { personId } = person;
  const findings = findingsOf(life, needs);
  const underway = begun(life, from, 'assessment', findings, representative);
  const { assessmentId, name } = underway;
  const ids = { assessmentId, personId };
  const content: CompleteAssessmentData = {
    ...contentOf(life, underway, findings, true),
    outcome: 'Progress to support planning or services',
  };
  // Most are done within six weeks, one in seven takes months.
  const day = addDays(underway.on, random.chance(0.15) ? random.between(45, 95) : random.between(1, 25));
  const on = random.chance(0.35)
    ? approved(life, day, content)
    : diary.add(day, 'practitioner', `${name}-completed`, (meta) => new CompleteAssessment(content, meta));
  if (diary.has('urgent-need-met'))
    diary.add(
      on,
      'practitioner',
      'urgent-help-ended',
      (meta) =>
        new EndUrgentHelp(
          { urgentNeedId: life.seededId('urgent'), personId, reason: 'the assessment is complete' },
          meta,
        ),
    );
  written(life, underway, on);
  const wishedOn = addDays(on, random.between(1, 9));
  const inTheirWords = random.pick([
    'Yes, if it is the same faces.',
    'Yes. I have waited long enough.',
    'Yes, but in my own home.',
  ]);
  diary.add(
    wishedOn,
    'practitioner',
    `${name}-wishes`,
    (meta) =>
      new RecordWishes(
        {
          ...ids,
          wantsMet: 'all of them',
          needs: [],
          couldBeDone: 'Help in the mornings, equipment, and company in the week.',
          inTheirWords,
        },
        meta,
      ),
  );
  diary.add(
    wishedOn,
    'practitioner',
    `${name}-residence`,
    (meta) =>
      new EstablishOrdinaryResidence(
        {
          ...ids,
          resident: 'in this council’s area',
          ground: 'chosen and settled there (the ordinary meaning)',
          reasons: 'Has lived here for years, by choice.',
        },
        meta,
      ),
  );
  return { assessmentId, needs, on };
}

/** Handed in, in one case of eight given back first, and approved by the team manager. */
function approved({ diary, random }: Life, day: PlainDate, content: CompleteAssessmentData): PlainDate {
  const { assessmentId, personId } = content;
  const ids = { assessmentId, personId };
  const submit = (on: PlainDate, time: number) =>
    diary.add(on, 'practitioner', `assessment-submitted-${time}`, (meta) => new SubmitAssessment(content, meta));
  let on = submit(day, 1);
  if (random.chance(0.12)) {
    const reasons = 'Say more on the evenings: who is there, and what happens when nobody is.';
    on = diary.add(
      addDays(on, random.between(1, 4)),
      'practitioner-2',
      'assessment-returned',
      (meta) => new ReturnAssessment({ ...ids, reasons }, meta),
    );
    on = submit(addDays(on, random.between(1, 4)), 2);
  }
  return diary.add(
    addDays(on, random.between(1, 6)),
    'practitioner-2',
    'assessment-approved',
    (meta) => new ApproveAssessment(ids, meta),
  );
}
