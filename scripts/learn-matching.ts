/**
 * `npm run -s learn:matching -- examples.jsonl [--domain film]`: the weights of a product's matching, learned from what was chosen, as
 * JSON for `domains/<name>/matching.json`.
 *
 * A line of the examples is one content that was shown to somebody with answers:
 * `{"answers": {...as in POST /profile}, "itemId": "project-harbour-lights", "chosen": true, "at": "2026-11-20T09:30:00Z"}`.
 * Contents are those of `domains/<name>/catalog.json`, or a line's own `item`. Faulty lines stop it, by their number.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { wireCatalogItem } from '../contracts/catalog/endpoints.ts';
import { isoTime } from '../contracts/common.ts';
import { questionnaire } from '../contracts/profile/schemas.ts';
import type { CatalogItem } from '../core/catalog/types.ts';
import {
  askedIn,
  DEFAULT_MATCHING,
  learnWeights,
  type MatchExample,
  matchItem,
} from '../core/recommend/matching.ts';
import { domainsFolder, readDomain } from './domains/read-domain.ts';

const line = z.strictObject({
  answers: questionnaire,
  itemId: z.string().optional(),
  item: wireCatalogItem.optional(),
  chosen: z.boolean(),
  at: isoTime.optional(),
});

const { values, positionals } = parseArgs({
  options: { domain: { type: 'string', default: 'film' } },
  allowPositionals: true,
});
const [path] = positionals;

const stop = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

if (path === undefined) stop('Usage: npm run -s learn:matching -- examples.jsonl [--domain film]');

const { domain, catalog, faults } = readDomain(join(domainsFolder, values.domain));
if (!domain) stop([`The domain "${values.domain}" cannot be read:`, ...faults].join('\n  '));
const matching = domain?.matching ?? DEFAULT_MATCHING;
const stored = (item: (typeof catalog)[number]): CatalogItem =>
  ({ ...item, updatedAt: '1970-01-01T00:00:00Z' }) as CatalogItem;
const items = new Map(catalog.map((item) => [item.itemId, stored(item)]));

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** How the content of a line fitted its answers; none where nothing could be judged. */
const exampleOf = (text: string, number: number): MatchExample[] => {
  const { data, error } = line.safeParse(parsed(text));
  if (!data) return stop(`line ${number}: ${z.prettifyError(error)}`);
  const item = data.item ? stored(data.item) : items.get(data.itemId ?? '');
  if (!item)
    return stop(`line ${number}: there is no content "${data.itemId ?? ''}" in the domain's catalogue`);
  const asked = askedIn(data.answers, matching, data.at === undefined ? Date.now() : Date.parse(data.at));
  const match = asked && matchItem(asked, item);
  if (!match) return [];
  const factors = Object.fromEntries(match.factors.map(({ factor, value }) => [factor, value]));
  return [{ factors, chosen: data.chosen }];
};

const readLines = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    return stop(`The file "${file}" cannot be read: ${(error as Error).message}`);
  }
};

const lines = readLines(path ?? '');
const examples = lines.flatMap((text, at) => (text.trim() === '' ? [] : exampleOf(text, at + 1)));
const weights = learnWeights(examples, matching.weights);
const chosen = examples.filter((example) => example.chosen).length;
process.stderr.write(`${examples.length} examples that could be judged, ${chosen} of them chosen\n`);
process.stdout.write(`${JSON.stringify({ weights }, null, 2)}\n`);
