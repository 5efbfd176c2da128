/**
 * Whether two plain values (JSON: objects, arrays, strings, numbers, booleans) say the same.
 * A field that is left out and one that is undefined are the same; the order of fields does not matter, that of arrays does.
 */
export function sameContent(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  if (Array.isArray(left) && left.length !== (right as unknown[]).length) return false;
  const one = left as Record<string, unknown>;
  const other = right as Record<string, unknown>;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => sameContent(one[name], other[name]));
}
