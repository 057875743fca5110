import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { s3Client } from '../../../adapters/objects/client.ts';
import { createBucket } from '../../../adapters/objects/create-bucket.ts';
import { type ObjectStore, objectStore } from '../../../adapters/objects/object-store.ts';
import { startTestFauxqs, type TestFauxqs } from '../../support/fauxqs.ts';

let fauxqs: TestFauxqs;
let store: ObjectStore;

beforeAll(async () => {
  fauxqs = await startTestFauxqs();
  await createBucket(s3Client(), 'objects');
  await createBucket(s3Client(), 'objects');
  store = objectStore({ client: s3Client(), bucket: 'objects' });
});
afterAll(() => fauxqs.close());

const collect = async (rows: AsyncIterable<unknown>): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

async function* numbered(count: number) {
  for (let index = 0; index < count; index++) yield { index, text: 'line\nbreak, ěščř' };
}

describe('objectStore', () => {
  it('gives rows back in order, from a list and from a generator', async () => {
    const stored = await store.putGzipJsonLines('export/a.jsonl.gz', numbered(5_000));
    expect(stored.rows).toBe(5_000);
    expect(stored.bytes).toBeGreaterThan(0);
    expect(await collect(store.readJsonLines('export/a.jsonl.gz'))).toEqual(await collect(numbered(5_000)));
    await store.putGzipJsonLines('export/b.jsonl.gz', [[1], 'two', null]);
    expect(await collect(store.readJsonLines('export/b.jsonl.gz'))).toEqual([[1], 'two', null]);
  });

  it('stores an empty export', async () => {
    expect((await store.putGzipJsonLines('export/none.jsonl.gz', [])).rows).toBe(0);
    expect(await collect(store.readJsonLines('export/none.jsonl.gz'))).toEqual([]);
  });

  it('stores nothing when the rows fail half-way', async () => {
    async function* failing() {
      yield 1;
      throw new Error('the table is gone');
    }
    await expect(store.putGzipJsonLines('export/failed.jsonl.gz', failing())).rejects.toThrow(
      'the table is gone',
    );
    expect(await store.list('export/failed')).toEqual([]);
  });

  it('replaces a document, and answers undefined for one that is not there', async () => {
    await store.putJson('models/m.json.gz', { version: 1 });
    await store.putJson('models/m.json.gz', { version: 2, factors: [0.1, -2] });
    expect(await store.getJson('models/m.json.gz')).toEqual({ version: 2, factors: [0.1, -2] });
    expect(await store.getJson('models/none.json.gz')).toBeUndefined();
    await expect(collect(store.readJsonLines('none'))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('lists more keys than one page holds', async () => {
    const keys = Array.from({ length: 1_005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => store.putJson(key, 1)));
    }
    expect(await store.list('many/')).toEqual(keys);
    expect(await store.list('nothing/')).toEqual([]);
  });
});
