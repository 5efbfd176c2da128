import { formatPence } from '@caretrail/kernel';
import { type ChooseDeploymentData, directPayments, waysToHold } from '../../contracts/index.js';
import { agreedFirst, type BudgetPolicy, notClosed } from './statement.policies.js';

type DeploymentPolicy = BudgetPolicy<ChooseDeploymentData>;
const choice = 'Care Act 2014 s31; Care and Support Statutory Guidance ch. 12';

const everyWayOnce: DeploymentPolicy = {
  rule: 'every-way-is-answered',
  section: choice,
  check: ({ ways }) =>
    waysToHold.flatMap((way) => {
      const said = ways.filter((each) => each.way === way).length;
      return said === 1
        ? []
        : [
            {
              message: `Say once whether “${way}” was offered${said ? '' : ', also where it was not'}.`,
              field: 'ways',
            },
          ];
    }),
};

const exclusionNamesTheLaw: DeploymentPolicy = {
  rule: 'exclusion-names-the-law',
  section: 'Care Act 2014 s31(4)–(7), s32, s33; DP Regs 2014',
  check: ({ ways }) =>
    ways.flatMap(({ way, offered, excludedBy }, at) =>
      !offered && directPayments.includes(way) && !excludedBy
        ? [
            {
              message: `“${way}” is a direct payment: only a ground in law excludes it. Name the ground, or offer it.`,
              field: `ways.${at}.excludedBy`,
            },
          ]
        : [],
    ),
};

const notOfferedHasAReason: DeploymentPolicy = {
  rule: 'not-offered-has-a-reason',
  section: choice,
  check: ({ ways }) =>
    ways.flatMap(({ way, offered, notOfferedBecause }, at) =>
      !offered && !directPayments.includes(way) && !notOfferedBecause
        ? [{ message: `Say why “${way}” was not offered.`, field: `ways.${at}.notOfferedBecause` }]
        : [],
    ),
};

const offeredIsNotExcluded: DeploymentPolicy = {
  rule: 'offered-is-not-excluded',
  section: choice,
  check: ({ ways }) =>
    ways.flatMap(({ way, offered, excludedBy, notOfferedBecause }, at) =>
      offered && (excludedBy ?? notOfferedBecause)
        ? [{ message: `“${way}” was offered, so there is no ground for not offering it.`, field: `ways.${at}.offered` }]
        : [],
    ),
};

const chosenWasOffered: DeploymentPolicy = {
  rule: 'chosen-was-offered',
  section: choice,
  check: ({ parts, ways }) =>
    parts.flatMap(({ way }, at) =>
      ways.some((each) => each.way === way && !each.offered)
        ? [{ message: `“${way}” was not offered, so it cannot be what the person chose.`, field: `parts.${at}.way` }]
        : [],
    ),
};

const notChosenSaysWhy: DeploymentPolicy = {
  rule: 'not-chosen-says-why',
  section: choice,
  check: ({ parts, ways }) =>
    ways.flatMap(({ way, offered, whyNot }, at) =>
      offered && !parts.some((part) => part.way === way) && !whyNot?.trim()
        ? [{ message: `“${way}” was offered and not chosen: say why not.`, field: `ways.${at}.whyNot` }]
        : [],
    ),
};

const partsAreSomething: DeploymentPolicy = {
  rule: 'parts-are-something',
  section: 'Care Act 2014 s26(1)(c)',
  check: ({ parts }) =>
    parts.flatMap(({ way, pencePerWeek }, at) => [
      ...(pencePerWeek === 0
        ? [{ message: 'A part is above nothing: leave it out otherwise.', field: `parts.${at}.pencePerWeek` }]
        : []),
      ...(parts.findIndex((other) => other.way === way) < at
        ? [{ message: `“${way}” stands twice: give all of it in one part.`, field: `parts.${at}.way` }]
        : []),
    ]),
};

const partsAddUp: DeploymentPolicy = {
  rule: 'parts-add-up',
  section: 'Care Act 2014 s26(1)(c)',
  check: ({ parts }, { agreed }) => {
    const sum = parts.reduce((all, { pencePerWeek }) => all + pencePerWeek, 0);
    return agreed && sum !== agreed.councilPencePerWeek
      ? [
          {
            message: `The parts add up to ${formatPence(sum)} a week. The council pays ${formatPence(agreed.councilPencePerWeek)}.`,
            field: 'parts',
          },
        ]
      : undefined;
  },
};

const heldBySomebody: DeploymentPolicy = {
  rule: 'held-by-somebody',
  section: choice,
  check: ({ parts }) =>
    parts.flatMap(({ way, holder }, at) =>
      way !== 'cash direct payment' && way !== 'held by the care manager' && !holder?.trim()
        ? [{ message: `Say who holds what is “${way}”.`, field: `parts.${at}.holder` }]
        : [],
    ),
};

/** First what was offered, then what was chosen, then the pennies. */
export const deploymentPolicies = [
  agreedFirst,
  notClosed,
  everyWayOnce,
  exclusionNamesTheLaw,
  notOfferedHasAReason,
  offeredIsNotExcluded,
  chosenWasOffered,
  notChosenSaysWhy,
  partsAreSomething,
  partsAddUp,
  heldBySomebody,
] as const;
