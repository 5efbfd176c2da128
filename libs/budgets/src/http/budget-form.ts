import type { AllocateBudgetData, LocalPrice, NeededService } from '../contracts/index.js';
import { Typed } from './typed.js';

const HOURS = /^(\d{1,3})(?:[.,](\d{1,2})|:([0-5]\d))?$/;

/**
 * What was typed about a budget: pounds become pence, hours become minutes. Whether it fits together is the decider's to say.
 * @param prices of the services that were asked about
 * @throws InvalidInput with every field that cannot be understood
 */
export function budgetFrom(
  allocationId: string,
  values: Readonly<Record<string, unknown>>,
  prices: readonly LocalPrice[] = [],
): { data: AllocateBudgetData; effectiveOn: string } {
  const typed = new Typed(values);
  const needed = prices.flatMap((price) => neededFrom(typed, price));
  const data: AllocateBudgetData = {
    allocationId,
    costPencePerWeek: typed.pence(
      'costPencePerWeek',
      'Enter what meeting the needs costs a week, in pounds, such as 412.30.',
    ),
    personPaysPencePerWeek: typed.pence(
      'personPaysPencePerWeek',
      'Enter what the person pays a week, in pounds; 0 if nothing.',
    ),
    councilPaysPencePerWeek: typed.pence(
      'councilPaysPencePerWeek',
      'Enter what the council pays a week, in pounds; 0 if nothing.',
    ),
    reasons: typed.text('reasons'),
    ...(needed.length && { needed }),
  };
  const effectiveOn = typed.day('effectiveOn', 'Enter the day from which the budget is true, such as 14/3/2026.');
  typed.check();
  return { data, effectiveOn };
}

/** Hours (`10`, `10.5`, `10:30`) or times a week of one service; nothing where the field was left empty. */
function neededFrom(typed: Typed, { service, label, unit }: LocalPrice): NeededService[] {
  const field = `needed.${service}`;
  const text = typed.text(field);
  if (!text) return [];
  const [, whole, part, minutes] = HOURS.exec(text) ?? [];
  const amount =
    unit === 'hour'
      ? Number(whole) * 60 + (minutes ? Number(minutes) : Math.round(Number(`0.${part ?? 0}`) * 60))
      : Number(part || minutes ? NaN : whole);
  if (Number.isInteger(amount) && amount > 0) return [{ service, unit, amount }];
  const how = unit === 'hour' ? 'how many hours a week, such as 10 or 10.5' : 'how many times a week, such as 1';
  typed.fault(field, `${label}: enter ${how}, or leave it empty.`);
  return [];
}
