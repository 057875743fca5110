import fc from 'fast-check';
import * as z from 'zod';

type Json = {
  $ref?: string;
  $defs?: Record<string, Json>;
  type?: string;
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  anyOf?: Json[];
  enum?: string[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
};

/** Values that often break things: ends of ranges, half characters, names that every object has. */
const NASTY = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\uffff',
    '😀',
    '__proto__',
    'constructor',
    '2026-02-30T00:00:00Z',
  ],
  ...[
    0,
    -0,
    -1,
    0.1,
    1e-200,
    1e300,
    Number.MAX_SAFE_INTEGER,
    [],
    {},
    [[]],
    [null],
    { '': 1 },
    'x'.repeat(300),
  ],
);

const anything = fc.oneof(
  { weight: 3, arbitrary: NASTY },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const TIMES = [
  '2026-11-20T10:00:00.000Z',
  '2026-11-21T11:59:59+02:00',
  '2026-01-01T00:00:00Z',
  '2027-05-05T05:05Z',
];
const IDS = ['ada', 'course-101', 'course-102', '__proto__', 'i'.repeat(128), 'a:b@c.d'];
const NAMES = [
  'view',
  'positive',
  'mobile',
  'constructor',
  '__proto__',
  'toString',
  'publish',
  'Ünïcode 😀',
  '\u0007\u0000x',
];

const textOf = ({ enum: words, pattern, format, maxLength = 200 }: Json): fc.Arbitrary<unknown> => {
  if (words) return fc.constantFrom(...words);
  if (format === 'date-time' || format === 'date') return fc.constantFrom(...TIMES, '2026-12-31');
  if (format === 'email') return fc.constantFrom('ada@example.com', "o'x+y@sub.example.org");
  if (pattern) return fc.constantFrom(...(IDS.some((id) => new RegExp(pattern).test(id)) ? IDS : TIMES));
  return fc.oneof(
    fc.constantFrom(...NAMES),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength, 60) }),
  );
};

const numberOf = ({ type, minimum = -1e6, maximum = 1e6 }: Json): fc.Arbitrary<unknown> => {
  const ends = fc.constantFrom(minimum, maximum);
  const [min, max] = [Math.ceil(Math.max(minimum, -1e9)), Math.floor(Math.min(maximum, 1e9))];
  return fc.oneof(
    ends,
    type === 'integer' ? fc.integer({ min, max }) : fc.double({ min: minimum, max: maximum, noNaN: true }),
  );
};

const freeForm = fc.dictionary(
  fc.constantFrom('plan', 'toString', 'a b', '😀'),
  fc.oneof(
    { weight: 9, arbitrary: fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null)) },
    { weight: 1, arbitrary: anything },
  ),
  { maxKeys: 3 },
);

const objectOf = ({ properties, required = [] }: Json): fc.Arbitrary<unknown> => {
  if (!properties) return freeForm;
  const fields = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, shaped(inner)]));
  return fc.record(fields, { requiredKeys: required });
};

const expected = (schema: Json): fc.Arbitrary<unknown> => {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(shaped));
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'array')
    return fc.array(schema.items ? shaped(schema.items) : anything, { maxLength: 3 });
  if (schema.type === 'number' || schema.type === 'integer') return numberOf(schema);
  if (schema.type === 'boolean') return fc.boolean();
  return schema.type === 'string' || schema.enum ? textOf(schema) : anything;
};

/** Mostly what the schema asks for, so that many bodies get through to the handler, sometimes something else. */
const shaped = (schema: Json): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary: expected(schema) }, { weight: 1, arbitrary: anything });

/** Bodies of any JSON, most of them with the fields that the schema declares. */
export const arbitraryBody = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
  const root = (json.$ref && json.$defs?.[json.$ref.replace('#/$defs/', '')]) || json;
  return fc.oneof({ weight: 9, arbitrary: shaped(root) }, { weight: 1, arbitrary: fc.jsonValue() });
};

/** A good body, some of whose fields are exchanged for others: gets through where fields must fit each other. */
export const changedBody = (schema: z.ZodType, good: object = {}): fc.Arbitrary<unknown> =>
  fc.tuple(arbitraryBody(schema), fc.subarray(Object.keys(good))).map(([other, names]) => {
    const fields = Object.entries((other ?? {}) as object).filter(([name]) => names.includes(name));
    return { ...good, ...Object.fromEntries(fields) };
  });
