const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;

/** `zz14ab` → `ZZ1 4AB`; undefined for what is not formed like a United Kingdom postcode. */
export function parsePostcode(text: string): string | undefined {
  const match = POSTCODE.exec(text.toUpperCase().replace(/\s/g, ''));
  return match ? `${match[1]} ${match[2]}` : undefined;
}

/** The sector of a parsed postcode: `ZZ1 4AB` → `ZZ1 4`, some three thousand addresses. */
export const postcodeSector = (postcode: string): string => postcode.slice(0, -2);
