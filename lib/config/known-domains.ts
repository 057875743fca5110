import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'domains');

/** Names of the folders of `domains/` that hold a product. */
export const knownDomains = (): string[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'domain.json')))
    .sort();
