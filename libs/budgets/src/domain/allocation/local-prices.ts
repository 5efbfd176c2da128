import type { AllocateBudgetData, LocalPricesCheckedData, NeededService } from '../../contracts/index.js';
import { exact, rounded } from '../rulebook/exact.js';

type Checked = Pick<LocalPricesCheckedData, 'priced' | 'unpriced' | 'pricedPencePerWeek'>;

const MINUTES_OF = { hour: 60, week: 1 } as const;

/** What the needs cost a week at local prices, line by line to the nearest penny; what has no known price stands apart. */
export function atLocalPrices({
  needed = [],
  localPrices = [],
}: Pick<AllocateBudgetData, 'needed' | 'localPrices'>): Checked {
  const priced: Checked['priced'] = [];
  const unpriced: NeededService[] = [];
  for (const line of needed) {
    const price = localPrices.find(({ service, unit }) => service === line.service && unit === line.unit);
    if (!price) {
      unpriced.push(line);
      continue;
    }
    const { label, medianPence, effectiveOn, knownOn } = price;
    const pencePerWeek = rounded(exact(line.amount * medianPence, MINUTES_OF[line.unit]), 1, 'up');
    priced.push({ ...line, price: { label, medianPence, effectiveOn, knownOn }, pencePerWeek });
  }
  return { priced, unpriced, pricedPencePerWeek: priced.reduce((sum, line) => sum + line.pencePerWeek, 0) };
}
