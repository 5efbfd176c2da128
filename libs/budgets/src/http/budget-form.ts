import { type Fault, InvalidInput, parsePounds } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import type { AllocateBudgetData } from '../contracts/index.js';

const amounts = {
  costPencePerWeek: 'Enter what meeting the needs costs a week, in pounds, such as 412.30.',
  personPaysPencePerWeek: 'Enter what the person pays a week, in pounds; 0 if nothing.',
  councilPaysPencePerWeek: 'Enter what the council pays a week, in pounds; 0 if nothing.',
} as const;

/**
 * What was typed about a budget: pounds become pence. Whether the amounts fit together is the decider's to say.
 * @throws InvalidInput with every field that cannot be understood
 */
export function budgetFrom(
  allocationId: string,
  typed: Readonly<Record<string, unknown>>,
): { data: AllocateBudgetData; effectiveOn: string } {
  const text = (field: string): string => {
    const value = typed[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });
  const pence = (field: keyof typeof amounts): number => {
    const read = parsePounds(text(field));
    if (read === undefined) fault(field, amounts[field]);
    return read ?? 0;
  };
  const data: AllocateBudgetData = {
    allocationId,
    costPencePerWeek: pence('costPencePerWeek'),
    personPaysPencePerWeek: pence('personPaysPencePerWeek'),
    councilPaysPencePerWeek: pence('councilPaysPencePerWeek'),
    reasons: text('reasons'),
  };
  const effectiveOn = parseUkDate(text('effectiveOn'));
  if (!effectiveOn) fault('effectiveOn', 'Enter the day from which the budget is true, such as 14/3/2026.');
  if (faults.length || !effectiveOn) throw new InvalidInput(faults);
  return { data, effectiveOn };
}
