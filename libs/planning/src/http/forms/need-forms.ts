import {
  OfferOptions,
  RecordAboutPerson,
  RecordNeedUnmet,
  WithdrawUnmetNeed,
  basesOfReasons,
  bases,
  contributors,
  independentLivingAreas,
  onlyForAdults,
  onlyForCarers,
  openReasons,
  reasonsNotMet,
  waysToMeet,
} from '../../contracts/index.js';
import type { SupportPlan } from '../../application/support-plan.reading.js';
import { type Field, type PlanForm, itemsOf, itemsOrNone } from './plan-form.js';
import type { TypedValues } from './typed.js';

/** People of the circle and options that the forms have room for: they work without script, so they cannot grow. */
const CIRCLE = 5;
const OPTIONS = 4;
const rows = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The need that the address names is chosen already. */
const whichNeed = (needs: readonly string[], query: TypedValues): Field => ({
  kind: 'select',
  name: 'need',
  label: 'Which need',
  items: itemsOrNone(needs),
  value: typeof query['need'] === 'string' ? query['need'] : '',
});

/** Those that the law has for the needs of this plan: an adult's or a carer's. */
const theirs = ({ ofCarer }: SupportPlan, among: readonly string[]): string[] =>
  among.filter((each) => !(ofCarer ? onlyForAdults : onlyForCarers).includes(each));

/** Records a need as not met: with a lawful reason, or as an open duty. */
export const unmetNeedForm: PlanForm = {
  path: 'unmet-need',
  submit: 'Record the need as not met',
  then: '#unmet',
  title: () => 'A need that is not met',
  lead: () => [
    'A need is met by a line of the plan, or the law names the reason why the council need not meet it. Anything else is an open duty: it can be recorded, and nobody can sign over it (Care Act 2014 sections 18 and 24).',
  ],
  fields: ({ plan, query }) => [
    whichNeed(plan.needs, query),
    {
      kind: 'radio',
      name: 'reason',
      label: 'Why the council does not meet it',
      items: [...itemsOf(theirs(plan, reasonsNotMet)), { value: 'open', text: 'None of these: the duty is open' }],
    },
    {
      kind: 'select',
      name: 'basis',
      label: 'On what the reason rests',
      hint: Object.keys(basesOfReasons)
        .map((reason) => `Needed for “${reason}”`)
        .join('. '),
      items: itemsOrNone(theirs(plan, bases), 'Not needed'),
    },
    {
      kind: 'select',
      name: 'openBecause',
      label: 'Where the duty is open: why',
      items: itemsOrNone(openReasons, 'The duty is not open'),
    },
    { kind: 'area', name: 'words', label: 'What there is to say of it (optional)', rows: 3 },
  ],
  read(typed) {
    const reason = typed.choice(
      'reason',
      [...reasonsNotMet, 'open'],
      'Choose the reason, or say that the duty is open.',
    );
    const basis = typed.chosen('basis', bases, 'Choose on what the reason rests.');
    const openBecause = typed.chosen('openBecause', openReasons, 'Choose why the duty is open.');
    return typed.understood({
      Kind: RecordNeedUnmet,
      said: {
        need: typed.required('need', 'Choose the need.'),
        ...(reason !== 'open' && { reason }),
        ...(basis && { basis }),
        ...(openBecause && { openBecause }),
        ...typed.said('words', 'words'),
      },
    });
  },
};

/** Takes it back that a need is not met. */
export const metNeedForm: PlanForm = {
  path: 'met-need',
  submit: 'Take the record back',
  then: '#unmet',
  title: () => 'A need is no longer unmet',
  fields: ({ plan, query }) => [
    whichNeed(
      plan.unmet.map(({ need }) => need),
      query,
    ),
  ],
  read: (typed) =>
    typed.understood({ Kind: WithdrawUnmetNeed, said: { need: typed.required('need', 'Choose the need.') } }),
};

/** What matters, strengths, the circle of support, contingency. */
export const aboutForm: PlanForm = {
  path: 'about',
  submit: 'Save',
  then: '#about',
  title: ({ role }) => (role === 'person' ? 'About me' : 'About the person'),
  fields({ plan: { about }, role }) {
    const me = role === 'person';
    const area = (name: string, label: string, value: string | undefined): Field => ({
      kind: 'area',
      name,
      label,
      rows: 3,
      value,
    });
    return [
      area('whatMatters', me ? 'What matters to me' : 'What matters to the person', about?.whatMatters),
      area('strengths', me ? 'What I am good at' : 'Strengths: what they can do and like to do', about?.strengths),
      ...rows(CIRCLE).flatMap((at): Field[] => [
        {
          kind: 'text',
          name: `circle.${at}.who`,
          label: `Who is there: ${at + 1}`,
          value: about?.circle[at]?.who,
          ...(at === 0 && { heading: 'Circle of support' }),
        },
        { kind: 'text', name: `circle.${at}.how`, label: `How they help: ${at + 1}`, value: about?.circle[at]?.how },
      ]),
      {
        ...area('contingency', 'What is done when support falls away', about?.contingency),
        heading: 'If things go wrong, and how needs can be kept small',
      },
      area('prevention', 'What can be done to prevent, delay or reduce needs', about?.prevention),
      ...independentLivingAreas.map((name, at): Field => ({
        ...area(
          `independentLiving.${at}.outcome`,
          name.charAt(0).toUpperCase() + name.slice(1),
          about?.independentLiving.find((each) => each.area === name)?.outcome,
        ),
        ...(at === 0 && { heading: 'Living independently: what shall be different' }),
      })),
    ];
  },
  read(typed) {
    const circle = rows(CIRCLE).flatMap((at) => {
      const [who, how] = [typed.text(`circle.${at}.who`), typed.text(`circle.${at}.how`)];
      if (!who && how) typed.fault(`circle.${at}.who`, 'Say who helps.');
      return who ? [{ who, how }] : [];
    });
    const independentLiving = independentLivingAreas.flatMap((area, at) => {
      const outcome = typed.text(`independentLiving.${at}.outcome`);
      return outcome ? [{ area, outcome }] : [];
    });
    return typed.understood({
      Kind: RecordAboutPerson,
      said: {
        ...typed.said('whatMatters', 'whatMatters'),
        ...typed.said('strengths', 'strengths'),
        circle,
        ...typed.said('contingency', 'contingency'),
        ...typed.said('prevention', 'prevention'),
        independentLiving,
      },
    });
  },
};

/** Which ways to meet a need were put before the person. */
export const optionsForm: PlanForm = {
  path: 'options',
  submit: 'Save the choice',
  then: '#options',
  title: () => 'Options for a need',
  lead: () => [
    'What was put before the person, which one they chose, and why not the others. One option is no choice: then say why there was no other.',
  ],
  fields: ({ plan, query }) => [
    whichNeed(plan.needs, query),
    ...rows(OPTIONS).flatMap((at): Field[] => [
      {
        kind: 'select',
        name: `options.${at}.way`,
        heading: `Option ${at + 1}${at ? ' (optional)' : ''}`,
        label: `Option ${at + 1}: in which way`,
        items: itemsOrNone(waysToMeet, 'None'),
      },
      { kind: 'text', name: `options.${at}.words`, label: `Option ${at + 1}: what it would be (optional)` },
      {
        kind: 'radio',
        name: `options.${at}.chosen`,
        label: `Option ${at + 1}: did the person choose it?`,
        items: itemsOf(['yes', 'no']),
      },
      { kind: 'text', name: `options.${at}.whyNot`, label: `Option ${at + 1}: if not, why not` },
    ]),
    {
      kind: 'select',
      name: 'chosenBy',
      heading: 'The choice',
      label: 'Who chose',
      items: itemsOrNone(contributors),
      value: 'person',
    },
    { kind: 'text', name: 'whyOne', label: 'If there was one option alone: why' },
  ],
  read(typed) {
    const options = rows(OPTIONS).flatMap((at) => {
      const place = `options.${at}`;
      const way = typed.chosen(`${place}.way`, waysToMeet, 'Choose the way.');
      if (!way) return [];
      const chosen = typed.choice(
        `${place}.chosen`,
        ['yes', 'no'],
        `Option ${at + 1}: say whether the person chose it.`,
      );
      return [
        {
          way,
          ...typed.said(`${place}.words`, 'words'),
          chosen: chosen === 'yes',
          ...typed.said(`${place}.whyNot`, 'whyNot'),
        },
      ];
    });
    if (!options.length) typed.fault('options.0.way', 'Enter at least one option.');
    return typed.understood({
      Kind: OfferOptions,
      said: {
        need: typed.required('need', 'Choose the need.'),
        options,
        chosenBy: typed.choice('chosenBy', contributors, 'Say who chose.'),
        ...typed.said('whyOne', 'whyOne'),
      },
    });
  },
};
