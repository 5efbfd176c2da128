/** Ten digits, of which the last makes the sum right (NHS Data Dictionary, modulus 11); undefined for anything else. */
export function parseNhsNumber(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) return undefined;
  return nhsCheckDigit(digits.slice(0, 9)) === Number(digits[9]) ? digits : undefined;
}

/** The tenth digit for nine; 10 where no NHS number begins with these nine. */
export function nhsCheckDigit(nine: string): number {
  const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  return (11 - (sum % 11)) % 11;
}
