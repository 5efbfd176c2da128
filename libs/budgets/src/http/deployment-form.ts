import {
  type ChooseDeploymentData,
  directPayments,
  exclusionCodes,
  notOfferedReasons,
  type WayOffered,
  waysToHold,
} from '../contracts/index.js';
import type { Statement } from '../application/statement.query.js';
import type { FormValues } from './page-forms.js';
import { Typed } from './typed.js';

const amountField = (at: number): string => `ways.${at}.pencePerWeek`;

/** What was typed of each of the five ways: whether it was offered, how much is held in it, and why not. */
export function deploymentFrom(typed: Typed): Omit<ChooseDeploymentData, 'budgetId'> {
  const ways = waysToHold.flatMap((way, at): WayOffered[] => {
    const offered = typed.text(`ways.${at}.offered`);
    if (!offered) return [];
    const excludedBy = exclusionCodes.find((code) => code === typed.text(`ways.${at}.excludedBy`));
    const notOfferedBecause = notOfferedReasons.find((code) => code === typed.text(`ways.${at}.notOfferedBecause`));
    const whyNot = typed.text(`ways.${at}.whyNot`);
    const isDirect = directPayments.includes(way);
    return [
      {
        way,
        offered: offered === 'yes',
        ...(isDirect && excludedBy && { excludedBy }),
        ...(!isDirect && notOfferedBecause && { notOfferedBecause }),
        ...(whyNot && { whyNot }),
      },
    ];
  });
  const parts = waysToHold.flatMap((way, at) => {
    if (!typed.text(amountField(at))) return [];
    const pencePerWeek = typed.pence(amountField(at), 'Enter how much of it is held in this way, in pounds.');
    if (pencePerWeek < 0) typed.fault(amountField(at), 'An amount does not lie below nothing.');
    const holder = typed.text(`ways.${at}.holder`);
    return [{ way, pencePerWeek, ...(holder && { holder }) }];
  });
  const inTheirWords = typed.text('inTheirWords');
  return { parts, ways, ...(inTheirWords && { inTheirWords }) };
}

/** Where a field of the command stands in the form: parts and ways are in the rows of the five ways there. */
export function deploymentFieldOf(values: FormValues): (field: string) => string {
  const typed = new Typed(values);
  const rows = waysToHold.map((_, at) => at);
  const rowsOf = {
    parts: rows.filter((at) => typed.text(amountField(at))),
    ways: rows.filter((at) => typed.text(`ways.${at}.offered`)),
  };
  return (field) => {
    const [, list, index, name] = /^(parts|ways)\.(\d+)\.(\w+)$/.exec(field) ?? [];
    if (!list || !name)
      return field === 'ways' ? `ways.${rows.find((at) => !rowsOf.ways.includes(at)) ?? 0}.offered` : amountField(0);
    const row = rowsOf[list as keyof typeof rowsOf][Number(index)] ?? 0;
    return `ways.${row}.${name === 'way' ? 'pencePerWeek' : name}`;
  };
}

/**
 * What stands in the form before anybody types: what was said and chosen last, so that only what changes is typed again. An
 * amount that was all of the council's is all of it again; where it was split, the parts are to be thought over.
 */
export function deploymentTyped({ deployment, councilPencePerWeek = 0 }: Statement): FormValues {
  if (!deployment) return {};
  const { ways, parts, current } = deployment;
  return Object.fromEntries(
    waysToHold.flatMap((way, at) => {
      const said = ways.find((each) => each.way === way);
      const part = parts.find((each) => each.way === way);
      const pence = parts.length === 1 ? councilPencePerWeek : current && part?.pencePerWeek;
      return [
        ...(said ? [[`ways.${at}.offered`, said.offered ? 'yes' : 'no']] : []),
        ...(said?.whyNot ? [[`ways.${at}.whyNot`, said.whyNot]] : []),
        ...(said?.excludedBy ? [[`ways.${at}.excludedBy`, said.excludedBy]] : []),
        ...(said?.notOfferedBecause ? [[`ways.${at}.notOfferedBecause`, said.notOfferedBecause]] : []),
        ...(part && pence ? [[amountField(at), (pence / 100).toFixed(2)]] : []),
        ...(part?.holder ? [[`ways.${at}.holder`, part.holder]] : []),
      ];
    }),
  ) as FormValues;
}
