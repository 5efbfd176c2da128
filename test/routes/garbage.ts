/** A JSON schema, as far as the bodies of the API use it. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
}

/** Words that have broken pages, databases and logs elsewhere. */
const words: readonly string[] = [
  'nul\u0000',
  '<script>alert(1)</script>"\' \uD800 \u202Eرجع 😀 {{7*7}} {% raw %}; drop table event; --\r\n\r\n',
  'x'.repeat(9_999),
];

/**
 * Bodies that no caller should send: of another form altogether, and of the right form with words that are none.
 * @param schema of the body; none where the route says nothing of it
 */
export function garbageFor(schema: Schema | undefined): readonly string[] {
  const whole = schema ? filled(schema, 'x') : {};
  const fields = Object.keys(whole as object);
  const each = (value: unknown) => JSON.stringify(Object.fromEntries(fields.map((field) => [field, value])));
  const others = [[], null, { ...(whole as object), tenant: 'E09000012', role: 'finance', actor: {} }];
  return [
    '{',
    '{"__proto__":{"role":"finance"},"constructor":1}',
    '['.repeat(10_000),
    ...others.map((other) => JSON.stringify(other)),
    each([[-1e308]]),
    ...(schema ? words.map((word) => JSON.stringify(filled(schema, word))) : []),
  ];
}

/** What a schema takes, with the word wherever it takes any. */
function filled(schema: Schema, word: string): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  const first = (schema.anyOf ?? schema.oneOf)?.[0];
  if (first) return filled(first, word);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, filled(property, word)]),
      );
    case 'array':
      return schema.items ? [filled(schema.items, word)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000';
      return schema.format === 'date' ? '2026-01-05' : word;
  }
}

/**
 * What a browser would send from a page, spoilt: every field with a word that is none, only what is typed with
 * others, and every field twice. What has no form gives one field.
 */
export function garbageForms(page: unknown): readonly string[] {
  const html = typeof page === 'string' ? page : '';
  const inputs = [...html.matchAll(/<(?:input|select|textarea|button)\b[^>]*>/g)].map(([tag]) => ({
    name: /\bname="([^"]*)"/.exec(tag)?.[1],
    value: /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '',
    typed: !/\btype="(?:hidden|radio|checkbox|submit)"/.test(tag) && !tag.startsWith('<button'),
  }));
  const named = inputs.filter((input): input is typeof input & { name: string } => Boolean(input.name));
  if (!named.length) named.push({ name: 'x', value: '', typed: true });
  const form = (fields: readonly (readonly [string, string])[]) =>
    new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
  return [
    '',
    '&&=&%00=%FF&__proto__[role]=finance&constructor=1',
    form(named.map(({ name }) => [name, words[0]!])),
    ...words.slice(1).map((word) => form(named.map(({ name, value, typed }) => [name, typed ? word : value]))),
    form([...named, ...named].map(({ name, value }) => [name, value])),
    form(named.map(({ name, value }) => [`${name}[0][x]`, value])),
  ];
}
