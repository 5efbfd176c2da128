import type { OpenAPIObject } from '@nestjs/swagger';

type AnySchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type SchemaObject = Exclude<AnySchema, { $ref: string }>;

const shown: SchemaObject = {
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['*'] }],
  nullable: true,
  description: 'A figure; "*" hides one that rests on 1 to 4 people or gives such a one away; null is none.',
};
const text: SchemaObject = { type: 'string' };
const object = (properties: Record<string, SchemaObject>): SchemaObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const list = (items: SchemaObject): SchemaObject => ({ type: 'array', items });

const supply = object({
  id: text,
  name: text,
  people: shown,
  hours: shown,
  beds: shown,
  weeklyPence: shown,
  typicalPence: shown,
  unit: { type: 'string', enum: ['hour', 'bed', 'package'] },
  unpriced: shown,
  typicalWaitDays: shown,
  waiting: shown,
});
const waits = object({ people: shown, typicalDays: shown, bands: list(shown) });
const source = object({ events: { type: 'integer' }, position: text });

/** What `GET /api/market-position` answers. */
export const marketPositionSchema: SchemaObject = object({
  effectiveOn: { type: 'string', format: 'date' },
  knownOn: { type: 'string', format: 'date' },
  service: { type: 'string', nullable: true },
  area: { type: 'string', nullable: true },
  unit: { type: 'string', enum: ['hour', 'bed', 'package'] },
  keyFigures: list({
    type: 'object',
    properties: { kind: text, value: shown, before: shown, knownNow: shown },
    required: ['kind', 'value', 'before'],
  }),
  total: supply,
  areas: list(supply),
  services: list(supply),
  prices: object({
    unit: { type: 'string', enum: ['hour', 'week'] },
    people: shown,
    lowestTenth: shown,
    typical: shown,
    highestTenth: shown,
    bands: list({
      type: 'object',
      properties: { from: { type: 'integer' }, to: { type: 'integer' }, people: shown },
      required: ['people'],
    }),
  }),
  waits: object({ now: waits, before: waits }),
  sources: object({ packages: source, requests: source, deaths: source, knownLater: { type: 'integer' } }),
  areaNames: list(text),
});
