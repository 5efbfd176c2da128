/** Whole pence. Never a float of pounds. */
export type Pence = number;

/** `123456` → `£1,234.56`; whole pounds without pence when `style` is `pounds`. */
export function formatPence(pence: Pence, style: 'exact' | 'pounds' = 'exact'): string {
  const sign = pence < 0 ? '−' : '';
  const digits = style === 'pounds' ? 0 : 2;
  const amount = (Math.abs(pence) / 100).toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${sign}£${amount}`;
}

/** Pounds as people type them (`412.30`, `£1,200`) to pence; undefined when it is not an amount of at most two decimals. */
export function parsePounds(text: string): Pence | undefined {
  const cleaned = text.trim().replace(/^£/, '').replaceAll(',', '');
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(cleaned);
  if (!match) return undefined;
  const pence = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] && pence ? -pence : pence;
}
