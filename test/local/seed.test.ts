import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { domainFolders, readDomain } from '../../scripts/domains/read-domain.ts';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';

const dataDirs: string[] = [];
const servers: RunningServer[] = [];

const start = async (env: Record<string, string> = {}): Promise<RunningServer> => {
  const dataDir = newDataDir();
  dataDirs.push(dataDir);
  const server = await startServer(dataDir, { ATTUNE_SCHEDULE: 'off', ...env });
  servers.push(server);
  return server;
};

afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill('SIGTERM')));
  dataDirs.forEach(removeDataDir);
});

const itemsOf = async (server: RunningServer): Promise<string[]> => {
  const token = await server.token('ada');
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await server.send('GET', `/catalog/items?limit=100${cursor}`, { token });
    ids.push(...body.items.map(({ itemId }: { itemId: string }) => itemId));
    if (body.nextCursor === null) return ids.sort();
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
};

const catalogues = domainFolders().map((folder) => ({
  name: basename(folder),
  ids: readDomain(folder).catalog.map(({ itemId }) => itemId),
}));

it('loads the catalogues of all domains where none is named', async () => {
  const server = await start();
  expect(await itemsOf(server)).toEqual(catalogues.flatMap(({ ids }) => ids).sort());
}, 60_000);

it('loads that of the domain of the stack where one is named', async () => {
  const server = await start({ ATTUNE_DOMAIN: 'film' });
  expect(await itemsOf(server)).toEqual(catalogues.find(({ name }) => name === 'film')?.ids.sort());
}, 60_000);

it('does not start with a domain that nobody knows, and names those that are known', async () => {
  const known = catalogues.map(({ name }) => name).join(', ');
  await expect(start({ ATTUNE_DOMAIN: 'starter' })).rejects.toThrow(known);
  expect(existsSync(join(dataDirs.at(-1)!, 'seeded.json'))).toBe(false);
}, 60_000);
