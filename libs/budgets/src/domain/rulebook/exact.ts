/** An exact amount, not below nothing: a fraction of whole numbers in lowest terms. No float comes near the money. */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

function divisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : divisor(other, one % other);
}

/** `over / under` in lowest terms. */
export function exact(over: bigint | number, under: bigint | number = 1n): Exact {
  const [top, bottom] = [BigInt(over), BigInt(under)];
  const common = divisor(top, bottom);
  return { over: top / common, under: bottom / common };
}

export const plus = (one: Exact, other: Exact): Exact =>
  exact(one.over * other.under + other.over * one.under, one.under * other.under);

export const times = (one: Exact, other: Exact): Exact => exact(one.over * other.over, one.under * other.under);

export const isLess = (one: Exact, other: Exact): boolean => one.over * other.under < other.over * one.under;

/** `37037/3`, or `412` where it is whole. */
export const written = ({ over, under }: Exact): string => (under === 1n ? String(over) : `${over}/${under}`);

/** What `written` wrote. */
export function readExact(text: string): Exact {
  const [over, under = '1'] = text.split('/') as [string, string?];
  return exact(BigInt(over), BigInt(under));
}

/** The nearest multiple of `unit`, once; exactly half a unit goes where `half` says. */
export function rounded(amount: Exact, unit: number, half: 'up' | 'down' | 'to even'): number {
  const step = BigInt(unit);
  const whole = amount.over / (amount.under * step);
  const rest = exact(amount.over - whole * amount.under * step, amount.under * step);
  const twice = times(rest, exact(2n));
  const isHalf = twice.over === twice.under;
  const goesUp = isHalf ? half === 'up' || (half === 'to even' && whole % 2n === 1n) : twice.over > twice.under;
  return Number((goesUp ? whole + 1n : whole) * step);
}
