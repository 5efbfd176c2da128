import { type Fault, InvalidInput, type RoutedCommand } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import type { Specification } from '../application/specification.query.js';
import {
  ContributeToSpecification,
  contributorRoles,
  livedExperience,
  PublishSpecification,
  serviceComponents,
  waysOfTakingPart,
  WithdrawSpecification,
  WriteSpecificationVersion,
} from '../contracts/index.js';
import { ownRoles } from './specification-desk.js';

/** The body of a form as it was sent. */
export type Typed = Readonly<Record<string, unknown>>;

export interface FormField {
  readonly kind: 'text' | 'area' | 'choice' | 'select';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly values?: readonly string[];
  readonly rows?: number;
  /** Begins a part with a title, and what is said below it. */
  readonly heading?: string;
  readonly lead?: string;
}

/** A form about a specification: what it asks, and how what was typed becomes a command. */
export interface SpecificationForm {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly Kind: RoutedCommand;
  fields(specification: Specification, mine: boolean): readonly FormField[];
  read(typed: Typed, specification: Specification): Readonly<Record<string, unknown>>;
}

/** What was typed into a field, without the blanks around it. */
export const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value.trim().replace(/\r\n?/g, '\n') : '';
};

/** What must be filled in, said in words; a schema would say only that something is missing. */
function needed(typed: Typed, fields: Readonly<Record<string, string>>): void {
  const faults: Fault[] = Object.entries(fields).flatMap(([field, message]) =>
    textOf(typed, field) ? [] : [{ rule: 'input-shape', field, message }],
  );
  if (faults.length) throw new InvalidInput(faults);
}

export const openingFields: readonly FormField[] = [
  { kind: 'text', name: 'title', label: 'What is the service called?' },
  { kind: 'select', name: 'component', label: 'Which kind of service is it?', values: serviceComponents },
  { kind: 'area', name: 'purpose', label: 'What is it there for, and for whom?' },
];

export function readOpening(typed: Typed): Readonly<Record<string, unknown>> {
  needed(typed, {
    title: 'Enter what the service is called.',
    component: 'Choose the kind of service.',
    purpose: 'Say what the service is there for, and for whom.',
  });
  return { title: textOf(typed, 'title'), component: textOf(typed, 'component'), purpose: textOf(typed, 'purpose') };
}

/** @throws InvalidInput */
export function dayFrom(typed: Typed): string {
  const day = parseUkDate(textOf(typed, 'effectiveOn'));
  if (day) return day;
  throw new InvalidInput([{ rule: 'input-shape', field: 'effectiveOn', message: 'Enter the day, such as 14/3/2026.' }]);
}

const HEADING = /^#+\s*/;

/** A text in which a line that begins with `#` is a heading, as sections; what stands before the first is “Introduction”. */
export function sectionsFrom(text: string): { heading: string; text: string }[] {
  const sections: { heading: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (HEADING.test(line)) sections.push({ heading: line.replace(HEADING, '').trim(), lines: [] });
    else if (sections.length) sections.at(-1)!.lines.push(line);
    else if (line.trim()) sections.push({ heading: 'Introduction', lines: [line] });
  }
  return sections.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() }));
}

export const textFrom = (sections: readonly { readonly heading: string; readonly text: string }[]): string =>
  sections.map(({ heading, text }) => `# ${heading}\n${text}`).join('\n\n');

const contribution: SpecificationForm = {
  title: 'Take part',
  lead: 'What should this service be like? What was said is answered: with what was changed, or with the reason why not.',
  button: 'Record what was said',
  Kind: ContributeToSpecification,
  fields: (_, mine) => [
    {
      kind: 'choice',
      name: 'role',
      label: mine ? 'Who are you?' : 'Who took part?',
      values: mine ? ownRoles : contributorRoles,
    },
    ...(mine
      ? []
      : ([
          { kind: 'text', name: 'people', label: 'How many people?' },
          { kind: 'choice', name: 'way', label: 'How did they take part?', values: waysOfTakingPart },
        ] as const)),
    {
      kind: 'area',
      name: 'inTheirWords',
      label: mine ? 'What should change? In your own words' : 'What they want changed, in their own words',
      hint: mine
        ? 'Only you and those who write the specification can read this.'
        : 'Leave out names. Only those who write the specification can read this.',
      rows: 6,
    },
  ],
  read(typed) {
    needed(typed, { role: 'Choose who took part.', inTheirWords: 'Write down what should change.' });
    // A person speaks for themselves, and is not asked how many they are.
    if (typed['people'] !== undefined && !/^[1-9]\d{0,3}$/.test(textOf(typed, 'people')))
      throw new InvalidInput([{ rule: 'input-shape', field: 'people', message: 'Enter how many people, such as 6.' }]);
    return {
      role: textOf(typed, 'role'),
      people: Number(textOf(typed, 'people') || '1'),
      way: textOf(typed, 'way') || 'on this page',
      inTheirWords: textOf(typed, 'inTheirWords'),
    };
  },
};

const version: SpecificationForm = {
  title: 'Write a version',
  lead: 'The whole text anew. Say of each contribution what was changed because of it, or why it was not.',
  button: 'Keep this version',
  Kind: WriteSpecificationVersion,
  fields: ({ versions: [newest], contributions }) => [
    {
      kind: 'area',
      name: 'text',
      label: 'The specification',
      hint: 'A line that begins with # is a heading.',
      rows: 16,
      value: newest ? textFrom(newest.sections) : '',
    },
    ...contributions.flatMap(({ contributionId, inTheirWords, role, people, answer }): FormField[] => [
      {
        kind: 'choice',
        name: `takenUp-${contributionId}`,
        label: 'Is it taken up?',
        values: ['yes', 'no'],
        value: answer ? (answer.takenUp ? 'yes' : 'no') : '',
        heading: `${people === 1 ? 'One person' : `${people} people`}, ${role}`,
        lead: inTheirWords ?? '',
      },
      {
        kind: 'area',
        name: `answer-${contributionId}`,
        label: 'What was changed because of it, or why it was not',
        value: answer?.answer ?? '',
        rows: 3,
      },
    ]),
  ],
  read(typed, { contributions }) {
    needed(typed, { text: 'Write the specification.' });
    const faults: Fault[] = [];
    const sections = sectionsFrom(textOf(typed, 'text'));
    for (const { heading, text } of sections)
      if (!heading || !text)
        faults.push({
          rule: 'input-shape',
          field: 'text',
          message: heading ? `Write something below the heading “${heading}”.` : 'A heading has no words.',
        });
    const answers = contributions.flatMap(({ contributionId }) => {
      const [takenUp, answer] = [textOf(typed, `takenUp-${contributionId}`), textOf(typed, `answer-${contributionId}`)];
      if (!takenUp && !answer) return [];
      if (!takenUp)
        faults.push({
          rule: 'input-shape',
          field: `takenUp-${contributionId}`,
          message: 'Choose whether it is taken up.',
        });
      if (!answer)
        faults.push({
          rule: 'input-shape',
          field: `answer-${contributionId}`,
          message: 'Say what was changed, or why it was not.',
        });
      return [{ contributionId, takenUp: takenUp === 'yes', answer }];
    });
    if (faults.length) throw new InvalidInput(faults);
    return { sections, answers };
  },
};

const publication: SpecificationForm = {
  title: 'Publish',
  lead: 'From this day the newest version is what providers are asked for. It says who took part.',
  button: 'Publish the newest version',
  Kind: PublishSpecification,
  fields: ({ tookPart }) =>
    tookPart.some(({ role }) => livedExperience.some((each) => each === role))
      ? []
      : [
          {
            kind: 'area',
            name: 'withoutLivedExperience',
            label: 'Nobody with lived experience and no carer took part: why is it published without them?',
          },
        ],
  read: (typed, { versions }) => ({
    version: versions[0]?.version ?? 1,
    ...(textOf(typed, 'withoutLivedExperience') && {
      withoutLivedExperience: textOf(typed, 'withoutLivedExperience'),
    }),
  }),
};

const withdrawal: SpecificationForm = {
  title: 'Withdraw',
  lead: 'The specification holds no longer, and nothing more is written into it.',
  button: 'Withdraw the specification',
  Kind: WithdrawSpecification,
  fields: () => [{ kind: 'area', name: 'reason', label: 'Why?' }],
  read(typed) {
    needed(typed, { reason: 'Say why the specification is withdrawn.' });
    return { reason: textOf(typed, 'reason') };
  },
};

/** The forms by the last part of their address. */
export const specificationForms: Readonly<Record<string, SpecificationForm>> = {
  contribution,
  version,
  publication,
  withdrawal,
};
