/**
 * JSON by RFC 8785, which is the same text for the same content, however its keys were ordered: keys in order of their
 * UTF-16 code units, no spaces, strings and numbers as ECMAScript writes them. What has no JSON is left out or becomes null
 * as `JSON.stringify` has it.
 * @param json what `JSON.stringify` made of the value, where that was asked before: the same text if its keys stand in order
 */
export function canonicalJson(value: unknown, json?: string): string {
  const sorted = inOrder(value);
  if (sorted === NO_ORDER) return pieced(value as object);
  return (sorted === value ? json : undefined) ?? JSON.stringify(sorted) ?? 'null';
}

/** An object puts what looks like a place in an array before all other keys, and `__proto__` is no key like others. */
const UNRULY = /^(?:0|[1-9]\d*|__proto__)$/;
/** There is no object with its keys in that order. */
const NO_ORDER = Symbol('no order');

/** What `JSON.stringify` writes with all keys in order: the value itself where they are. A copy costs a fourth of piecing the text together. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return elementsInOrder(value);
  if (!isPlain(value)) return inOrder(asWritten(value));
  const keys = Object.keys(value);
  let copy: Record<string, unknown> | undefined;
  if (!isSorted(keys)) {
    if (sort(keys).some((key) => UNRULY.test(key))) return NO_ORDER;
    copy = {};
  }
  for (const key of keys) {
    const inner = value[key];
    const sorted = typeof inner === 'object' ? inOrder(inner) : inner;
    if (sorted === NO_ORDER) return NO_ORDER;
    if (copy) copy[key] = sorted;
    else if (sorted !== inner) copy = { ...value, [key]: sorted };
  }
  return copy ?? value;
}

function elementsInOrder(elements: readonly unknown[]): unknown {
  let copy: unknown[] | undefined;
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at];
    if (typeof element !== 'object') continue;
    const sorted = inOrder(element);
    if (sorted === NO_ORDER) return NO_ORDER;
    if (sorted !== element) (copy ??= [...elements])[at] = sorted;
  }
  return copy ?? elements;
}

/** Key by key: for the few that no object keeps in order. */
function pieced(value: object): string {
  if (Array.isArray(value)) return `[${value.map((element) => canonicalJson(element)).join(',')}]`;
  if (!isPlain(value)) return canonicalJson(asWritten(value));
  const pieces = sort(Object.keys(value)).map((key) => {
    const inner = asWritten(value[key]);
    return inner === undefined ? [] : `${JSON.stringify(key)}:${canonicalJson(inner)}`;
  });
  return `{${pieces.flat().join(',')}}`;
}

/** The value as it is read again; undefined where it has no JSON. */
function asWritten(value: unknown): unknown {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? undefined : JSON.parse(json);
}

/** An object as JSON gives it, and none that says itself how it is to be written. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && typeof (value as Date).toJSON !== 'function';
}

function isSorted(keys: readonly string[]): boolean {
  for (let next = 1; next < keys.length; next++) if (keys[next - 1]! > keys[next]!) return false;
  return true;
}

/** By insertion: an event has few keys, and for few this is several times as fast as `sort`. */
function sort(keys: string[]): string[] {
  for (let next = 1; next < keys.length; next++) {
    const key = keys[next]!;
    let at = next;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}
