/** A personal string as it is stored: base64url of iv, ciphertext and tag. */
export interface Sealed {
  readonly $enc: string;
}

/** What stands in place of a text whose key was destroyed. */
export const ERASED = '[erased]';

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && typeof (value as Sealed).$enc === 'string';

/**
 * Copies `data` with every value at `paths` replaced. A path is dotted, `*` stands for every element of an array.
 * Absent values (undefined, null) stay as they are. `place` names the exact field, indices included.
 */
export function mapPersonal(
  data: unknown,
  paths: readonly string[],
  replace: (value: unknown, place: string) => unknown,
): unknown {
  return paths.reduce((copy, path) => mapPath(copy, stepsOf(path), 0, '', replace), data);
}

const known = new Map<string, readonly string[]>();

/** Split once for each path of a definition, and not for each event. */
function stepsOf(path: string): readonly string[] {
  let steps = known.get(path);
  if (!steps) known.set(path, (steps = path.split('.')));
  return steps;
}

function mapPath(
  value: unknown,
  path: readonly string[],
  at: number,
  walked: string,
  replace: (value: unknown, place: string) => unknown,
): unknown {
  if (value === undefined || value === null) return value;
  const step = path[at];
  if (step === undefined) return replace(value, walked);
  if (step === '*') {
    if (!Array.isArray(value)) return value;
    return value.map((element, index) => mapPath(element, path, at + 1, join(walked, String(index)), replace));
  }
  if (typeof value !== 'object' || !(step in value)) return value;
  const record = value as Record<string, unknown>;
  return { ...record, [step]: mapPath(record[step], path, at + 1, join(walked, step), replace) };
}

const join = (walked: string, step: string): string => (walked ? `${walked}.${step}` : step);
