import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import {
  type ConcludeEnquiryData,
  enquirers,
  findings,
  type Limbs,
  riskOutcomes,
  wishesAchieved,
  wishesAsked,
} from '../contracts/index.js';
import { textOf } from './alert-form.js';

type Typed = Readonly<Record<string, unknown>>;

/** As many actions as an enquiry can name. */
const MOST_ACTIONS = 20;

/** The parts of s42(1), as the form asks what was found of each. */
export const findingQuestions: readonly { readonly key: keyof Limbs; readonly question: string }[] = [
  { key: 'careAndSupportNeeds', question: 'The adult has needs for care and support, s42(1)(a)' },
  { key: 'abuseOrNeglect', question: 'The adult experienced abuse or neglect, or is at risk of it, s42(1)(b)' },
  { key: 'unableToProtect', question: 'Because of those needs the adult cannot protect themselves, s42(1)(c)' },
];

/** How many actions the form has room for: those that were typed, and one more. */
export function roomForActions(typed: Typed): number {
  const used = Array.from({ length: MOST_ACTIONS }, (_, at) => at).filter((at) => actionAt(typed, at));
  return Math.min(MOST_ACTIONS, (used.at(-1) ?? -1) + 2);
}

const actionAt = (typed: Typed, at: number): { what: string; by: string } | undefined => {
  const [what, by] = [textOf(typed, `actions.${at}.what`), textOf(typed, `actions.${at}.by`)];
  return what || by ? { what, by } : undefined;
};

/**
 * The conclusion that was typed, about the adults of the concern. What the rules can judge is left to them.
 * @param adults in the order in which the form asks about them
 * @throws InvalidInput for choices and a day that are missing
 */
export function conclusionFrom(
  concernId: string,
  adults: readonly string[],
  typed: Typed,
): { data: ConcludeEnquiryData; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const chosen = <const Value extends string>(list: readonly Value[], field: string, message: string): Value => {
    const value = list.find((each) => each === textOf(typed, field));
    if (!value) faults.push({ rule: 'input-shape', field, message });
    return value ?? list[0]!;
  };
  const words = (field: string) => textOf(typed, field) || undefined;
  const finding = (key: keyof Limbs) => ({
    found: chosen(findings, `findings.${key}.found`, 'Choose what the enquiry found.'),
    reasons: textOf(typed, `findings.${key}.reasons`),
  });
  const data: ConcludeEnquiryData = {
    concernId,
    madeBy: chosen(enquirers, 'madeBy', 'Choose who made the enquiry.'),
    askedOf: words('askedOf'),
    findings: {
      careAndSupportNeeds: finding('careAndSupportNeeds'),
      abuseOrNeglect: finding('abuseOrNeglect'),
      unableToProtect: finding('unableToProtect'),
    },
    actions: Array.from({ length: MOST_ACTIONS }, (_, at) => actionAt(typed, at)).filter((action) => !!action),
    noActionBecause: words('noActionBecause'),
    riskOutcome: riskOutcomes.find((each) => each === textOf(typed, 'riskOutcome')),
    wishes: adults.map((adult, at) => ({
      adult,
      asked: chosen(wishesAsked, `wishes.${at}.asked`, 'Choose whether the adult was asked what they want.'),
      words: words(`wishes.${at}.words`),
      achieved: wishesAchieved.find((each) => each === textOf(typed, `wishes.${at}.achieved`)),
      notAskedBecause: words(`wishes.${at}.notAskedBecause`),
    })),
  };
  const effectiveOn = parseUkDate(textOf(typed, 'effectiveOn'));
  if (!effectiveOn)
    faults.push({
      rule: 'input-shape',
      field: 'effectiveOn',
      message: 'Enter the day on which the enquiry was concluded, such as 14/3/2026.',
    });
  if (faults.length) throw new InvalidInput(faults);
  return { data, effectiveOn: effectiveOn! };
}
