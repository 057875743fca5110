import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { catalogStore } from '../../../adapters/dynamodb/stores/catalog-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';
import { inProcessTable } from '../../support/dynalite-in-process.ts';

type Request = { input: { RequestItems?: Record<string, never> } };
type Batch = Record<string, { length?: number; Keys?: unknown[] }>;

const item = (n: number): CatalogItem => ({
  itemId: `i${n}`,
  type: 'course',
  title: 't',
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  attributes: {},
  updatedAt: '2026-11-21T12:00:00.000Z',
});

/** A table under pressure: of each batch it works on the first three and hands back the rest, as throttled ones do. */
const throttled = async (): Promise<{
  database: { client: DynamoDBClient; tableName: string };
  requests: () => number;
}> => {
  const { client, tableName } = await inProcessTable();
  let requests = 0;
  const send = async (command: Request) => {
    const batch = command.input.RequestItems?.[tableName] as { Keys?: unknown[] } | unknown[] | undefined;
    if (!batch) return client.send(command as never);
    requests += 1;
    const all = Array.isArray(batch) ? batch : (batch.Keys ?? []);
    const [now, rest] = [all.slice(0, 3), all.slice(3)];
    const wrap = (part: unknown[]) => (Array.isArray(batch) ? part : { Keys: part });
    command.input.RequestItems = { [tableName]: wrap(now) } as never;
    const answer = (await client.send(command as never)) as object;
    const left = rest.length > 0 ? ({ [tableName]: wrap(rest) } as unknown as Batch) : {};
    return { ...answer, UnprocessedItems: left, UnprocessedKeys: left };
  };
  return { database: { client: { send } as unknown as DynamoDBClient, tableName }, requests: () => requests };
};

const failing = (error: Error & { code?: string }) => ({
  client: { send: () => Promise.reject(error) } as unknown as DynamoDBClient,
  tableName: 'any',
});

describe('batches', () => {
  it('are sent again until nothing is left', async () => {
    const { database, requests } = await throttled();
    const items = Array.from({ length: 12 }, (_, n) => item(n));
    await catalogStore(database).bulkPut(items);
    expect(requests()).toBe(4);
    const found = await catalogStore(database).getMany(
      items.map(({ itemId }) => itemId),
      0,
    );
    expect(found.map(({ itemId }) => itemId).sort()).toEqual(items.map(({ itemId }) => itemId).sort());
    expect(requests()).toBe(8);
  });

  it('are given up when the table stays busy', async () => {
    const client = {
      send: async ({ input }: Request) => ({ UnprocessedItems: input.RequestItems }),
    } as unknown as DynamoDBClient;
    const store = catalogStore({ client, tableName: 'any' });
    await expect(store.bulkPut([item(1)])).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('faults of the table', () => {
  it.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'TimeoutError',
    'InternalServerError',
  ])('that may pass make the product unavailable: %s', async (name) => {
    const profiles = profileStore(failing(Object.assign(new Error('x'), { name })));
    await expect(profiles.get('ada')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('that are refused connections do so too, and mistakes of ours stay what they are', async () => {
    const refused = profileStore(failing(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })));
    await expect(refused.get('ada')).rejects.toMatchObject({ kind: 'unavailable' });
    const mistake = Object.assign(new Error('x'), { name: 'ValidationException' });
    await expect(profileStore(failing(mistake)).get('ada')).rejects.toBe(mistake);
  });
});
