import { randomUUID } from 'node:crypto';
import { NotFound } from '@caretrail/kernel';
import { ukDate } from '@caretrail/web';
import type { ReadLine } from '../../application/support-plan.reading.js';
import {
  ChangePlanLine,
  ContributePlanLine,
  WithdrawPlanLine,
  beneficiaries,
  contributors,
  protectionBases,
  purposes,
} from '../../contracts/index.js';
import { type PlanWords, putInWords } from '../put-in-words.js';
import { type Asking, type Field, type PlanForm, itemsOf, itemsOrNone } from './plan-form.js';
import type { Typed } from './typed.js';

const inPounds = (pence: number | undefined): string => (pence ? (pence / 100).toFixed(2) : '');

function editedLine({ plan, query }: Asking): ReadLine | undefined {
  const lineId = query['line'];
  if (typeof lineId !== 'string' || !lineId) return undefined;
  const found = plan.lines.find((line) => line.lineId === lineId);
  if (!found) throw new NotFound('The plan has no such line; it may have been withdrawn.');
  return found;
}

const needField = (needs: readonly string[], value: string | undefined, words: PlanWords): Field =>
  needs.length
    ? {
        kind: 'select',
        name: 'line.need',
        label: 'For which need',
        items: itemsOrNone(needs, 'Choose', words.need),
        value,
      }
    : { kind: 'text', name: 'line.need', label: 'For which need', value };

function fieldsOfLine(asking: Asking): Field[] {
  const { plan, role } = asking;
  const line = editedLine(asking);
  const self = role === 'person';
  const words = putInWords(self ? 'person' : 'staff');
  const shared: Field[] = [
    { kind: 'hidden', name: 'line.lineId', value: line?.lineId ?? '' },
    needField(plan.needs, line?.need, words),
    {
      kind: 'area',
      name: 'line.inOwnWords',
      label: self
        ? 'In your own words: what do you want, and why?'
        : 'In their own words (needed where it is the person’s line)',
      rows: 3,
      value: line?.inOwnWords,
    },
    {
      kind: 'area',
      name: 'line.outcome',
      label: self ? 'What shall be different for you? (optional)' : 'Outcome: what shall be different (optional)',
      rows: 2,
      value: line?.outcome,
    },
    { kind: 'area', name: 'line.action', label: 'What is done', rows: 2, value: line?.action },
    {
      kind: 'select',
      name: 'line.contributor',
      label: 'Who gives this support',
      hint: 'Support by family, friends and the community counts',
      items: itemsOrNone(contributors, 'Choose', words.who),
      value: line?.contributor,
    },
    {
      kind: 'money',
      name: 'line.weeklyPence',
      label: 'What it costs the budget a week',
      hint: 'Leave it empty where it costs nothing',
      value: inPounds(line?.weeklyPence),
    },
    {
      kind: 'money',
      name: 'line.oneOffPence',
      label: 'What it costs once (optional)',
      hint: 'Such as a piece of equipment. It is held against the one-off sums of the statement, apart from what is paid weekly',
      value: inPounds(line?.oneOffPence),
    },
  ];
  if (self) return shared;
  return [
    ...shared,
    {
      kind: 'radio',
      name: 'line.writtenBy',
      label: 'Whose line is this?',
      hint: 'Who brought it in, not who typed it',
      items: itemsOf(contributors),
      value: line?.writtenBy,
    },
    {
      kind: 'radio',
      name: 'line.purpose',
      label: 'What is it for?',
      items: itemsOf(purposes),
      value: line?.purpose ?? 'benefit',
    },
    ...fieldsOfProtection(line),
  ];
}

const fieldsOfProtection = (line: ReadLine | undefined): Field[] => [
  {
    kind: 'select',
    name: 'line.protection.legalBasis',
    heading: 'Only for protection or a change of behaviour',
    lead: 'A restriction rests on a legal basis, is no more than is needed, and ends (Care Act 2014 section 1(3)(h)).',
    label: 'Legal basis',
    items: itemsOrNone(protectionBases, 'Not a restriction'),
    value: line?.protection?.legalBasis,
  },
  {
    kind: 'select',
    name: 'line.protection.beneficiary',
    label: 'For whose good',
    items: itemsOrNone(beneficiaries),
    value: line?.protection?.beneficiary,
  },
  {
    kind: 'text',
    name: 'line.protection.beneficiaryName',
    label: 'Who that is, by name or in words',
    value: line?.protection?.beneficiaryName,
  },
  {
    kind: 'area',
    name: 'line.protection.proportionality',
    label: 'Why nothing that restricts less will do',
    rows: 3,
    value: line?.protection?.proportionality,
  },
  {
    kind: 'area',
    name: 'line.protection.dissent',
    label: 'What the person says against it (empty where they do not object)',
    rows: 2,
    value: line?.protection?.dissent,
  },
  {
    kind: 'date',
    name: 'line.protection.expiresOn',
    label: 'Last day on which it holds',
    hint: 'Within 12 months',
    value: line?.protection ? ukDate(line.protection.expiresOn) : undefined,
  },
];

/** Undefined where nothing was typed of a restriction. */
function protectionFrom(typed: Typed) {
  const place = (name: string) => `line.protection.${name}`;
  const names = ['legalBasis', 'beneficiary', 'beneficiaryName', 'proportionality', 'dissent', 'expiresOn'];
  if (names.every((name) => !typed.text(place(name)))) return {};
  return {
    protection: {
      legalBasis: typed.choice(place('legalBasis'), protectionBases, 'Choose the legal basis of the restriction.'),
      beneficiary: typed.choice(place('beneficiary'), beneficiaries, 'Choose for whose good the restriction is.'),
      beneficiaryName: typed.text(place('beneficiaryName')),
      proportionality: typed.text(place('proportionality')),
      ...typed.said(place('dissent'), 'dissent'),
      expiresOn: typed.day(place('expiresOn'), 'Enter the last day of the restriction, such as 14/3/2026.'),
    },
  };
}

/** Adds a line, or says one anew. */
export const lineForm: PlanForm = {
  path: 'line',
  submit: 'Save the line',
  then: '#lines',
  title: (asking) =>
    editedLine(asking) ? 'Change a line' : asking.role === 'person' ? 'Add a line of your own' : 'Add a line',
  fields: fieldsOfLine,
  read(typed, { plan, role }) {
    const lineId = typed.text('line.lineId');
    const old = plan.lines.find((line) => line.lineId === lineId);
    const said = {
      lineId: lineId || randomUUID(),
      need: typed.required('line.need', 'Choose the need that the line is for.'),
      ...typed.said('line.outcome', 'outcome'),
      action: typed.required('line.action', 'Say what is done about the need.'),
      contributor: typed.choice('line.contributor', contributors, 'Choose who gives this support.'),
      ...typed.said('line.inOwnWords', 'inOwnWords'),
      weeklyPence: typed.pence('line.weeklyPence', 'Enter what it costs the budget a week, in pounds.'),
      ...(typed.text('line.oneOffPence') && {
        oneOffPence: typed.pence('line.oneOffPence', 'Enter what it costs once, in pounds.'),
      }),
    };
    const rest =
      role === 'person'
        ? {
            writtenBy: 'person',
            purpose: old?.purpose ?? 'benefit',
            ...(old?.protection && { protection: old.protection }),
          }
        : {
            writtenBy: typed.choice('line.writtenBy', contributors, 'Say whose line this is.'),
            purpose: typed.choice('line.purpose', purposes, 'Say what the line is for.'),
            ...protectionFrom(typed),
          };
    return typed.understood({
      Kind: lineId ? ChangePlanLine : ContributePlanLine,
      said: { line: { ...said, ...rest } },
    });
  },
};

/** Takes a line out of the plan in the making. */
export const lineWithdrawalForm: PlanForm = {
  path: 'line-withdrawal',
  submit: 'Withdraw the line',
  then: '#lines',
  title: () => 'Withdraw a line',
  lead: () => ['The line stays in the history of the plan: nothing is deleted.'],
  fields: ({ plan, role, query }) => [
    {
      kind: 'select',
      name: 'lineId',
      label: 'Which line',
      value: typeof query['line'] === 'string' ? query['line'] : '',
      items: [
        { value: '', text: 'Choose' },
        ...plan.lines
          .filter(({ writtenBy }) => role !== 'person' || writtenBy === 'person')
          .map(({ lineId, need, action }) => ({ value: lineId, text: `${need}: ${action.slice(0, 80)}` })),
      ],
    },
    { kind: 'area', name: 'why', label: 'Why (optional)', rows: 2 },
  ],
  read: (typed) =>
    typed.understood({
      Kind: WithdrawPlanLine,
      said: { lineId: typed.required('lineId', 'Choose the line.'), ...typed.said('why', 'why') },
    }),
};
