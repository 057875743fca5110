import * as z from 'zod';

type Json = Record<string, unknown> & {
  type?: string;
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  anyOf?: Json[];
  enum?: unknown[];
};

/** One way to spoil a valid body: what is put (or taken away) where. */
export type Fault = { name: string; path: (string | number)[]; value: unknown };

export const ABSENT = Symbol('absent');

const SAMPLES: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['string', 'word'],
  ['number', 7],
  ['boolean', true],
  ['array', [[]]],
  ['object', { surprise: 1 }],
];

const alternatives = (schema: Json): Json[] => (schema.anyOf ? schema.anyOf.flatMap(alternatives) : [schema]);

const typesOf = (schema: Json): Set<string> =>
  new Set(
    alternatives(schema).flatMap(({ type, enum: values }) =>
      type ? [type === 'integer' ? 'number' : type] : values ? ['string'] : SAMPLES.map(([name]) => name),
    ),
  );

const named = (name: string, path: Fault['path'], value: unknown): Fault => ({
  name: `${path.join('.') || 'body'}: ${name}`,
  path,
  value,
});

const wrongTypes = (schema: Json, path: Fault['path']): Fault[] => {
  const right = typesOf(schema);
  return SAMPLES.filter(([type]) => !right.has(type)).map(([type, value]) =>
    named(`is ${type}`, path, value),
  );
};

const outOfBounds = (schema: Json, path: Fault['path']): Fault[] => {
  const faults: Fault[] = [];
  const { minimum, maximum, maxLength, minLength, maxItems, minItems, pattern, format } = schema as Record<
    string,
    never
  >;
  if (typeof minimum === 'number') faults.push(named('is too small', path, minimum - 1));
  if (typeof maximum === 'number') faults.push(named('is too large', path, maximum * 2 + 1));
  if (schema.type === 'integer') faults.push(named('is no integer', path, 1.5));
  if (schema.type === 'number' || schema.type === 'integer') faults.push(named('is 1e300', path, 1e300));
  if (typeof maxLength === 'number') faults.push(named('is over-long', path, 'x'.repeat(maxLength + 1)));
  if (typeof minLength === 'number') faults.push(named('is empty', path, ''));
  if (typeof maxItems === 'number') faults.push(named('has too many', path, Array(maxItems + 1).fill('i')));
  if (typeof minItems === 'number') faults.push(named('has too few', path, []));
  if (pattern !== undefined && format === undefined)
    faults.push(named('has a space', path, 'a b'), named('is 129 long', path, 'i'.repeat(129)));
  if (format === 'date-time') {
    for (const time of ['2026-02-30T10:00:00Z', '2026-11-20T25:00:00Z', 'yesterday', '2026-11-20'])
      faults.push(named(`is ${time}`, path, time));
  }
  if (schema.enum) faults.push(named('is an unknown word', path, 'no-such-word'));
  return faults;
};

const inner = (schema: Json, path: Fault['path'], value: unknown): Fault[] => {
  if (schema.type === 'array' && schema.items && Array.isArray(value) && value.length > 0) {
    return faultsAt(schema.items, [...path, 0], value[0]);
  }
  if (schema.type !== 'object' || !schema.properties || typeof value !== 'object' || value === null)
    return [];
  return Object.entries(schema.properties).flatMap(([key, property]) => {
    const at = [...path, key];
    const missing = schema.required?.includes(key) ? [named('is missing', at, ABSENT)] : [];
    return [...missing, ...faultsAt(property, at, (value as Json)[key])];
  });
};

/** Of a choice, only bounds that no other alternative takes in are faults: the caller checks by the schema itself. */
const faultsAt = (schema: Json, path: Fault['path'], value: unknown): Fault[] => [
  ...wrongTypes(schema, path),
  ...(schema.anyOf ? [] : outOfBounds(schema, path)),
  ...alternatives(schema).flatMap((one) => inner(one, path, value)),
];

/** Every fault that follows from what a schema declares, for a valid value of it. */
export const schemaFaults = (schema: z.ZodType, value: unknown): Fault[] => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
  const { $ref, $defs } = json as unknown as { $ref?: string; $defs?: Record<string, Json> };
  return faultsAt(($ref && $defs?.[$ref.replace('#/$defs/', '')]) || json, [], value);
};

/** A copy of the value with the fault in it. */
export const spoiled = (value: unknown, { path, value: put }: Fault): unknown => {
  if (path.length === 0) return put;
  const copy = structuredClone(value) as never;
  const last = path.at(-1) as never;
  const parent = path.slice(0, -1).reduce((at, key) => at[key as never], copy) as unknown as Record<
    string,
    unknown
  >;
  if (put === ABSENT) delete parent[last];
  else parent[last] = put;
  return copy;
};
