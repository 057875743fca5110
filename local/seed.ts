import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Seed = {
  readonly dataDir: string;
  /** Where the server answers, with the base path. */
  readonly url: string;
  /** The product whose catalogue is loaded; without it those of all. */
  readonly domain?: string | undefined;
  /** Makes a token of an admin, who may write the catalogue. */
  readonly adminToken: () => Promise<string>;
};

const domains = fileURLToPath(new URL('../domains/', import.meta.url));

const catalogueOf = (domain: string): string => join(domains, domain, 'catalog.json');

const readItems = async (domain: string): Promise<unknown[]> =>
  JSON.parse(await readFile(catalogueOf(domain), 'utf8')) as unknown[];

/** Products that have a catalogue, or the one that is asked for. */
const chosen = async (domain: string | undefined): Promise<string[]> => {
  const known = (await readdir(domains)).filter((name) => existsSync(catalogueOf(name))).sort();
  if (domain === undefined) return known;
  if (known.includes(domain)) return [domain];
  throw new Error(`ATTUNE_DOMAIN must be one of ${known.join(', ')}, it is "${domain}"`);
};

const putItems = async ({ url, adminToken }: Seed, items: unknown[]): Promise<void> => {
  const response = await fetch(`${url}/catalog/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await adminToken()}` },
    body: JSON.stringify({ items }),
  });
  const answer = (await response.json()) as { rejected?: unknown[] };
  if (!response.ok || answer.rejected?.length !== 0) {
    throw new Error(`The catalogue was refused: ${response.status} ${JSON.stringify(answer)}`);
  }
};

/**
 * Loads the catalogues of the domains into a new data folder, by the endpoint that loads every catalogue. Later starts leave the
 * catalogue alone, also one that was emptied.
 */
export const seedCatalog = async (seed: Seed): Promise<void> => {
  const mark = join(seed.dataDir, 'seeded.json');
  if (existsSync(mark)) return;
  const lists = await Promise.all((await chosen(seed.domain)).map(readItems));
  const items = lists.flat();
  if (items.length > 0) await putItems(seed, items);
  await writeFile(mark, JSON.stringify({ items: items.length, at: new Date().toISOString() }));
};
