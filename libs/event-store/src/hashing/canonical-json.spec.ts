import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { contentHash, eventHash } from './event-hash.js';

/** Objects of this file with their keys in another order. */
const shuffled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shuffled)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, shuffled(inner)]),
        )
      : value;

/** The rule itself, without regard to speed. */
const keyByKey = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(keyByKey).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${keyByKey((value as never)[key])}`).join(',')}}`;
};

describe('canonical JSON', () => {
  it('is what RFC 8785 says (3.2.2 and 3.2.3)', () => {
    expect(
      canonicalJson({
        numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(
      canonicalJson({
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '\ufb33': 'Hebrew Letter Dalet With Dagesh',
        '1': 'One',
        '\ud83d\ude00': 'Emoji: Grinning Face',
        '\u0080': 'Control',
        '\u00f6': 'Latin Small Letter O With Diaeresis',
      }),
    ).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('writes numbers as ECMAScript does (appendix B)', () => {
    const numbers = [-0, 5e-324, -1.7976931348623157e308, 9007199254740992, 295147905179352830000, 1e21, 1e23];
    expect(canonicalJson(numbers)).toBe(
      '[0,5e-324,-1.7976931348623157e+308,9007199254740992,295147905179352830000,1e+21,1e+23]',
    );
  });

  it('puts keys in order that look like numbers, and names that objects have of their own', () => {
    const text = '{"9":1,"10":2,"__proto__":{"b":1,"a":2},"constructor":3}';
    expect(canonicalJson(JSON.parse(text))).toBe('{"10":2,"9":1,"__proto__":{"a":2,"b":1},"constructor":3}');
  });

  it('puts them in order wherever they stand, beside keys that objects keep in order', () => {
    const text = '{"b":[1,{"~":1,"9":1,"10":[{"d":1,"c":2}]}],"a":{"y":1,"x":2}}';
    expect(canonicalJson(JSON.parse(text))).toBe('{"a":{"x":2,"y":1},"b":[1,{"10":[{"c":2,"d":1}],"9":1,"~":1}]}');
    expect(canonicalJson(JSON.parse('{"1":{"b":1,"a":2},"2":3}'))).toBe('{"1":{"a":2,"b":1},"2":3}');
  });

  it('leaves what it is given as it was', () => {
    const value = { b: [{ d: 1, c: 2 }], a: { z: 1, y: 2 } };
    canonicalJson(value);
    expect(JSON.stringify(value)).toBe('{"b":[{"d":1,"c":2}],"a":{"z":1,"y":2}}');
  });

  it('is the same for what was written and for what is read again, in whatever order its keys stood', () => {
    const keys = fc.constantFrom('1', '9', '10', 'a', 'b', '__proto__', 'z', '~');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, 1, 'text'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.uniqueArray(fc.tuple(keys, tie('tree')), { selector: ([key]) => key }).map(Object.fromEntries),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), tree), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(value, JSON.stringify(value))).toBe(text);
        expect(text).toBe(keyByKey(value));
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: 26 },
    );
  });

  it('says what is stored where JSON leaves something out', () => {
    const when = new Date('2025-06-30T08:00:00Z');
    const silent = { toJSON: () => undefined };
    const data = {
      when,
      nothing: undefined,
      list: [undefined, NaN, when, silent],
      spell: { toJSON: () => ({ b: 1, a: 2 }) },
      silent,
    };
    for (const each of [data, { ...data, 9: when, 10: silent }]) {
      const json = JSON.stringify(each);
      expect(canonicalJson(each)).toBe(canonicalJson(JSON.parse(json)));
      expect(canonicalJson(each, json)).toBe(canonicalJson(JSON.parse(json)));
    }
  });
});

describe('the hash of an event', () => {
  const event = {
    id: '11111111-1111-4111-8111-111111111111',
    type: 'demo.noted.v1',
    data: { note: 'n', at: 1 },
    metadata: { actorId: 'a', actorRole: 'r', commandId: 'c', correlationId: 'd', effectiveOn: '2025-03-31' },
    tenant: 'E09000012',
    stream: 'demo.thing-22222222-2222-4222-8222-222222222222',
    version: 3,
    position: 42n,
    recordedAt: '2025-04-01T09:30:00.125Z',
    knownOn: '2025-04-01',
  };

  it('is the same in every version of this program', () => {
    expect(contentHash(event, event)).toBe('3277b9e02120113172f19acba9ebdac35c0b1b3157ea9d0f17d20081fdbedb52');
    expect(eventHash(event)).toBe('87aca4b466606418c11dd5d50c782ae72707872f0009654ce00f2c5c15041e0b');
    expect(eventHash({ ...event, data: { at: 1, note: 'n' } })).toBe(eventHash(event));
    const json = { body: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) };
    expect(contentHash(event, event, json)).toBe(contentHash(event, event));
  });

  it('is over canonical JSON, as anybody can write it', () => {
    const { data, id, metadata, stream, tenant, type, version, position, recordedAt, knownOn } = event;
    const sha256 = (value: unknown) => createHash('sha256').update(keyByKey(value)).digest('hex');
    const content = sha256({ type, tenant, stream, metadata, id, data });
    expect(contentHash(event, event)).toBe(content);
    expect(eventHash(event)).toBe(sha256({ content, version, recordedAt, position: `${position}`, knownOn }));
  });
});
