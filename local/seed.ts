import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type Seed = {
  readonly dataDir: string;
  /** Where the server answers, with the base path. */
  readonly url: string;
  /** Makes a token of an admin, who may write the catalogue. */
  readonly adminToken: () => Promise<string>;
};

const catalog = new URL('../domains/starter/catalog.json', import.meta.url);

const putItems = async ({ url, adminToken }: Seed, items: unknown[]): Promise<void> => {
  const response = await fetch(`${url}/catalog/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await adminToken()}` },
    body: JSON.stringify({ items }),
  });
  const answer = (await response.json()) as { rejected?: unknown[] };
  if (!response.ok || answer.rejected?.length !== 0) {
    throw new Error(`The starter catalogue was refused: ${response.status} ${JSON.stringify(answer)}`);
  }
};

/**
 * Loads the starter catalogue into a new data folder, by the endpoint that loads every catalogue. Later starts leave the
 * catalogue alone, also one that was emptied.
 */
export const seedCatalog = async (seed: Seed): Promise<void> => {
  const mark = join(seed.dataDir, 'seeded.json');
  if (existsSync(mark)) return;
  const items = JSON.parse(await readFile(catalog, 'utf8')) as unknown[];
  await putItems(seed, items);
  await writeFile(mark, JSON.stringify({ items: items.length, at: new Date().toISOString() }));
};
