/** Writes the JSON schemas that models are given for their texts from contracts/messages/written-texts.ts; `--check` fails where the committed file differs. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { writtenTexts } from '../contracts/messages/written-texts.ts';

const NAME = 'contracts/messages/written-texts.schema.generated.ts';
const FILE = new URL(`../${NAME}`, import.meta.url);

type Json = Record<string, unknown>;

/** Keywords that structured output refuses; what they ask for is told in words. */
const lengthInWords = ({ minLength, maxLength, maxItems }: Json): string[] => [
  ...(maxLength === undefined ? [] : [`${minLength ?? 0} to ${maxLength} characters`]),
  ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
];

const REFUSED = new Set(['$schema', 'minLength', 'maxLength', 'maxItems']);

const inProperties = (properties: Json): Json =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, plain(schema as Json)]));

/** The schema without what the service refuses. */
const plain = (schema: Json): Json => {
  const told = schema.description as string | undefined;
  const description = [told?.replace(/\.$/, ''), ...lengthInWords(schema)].filter(Boolean).join('; ');
  const kept = Object.entries(schema).filter(([key]) => !REFUSED.has(key) && key !== 'description');
  return Object.fromEntries([
    ...kept.map(([key, value]) => {
      if (key === 'properties') return [key, inProperties(value as Json)];
      return key === 'items' ? [key, plain(value as Json)] : [key, value];
    }),
    ...(description === '' ? [] : [['description', description]]),
  ]);
};

const schemas = Object.fromEntries(
  Object.entries(writtenTexts).map(([purpose, schema]) => [
    purpose,
    plain(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Json),
  ]),
);

const text = `/** Written by scripts/generate-text-schemas.ts from written-texts.ts. Lengths are told in words: structured output takes no keywords for them. */
export const writtenTextSchemas = ${JSON.stringify(schemas, null, 2)} as const;
`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error(`${NAME} is out of date: run \`npm run generate\``);
    process.exit(1);
  }
} else {
  writeFileSync(FILE, text);
  console.log(`${NAME}: ${Object.keys(schemas).join(', ')}`);
}
