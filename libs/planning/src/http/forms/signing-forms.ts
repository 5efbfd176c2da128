import {
  AgreeSupportPlan,
  GivePlanInWriting,
  RecordDissent,
  SCOPE_OF_PLANS,
  SignSupportPlan,
  agreements,
  dissenters,
  formats,
  recipients,
  signatories,
  waysToSign,
} from '../../contracts/index.js';
import { type Asking, type Field, type PlanForm, dayField, itemsOf, itemsOrNone } from './plan-form.js';
import {
  representativeField,
  representativeFrom,
  representativeHint,
  representativeItems,
} from './representative-field.js';
import type { Typed } from './typed.js';

const offline = waysToSign.filter((way) => way !== 'online');

const signatureFields = (place: string, { representatives }: Asking): Field[] => [
  { kind: 'select', name: `${place}how`, label: 'How they signed', items: itemsOrNone(offline) },
  {
    kind: 'select',
    name: `${place}representative.representationId`,
    label: 'If a representative signed: who',
    hint: representativeHint(representatives, SCOPE_OF_PLANS),
    items: [{ value: '', text: 'The person signed themselves' }, ...representativeItems(representatives)],
  },
];

function signatureFrom(typed: Typed, place: string, signatory: (typeof signatories)[number]) {
  const how = typed.choice(`${place}how`, offline, 'Say how they signed.');
  if (signatory === 'person') return { signatory, how };
  const representationId = typed.required(
    `${place}representative.representationId`,
    'Choose who of the register of representatives signed.',
  );
  return { signatory, how, representative: { representationId } };
}

/** Signs the plan off for the council, with the person's side or without it. */
export const agreementForm: PlanForm = {
  path: 'agreement',
  asksRepresentatives: SCOPE_OF_PLANS,
  submit: 'Sign the plan off',
  title: ({ plan }) =>
    plan.stage === 'agreed' || plan.stage === 'active' ? 'The plan is signed off' : 'Agree the plan',
  lead: ({ plan }) =>
    plan.stage === 'agreed' || plan.stage === 'active'
      ? [`Version ${plan.version} is signed off. A change of it needs a review (Care Act 2014 section 27).`]
      : [
          'Each need has a line, or the lawful reason why the council does not meet it. Anything else is an open duty, and the plan cannot be signed off (Care Act 2014 sections 18, 24 and 25).',
        ],
  fields(asking) {
    const { plan, today } = asking;
    if (plan.stage === 'agreed' || plan.stage === 'active' || plan.stage === 'closed') return undefined;
    return [
      {
        kind: 'radio',
        name: 'agreement',
        heading: 'The agreement',
        label: 'Does the person agree to the plan?',
        items: [
          { value: 'agreed', text: 'Yes' },
          { value: 'dissents', text: 'No, they dissent' },
        ],
      },
      {
        kind: 'area',
        name: 'inTheirWords',
        label: 'What the person says of it, in their own words (optional)',
        rows: 3,
      },
      {
        kind: 'area',
        name: 'stepsToAgree',
        label: 'If they dissent: which reasonable steps were taken to agree',
        hint: 'Section 25(5)',
        rows: 3,
      },
      ...(plan.signature
        ? []
        : ([
            {
              kind: 'radio',
              name: 'signature.signatory',
              label: 'Who signs for the person’s side now?',
              items: [...itemsOf(signatories), { value: '', text: 'Nobody, or later' }],
            },
            ...signatureFields('signature.', asking),
          ] as const)),
      dayField('On which day was this?', today, 'Not before the budget'),
    ];
  },
  read(typed) {
    const signatory = typed.chosen('signature.signatory', signatories, 'Say who signs.');
    const half = ['how', 'representative.representationId'].some((name) => typed.text(`signature.${name}`));
    if (half && !signatory) typed.fault('signature.signatory', 'Say who signs, or leave the signature empty.');
    return typed.understood({
      Kind: AgreeSupportPlan,
      said: {
        agreement: typed.choice('agreement', agreements, 'Say whether the person agrees to the plan.'),
        ...typed.said('inTheirWords', 'inTheirWords'),
        ...typed.said('stepsToAgree', 'stepsToAgree'),
        ...(signatory && { signature: signatureFrom(typed, 'signature.', signatory) }),
        effectiveOn: typed.day('effectiveOn', 'Enter the day on which the plan was agreed, such as 14/3/2026.'),
      },
    });
  },
  faultsAt: (faults) =>
    faults.map((fault) => (/^(lines|notMet)\b/.test(fault.field ?? '') ? { ...fault, field: 'lines' } : fault)),
};

/** The person's side signs. */
export const signatureForm: PlanForm = {
  path: 'signature',
  asksRepresentatives: SCOPE_OF_PLANS,
  submit: 'Sign the plan',
  title: ({ role }) => (role === 'person' ? 'Sign my plan' : 'The person’s side signs'),
  lead: ({ plan, role }) => [
    role === 'person'
      ? `This is version ${plan.version} of your plan. Sign it if you agree with all of it. You do not have to: you can also say what you do not agree with.`
      : `Version ${plan.version}. A signature is of what stands in the plan now: a later change makes it void.`,
  ],
  fields: (asking) =>
    asking.role === 'person'
      ? []
      : [
          { kind: 'radio', name: 'signatory', label: 'Who signs', items: itemsOf(signatories) },
          ...signatureFields('', asking),
          dayField('On which day was this?', asking.today),
        ],
  read(typed, { role }) {
    if (role === 'person') return { Kind: SignSupportPlan, said: { signatory: 'person', how: 'online' } };
    const signatory = typed.choice('signatory', signatories, 'Say who signs.');
    return typed.understood({
      Kind: SignSupportPlan,
      said: {
        ...signatureFrom(typed, '', signatory),
        effectiveOn: typed.day('effectiveOn', 'Enter the day of the signature, such as 14/3/2026.'),
      },
    });
  },
  faultsAt: (faults) =>
    faults.map(({ field, ...fault }) => (field && !/^(lines|notMet)\b/.test(field) ? { ...fault, field } : fault)),
};

/** Somebody does not agree. */
export const dissentForm: PlanForm = {
  path: 'dissent',
  asksRepresentatives: SCOPE_OF_PLANS,
  submit: 'Save',
  then: '#dissent',
  title: ({ role }) => (role === 'person' ? 'What I do not agree with' : 'Record dissent'),
  lead: ({ role }) =>
    role === 'person'
      ? ['The council must do what is reasonable to agree the plan with you. What you write here stays with the plan.']
      : [],
  fields: ({ plan, role, representatives }) => [
    ...(role === 'person'
      ? []
      : [
          { kind: 'radio', name: 'by', label: 'Who does not agree', items: itemsOf(dissenters) } as const,
          representativeField(representatives, SCOPE_OF_PLANS),
        ]),
    {
      kind: 'select',
      name: 'lineId',
      label: 'With what',
      items: [
        { value: '', text: 'The plan as a whole' },
        ...plan.lines.map(({ lineId, need, action }) => ({ value: lineId, text: `${need}: ${action.slice(0, 80)}` })),
      ],
    },
    { kind: 'area', name: 'words', label: role === 'person' ? 'In your own words' : 'In their own words', rows: 4 },
  ],
  read: (typed, { role }) =>
    typed.understood({
      Kind: RecordDissent,
      said: {
        by: role === 'person' ? 'person' : typed.choice('by', dissenters, 'Say who does not agree.'),
        ...representativeFrom(typed),
        ...typed.said('lineId', 'lineId'),
        words: typed.required('words', 'Write down what they do not agree with.'),
      },
    }),
};

/** A copy of the agreed version is given. */
export const copyForm: PlanForm = {
  path: 'copy',
  submit: 'Record the copy',
  then: '#versions',
  title: () => 'The plan was given in writing',
  lead: ({ plan }) =>
    plan.signedOff ? [] : ['No version is signed off yet, so there is nothing to give (Care Act 2014 section 25(9)).'],
  fields: ({ today }) => [
    { kind: 'radio', name: 'to', label: 'To whom', items: itemsOf(recipients) },
    { kind: 'select', name: 'format', label: 'In which form', items: itemsOrNone(formats) },
    dayField('On which day', today),
  ],
  read: (typed) =>
    typed.understood({
      Kind: GivePlanInWriting,
      said: {
        to: typed.choice('to', recipients, 'Say to whom the plan was given.'),
        format: typed.choice('format', formats, 'Choose the form.'),
        effectiveOn: typed.day('effectiveOn', 'Enter the day, such as 14/3/2026.'),
      },
    }),
};
