import { carerOutcomes, outcomes } from '@caretrail/assessment/contracts';
import { daysBetween, formatDate, formatPence, type PlainDate } from '@caretrail/kernel';
import type { PersonLabel } from '@caretrail/people/contracts';
import { type Case, turnOf } from './case-stage.js';
import { AS_A_CARER, type FactKind } from './case-facts.js';
import type { StandingFact } from './cases.query.js';

const factWords: Readonly<Record<FactKind, string>> = {
  known: 'Known to the council',
  died: 'Died',
  requested: 'Asked for support',
  concluded: 'Request answered',
  'urgent need met': 'Urgent need met first',
  'urgent help ended': 'Urgent help ended',
  'assessment offered': 'Assessment offered',
  assessed: 'Assessed',
  'allocation opened': 'Budget to be decided',
  'allocation closed': 'No budget to be decided',
  'budget allocated': 'Budget allocated',
  'budget stated': 'Personal budget stated',
  'budget ended': 'Personal budget ended',
  'plan opened': 'Plan to be made',
  'plan agreed': 'Plan signed off',
};

/** What a fact says beside its day: coded values and amounts, nothing personal. */
export function detailOf(fact: StandingFact): string {
  const { kind, said, eligible, needs = 0, costPencePerWeek, personPaysPencePerWeek = 0 } = fact;
  const needCount = needs === 1 ? '1 need' : `${needs} needs`;
  switch (kind) {
    case 'assessed': {
      if (eligible === undefined) return 'the return does not say whether needs are eligible';
      const found = eligible ? 'eligible needs' : 'no eligible needs';
      if (fact.returned) return found;
      const ofCarer = said?.startsWith(AS_A_CARER);
      const unable = `${found}, unable to achieve ${needs} of ${ofCarer ? carerOutcomes.length : outcomes.length} outcomes`;
      return ofCarer ? `${said}: ${unable}` : unable;
    }
    case 'urgent need met':
      return `for ${needCount}, to be looked at again by ${formatDate(said!)}`;
    case 'allocation opened':
    case 'plan opened':
      return `for ${needCount}`;
    case 'budget allocated':
    case 'budget stated': {
      const amount = `${formatPence(costPencePerWeek ?? 0)} a week, of which the person pays ${formatPence(personPaysPencePerWeek)}`;
      return said ? `${amount}, because of a ${said}` : amount;
    }
    case 'plan agreed':
      return said === 'dissents' ? 'over the dissent of the person' : 'the person agrees';
    default:
      return said ?? '';
  }
}

/** A fact as a row of the page; `by` is the name of whoever recorded or decided it. */
export const factRowOf = (fact: StandingFact, by: string) => ({
  what: factWords[fact.kind],
  detail: detailOf(fact),
  on: fact.effectiveFrom,
  known: fact.knownFrom,
  daysLate: daysBetween(fact.effectiveFrom, fact.knownFrom),
  by: fact.returned ? 'a return of the council' : by,
});

/** The steps of the law, each with what is true of it in the round that the case is in. */
export function stepsOf(
  found: Case,
  facts: readonly StandingFact[],
): { key: string; facts: StandingFact[]; missing?: string; statement?: string }[] {
  const of = (kind: FactKind, id?: string) =>
    facts.filter((fact) => fact.kind === kind && (id === undefined || fact.factId === id)).slice(-1);
  const round = (kind: FactKind, id: string | undefined) => (id === undefined ? [] : of(kind, id));
  const stated = statementOf(facts, found.allocationId);
  return [
    { key: 'Known', facts: of('known') },
    { key: 'Requested', facts: of('requested'), missing: found.assessmentId ? 'Not recorded' : 'Not yet' },
    { key: 'Assessed', facts: round('assessed', found.assessmentId) },
    {
      key: 'Budget',
      facts: [
        ...(stated ? [stated] : round('budget allocated', found.allocationId)),
        ...round('budget ended', found.allocationId),
      ],
      ...(stated && { statement: `/personal-budgets/${found.allocationId}?at=${stated.eventId}` }),
    },
    { key: 'Plan', facts: round('plan agreed', found.planId) },
    ...(found.diedOn ? [{ key: 'Died', facts: of('died') }] : []),
  ];
}

/** The statement of Care Act 2014 s26 that is in force, of the facts that stand: the newest of this allocation. */
export const statementOf = (facts: readonly StandingFact[], allocationId: string | undefined) =>
  facts.findLast(({ kind, parentId }) => kind === 'budget stated' && parentId === allocationId);

/** Urgent help that goes on (Care Act 2014 s19(3)): since when, and until when it is to be looked at again. */
export function urgentHelpOf(
  facts: readonly StandingFact[],
  on: PlainDate,
): { id: string; since: PlainDate; lookAgainOn: PlainDate; late: boolean }[] {
  const ended = new Set(facts.flatMap(({ kind, factId }) => (kind === 'urgent help ended' ? [factId] : [])));
  return facts.flatMap(({ kind, factId, effectiveFrom, said }) =>
    kind === 'urgent need met' && !ended.has(factId)
      ? [{ id: factId, since: effectiveFrom, lookAgainOn: said!, late: said! < on }]
      : [],
  );
}

/** The assessment that was offered last, while it is not complete. */
export function openAssessmentOf(facts: readonly StandingFact[]): string | undefined {
  const offered = facts.findLast(({ kind }) => kind === 'assessment offered')?.factId;
  return facts.some(({ kind, factId }) => kind === 'assessed' && factId === offered) ? undefined : offered;
}

/** Where the next step is done, for the role whose turn it is. @param open the assessment that is under way, if one is */
export function nextLinkOf(found: Case, role: string, open?: string): { text: string; href: string } | undefined {
  if (!found.step || turnOf[found.step] !== role) return undefined;
  switch (found.step) {
    case 'assess':
    case 'assess again':
      return open
        ? { text: 'Go on with the assessment', href: `/assessments/${open}` }
        : { text: 'Complete an assessment', href: `/people/${found.personId}/assessment` };
    case 'decide budget':
      return { text: 'Decide the budget', href: `/allocations/${found.allocationId}/budget` };
    case 'agree plan':
      return { text: 'Make the plan', href: `/support-plans/${found.planId}` };
    case 'arrange care':
      return undefined;
  }
}

/** `5 January 2026, 12 days`: since when, and how many days that is on the day looked at. */
export function waitingOf(found: Case, on: string): string {
  const days = daysBetween(found.since, on);
  const long = days === 1 ? '1 day' : `${days.toLocaleString('en-GB')} days`;
  return days > 0 ? `${formatDate(found.since)}, ${long}` : formatDate(found.since);
}

/** `Born 3 February 1941, lives in ZZ1 4`: what is shown below a name. Empty when none of it is recorded. */
export function lineBelow(label: PersonLabel | undefined, found: Case): string {
  const { dateOfBirth, postcodeSector } = label ?? {};
  const said = [
    dateOfBirth && `born ${formatDate(dateOfBirth)}`,
    postcodeSector && `lives in ${postcodeSector}`,
    found.diedOn && `died ${formatDate(found.diedOn)}`,
  ].filter((each) => each);
  const line = said.join(', ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}
