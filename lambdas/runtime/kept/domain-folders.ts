import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Domain } from '../../../core/domains/types.ts';

/** `domains/` of the source tree. Bundles read documents instead (domain-documents.ts, put in its place by scripts/bundle). */
const FOLDER = fileURLToPath(new URL('../../../domains/', import.meta.url));
const PARTS = ['actions', 'texts', 'prompts', 'achievements'];
/** Parts that only some domains have. */
const OPTIONAL_PARTS = ['homepage', 'matching', 'generation'];

/** Names of all domains, sorted. */
export const readNames = (): string[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(FOLDER, entry.name, 'domain.json')))
    .map(({ name }) => name)
    .sort();

const read = (name: string, part: string): unknown =>
  JSON.parse(readFileSync(join(FOLDER, name, `${part}.json`), 'utf8'));

const partsThere = (name: string): string[] =>
  OPTIONAL_PARTS.filter((part) => existsSync(join(FOLDER, name, `${part}.json`)));

/** Puts a domain together from its files, as the bundler does; their shape is checked by `npm run domains` and the tests. */
export const readDomainNamed = (name: string): Domain =>
  Object.assign(
    {},
    read(name, 'domain'),
    ...[...PARTS, ...partsThere(name)].map((part) => ({ [part]: read(name, part) })),
  ) as Domain;
