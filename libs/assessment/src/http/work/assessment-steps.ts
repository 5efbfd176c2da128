import { type Command, type CommandMeta, type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import type { AssessmentRecord } from '../../application/assessment.query.js';
import {
  adviceAbout,
  AnswerSupportedSelfAssessment,
  ApproveAssessment,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  GiveWrittenAdvice,
  givenInWriting,
  groundsToAssessAllTheSame,
  outcomes,
  RecordWishes,
  RefuseAssessment,
  residenceGrounds,
  residences,
  ReturnAssessment,
  SignpostToUniversalService,
  StartAssessment,
  universalServices,
  wishAnswers,
  writtenDocuments,
} from '../../contracts/index.js';
import { textOf, type Typed } from '../typed-form.js';

/** One control of a step's form. `list` is one text a line; `yes-no` is a boolean; `directory` is a service of the directory, by its id. */
export interface StepField {
  readonly kind: 'choice' | 'choices' | 'words' | 'text' | 'list' | 'yes-no' | 'directory';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly values?: readonly string[];
}

interface StepCommand {
  new (data: never, meta: CommandMeta): Command;
  readonly schema: { parse(data: unknown): unknown };
}

/** One step of an assessment that a practitioner takes on a page of its own. */
export interface AssessmentStep {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly fields: readonly StepField[];
  readonly command: StepCommand;
  /** Whether it is the turn of this step; the decider has the last word. */
  isNext(record: AssessmentRecord): boolean;
}

const optional = (label: string): string => `${label} (optional)`;
const eligible = ({ decision }: AssessmentRecord): boolean => decision === 'Eligible needs identified';
const submitted = ({ state }: AssessmentRecord): boolean => state.progress === 'submitted';

/** The steps by their name in the address, in the order of the law. */
export const assessmentSteps: Readonly<Record<string, AssessmentStep>> = {
  'supported-self-assessment': {
    title: 'Does the person want to assess themselves?',
    lead: 'A supported self-assessment is the person’s own assessment, with as much help as they want (SI 2014/2827 regulation 2).',
    button: 'Record the answer',
    command: AnswerSupportedSelfAssessment,
    fields: [
      { kind: 'yes-no', name: 'accepted', label: 'Does the person want a supported self-assessment?' },
      { kind: 'words', name: 'words', label: optional('What they said') },
    ],
    isNext: ({ open, state }) => open && state.selfAssessment?.offered === true && !state.own,
  },
  start: {
    title: 'Start the assessment',
    lead: 'From this day the assessment is under way (Care Act 2014 section 9).',
    button: 'Start',
    command: StartAssessment,
    fields: [],
    isNext: ({ open, state }) => open && (state.progress === 'offered' || state.progress === 'refused'),
  },
  refusal: {
    title: 'The person refuses',
    lead: 'Nobody has to be assessed. The duty stands all the same for an adult who cannot decide this and for whom it is best, and for one who is at risk of abuse or neglect (section 11(2)).',
    button: 'Record the refusal',
    command: RefuseAssessment,
    fields: [
      { kind: 'words', name: 'words', label: optional('What the person said') },
      {
        kind: 'choices',
        name: 'grounds',
        label: 'Does the duty to assess stand all the same, because the person …',
        hint: 'Choose what applies, or nothing.',
        values: groundsToAssessAllTheSame,
      },
      { kind: 'words', name: 'reasons', label: 'Why the duty stands, or why it does not' },
    ],
    isNext: ({ open, state }) => open && state.progress !== 'refused',
  },
  approval: {
    title: 'Approve the assessment',
    lead: 'With this the assessment is complete, on the day that its author says, and decides on eligibility.',
    button: 'Approve and complete',
    command: ApproveAssessment,
    fields: [],
    isNext: submitted,
  },
  return: {
    title: 'Give the assessment back',
    lead: 'Its author puts it right and hands it in again.',
    button: 'Give it back',
    command: ReturnAssessment,
    fields: [{ kind: 'words', name: 'reasons', label: 'What should the author put right?' }],
    isNext: submitted,
  },
  wishes: {
    title: 'What the person wants',
    lead: 'Before means are asked about: what could be done, and whether the person wants the council to do it (section 13(3)(a), (b)).',
    button: 'Record the wishes',
    command: RecordWishes,
    fields: [
      { kind: 'words', name: 'couldBeDone', label: 'What could be done to meet the needs?' },
      {
        kind: 'choice',
        name: 'wantsMet',
        label: 'Which of the eligible needs does the person want the council to meet?',
        values: wishAnswers,
      },
      { kind: 'choices', name: 'needs', label: 'If it is some of them: which?', values: outcomes },
      { kind: 'words', name: 'inTheirWords', label: optional('In the person’s own words') },
    ],
    isNext: eligible,
  },
  residence: {
    title: 'Ordinary residence',
    lead: 'Where the person lives in law (section 39). For a carer it is where the adult lives for whom they care.',
    button: 'Record the residence',
    command: EstablishOrdinaryResidence,
    fields: [
      { kind: 'choice', name: 'resident', label: 'Where is the person ordinarily resident?', values: residences },
      { kind: 'text', name: 'otherCouncil', label: 'If it is another council: which?' },
      { kind: 'choice', name: 'ground', label: 'On which ground?', values: residenceGrounds },
      { kind: 'words', name: 'reasons', label: 'Reasons' },
    ],
    isNext: eligible,
  },
  writing: {
    title: 'Given in writing',
    lead: 'The person gets the assessment, and the decision with its reasons, whichever way it went (section 12(3), section 13(2)).',
    button: 'Record what was given',
    command: GiveDecisionInWriting,
    fields: [
      { kind: 'choices', name: 'documents', label: 'What was given?', values: writtenDocuments },
      { kind: 'choice', name: 'to', label: 'To whom?', values: givenInWriting.shape.to.options },
      { kind: 'choice', name: 'format', label: 'How?', values: givenInWriting.shape.format.options },
    ],
    isNext: ({ decision }) => decision !== undefined,
  },
  advice: {
    title: 'Written advice',
    lead: 'Where none of the needs is eligible the person gets written advice and information (section 13(5)).',
    button: 'Give the advice',
    command: GiveWrittenAdvice,
    fields: [
      {
        kind: 'choices',
        name: 'about',
        label: 'What is the advice about?',
        hint: 'The law asks for both.',
        values: adviceAbout,
      },
      { kind: 'words', name: 'words', label: 'The advice, as the person reads it' },
    ],
    isNext: (record) => record.decision !== undefined && !eligible(record),
  },
  signpost: {
    title: 'Point to a service',
    lead: 'A service that is there for everybody (section 2, section 4). Name others too, so that there is a choice.',
    button: 'Record the signpost',
    command: SignpostToUniversalService,
    fields: [
      { kind: 'directory', name: 'serviceId', label: 'Which service of the directory?' },
      {
        kind: 'text',
        name: 'service',
        label: 'Or the name of another service',
        hint: 'As the public knows it; nothing about the person.',
      },
      { kind: 'choice', name: 'kind', label: 'What kind of service is it?', values: universalServices },
      { kind: 'list', name: 'alternatives', label: optional('Others that were named, one a line') },
      { kind: 'words', name: 'reasons', label: optional('Why this one') },
    ],
    isNext: () => true,
  },
};

/** What was chosen of a list: a string, several, or nothing. */
const chosenOf = (typed: Typed, field: string): string[] =>
  [typed[field]].flat().filter((value): value is string => typeof value === 'string' && value !== '');

/**
 * What was typed on the page of a step, as the data of its command, and the day from which it is true.
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function stepFrom(
  step: AssessmentStep,
  { assessmentId, personId }: { readonly assessmentId: string; readonly personId: string },
  typed: Typed,
): { data: unknown; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });
  const data: Record<string, unknown> = { assessmentId, personId };
  for (const field of step.fields) {
    const value = valueOf(field, typed);
    if (value === undefined && (field.kind === 'choice' || field.kind === 'yes-no'))
      fault(field.name, 'Choose one of the answers.');
    if (value !== undefined) data[field.name] = value;
  }
  const effectiveOn = parseUkDate(textOf(typed, 'effectiveOn'));
  if (!effectiveOn) fault('effectiveOn', 'Enter the day, such as 14/3/2026.');
  if (faults.length || !effectiveOn) throw new InvalidInput(faults);
  return { data: step.command.schema.parse(data), effectiveOn };
}

function valueOf({ kind, name, values = [], label }: StepField, typed: Typed): unknown {
  const text = textOf(typed, name);
  switch (kind) {
    case 'choice':
      return values.find((value) => value === text);
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : undefined;
    case 'choices':
      return values.filter((value) => chosenOf(typed, name).includes(value));
    case 'list':
      return text.split('\n').flatMap((line) => line.trim() || []);
    case 'text':
    case 'directory':
      return text || undefined;
    case 'words':
      // What must be said is left to the rule that asks for it.
      return text || (label.endsWith('(optional)') ? undefined : '');
  }
}
