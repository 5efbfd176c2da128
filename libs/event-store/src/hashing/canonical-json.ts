/**
 * JSON by RFC 8785, which is the same text for the same content, however its keys were ordered: keys in order of their
 * UTF-16 code units, no spaces, strings and numbers as ECMAScript writes them. What has no JSON is left out or becomes null
 * as `JSON.stringify` has it.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isPlain(value)) return canonicalJson(JSON.parse(JSON.stringify(value) ?? 'null'));
  let text = '';
  for (const key of inOrder(Object.keys(value))) {
    const inner = value[key];
    if (inner === undefined || typeof inner === 'function' || typeof inner === 'symbol') continue;
    text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${text}}`;
}

/** An object as JSON gives it, and none that says itself how it is to be written. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && typeof (value as Date).toJSON !== 'function';
}

/** By insertion: an event has few keys, and for few this is several times as fast as `sort`. */
function inOrder(keys: string[]): string[] {
  for (let next = 1; next < keys.length; next++) {
    const key = keys[next]!;
    let at = next;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}
