import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asUser } from '../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const claims = asAdmin();
const put = (itemId: string, body: object) =>
  engine.good('putCatalogItem', { params: { itemId }, body, claims });
const get = (itemId: string) => engine.call('getCatalogItem', { params: { itemId }, claims: asUser('ada') });
const remove = (itemId: string) => engine.call('deleteCatalogItem', { params: { itemId }, claims });
const bulk = (items: unknown[]) => engine.good('putCatalogItems', { body: { items }, claims });
const page = (query: Record<string, string>) =>
  engine.good('listCatalogItems', { query, claims: asUser('ada') });

const everyPage = async (query: Record<string, string>) => {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const { items, nextCursor }: { items: { itemId: string }[]; nextCursor: string | null } = await page({
      ...query,
      ...(cursor ? { cursor } : {}),
    });
    pages.push(items.map(({ itemId }) => itemId));
    cursor = nextCursor;
  } while (cursor && pages.length < 50);
  return pages;
};

const FULL = {
  type: 'course',
  title: 'TypeScript from zero',
  description: 'Types and tools',
  tags: ['typescript'],
  topics: ['web'],
  format: 'video',
  genres: ['tutorial'],
  skills: ['ts'],
  level: 'beginner',
  budget: { min: 0, max: 20.5 },
  timeline: '4 weeks',
  url: '/courses/101',
  imageUrl: '/courses/101.png',
  publishedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-12-01T00:00:00.000Z',
  attributes: { language: 'en', nested: { list: [1, 'two', null, { three: 3 }] } },
};

describe('an item', () => {
  it('is created, read back whole, replaced whole, deleted, and created again', async () => {
    const created = await put('full', FULL);
    expect(created).toEqual({ itemId: 'full', ...FULL, updatedAt: expect.any(String) });
    expect((await get('full')).body).toEqual(created);
    engine.clock.advance(10);
    const replaced = await put('full', { type: 'course', title: 'Shorter' });
    expect(replaced).toEqual({
      ...{
        itemId: 'full',
        type: 'course',
        title: 'Shorter',
        tags: [],
        topics: [],
        genres: [],
        skills: [],
        attributes: {},
      },
      updatedAt: expect.any(String),
    });
    expect(replaced.updatedAt > created.updatedAt).toBe(true);
    expect((await remove('full')).body).toEqual({ success: true, itemId: 'full' });
    expectProblem(await get('full'), 'not-found');
    expectProblem(await remove('full'), 'not-found');
    expect((await everyPage({ type: 'course' })).flat()).not.toContain('full');
    engine.clock.advance(10);
    await put('full', FULL);
    expect((await get('full')).status).toBe(200);
  });

  it('keeps its times in UTC, whatever zone they come in', async () => {
    const { publishedAt } = await put('zoned', {
      type: 'zoned',
      title: 'x',
      publishedAt: '2026-01-01T01:00:00+02:00',
    });
    expect(publishedAt).toBe('2025-12-31T23:00:00.000Z');
  });

  it('moves to another list when its type changes', async () => {
    await put('moving', { type: 'from', title: 'x' });
    engine.clock.advance(10);
    await put('moving', { type: 'to', title: 'x' });
    expect((await everyPage({ type: 'from' })).flat()).toEqual([]);
    expect((await everyPage({ type: 'to' })).flat()).toEqual(['moving']);
  });
});

describe('many items at once', () => {
  it('are taken but for the bad ones, which are named with their index and fields', async () => {
    const items = [
      { itemId: 'b-1', type: 'bulk', title: 'one' },
      { itemId: 'b-2', type: 'bulk' },
      { type: 'bulk', title: 'no id' },
      'nonsense',
      null,
      { itemId: 'b-3', type: 'bulk', title: 'x', surprise: 1 },
      { itemId: 'b-4', type: 'bulk', title: 'x', budget: { min: 2, max: 1 } },
      { itemId: 'b-5', type: 'bulk', title: 'x', expiresAt: '2026-02-30T00:00:00Z' },
      { itemId: 'b-1', type: 'bulk', title: 'one again' },
    ];
    const { accepted, rejected } = await bulk(items);
    expect(accepted).toBe(2);
    expect(
      rejected.map(
        ({ index, itemId, errors }: { index: number; itemId?: string; errors: { path: string }[] }) => [
          index,
          itemId,
          errors[0]?.path,
        ],
      ),
    ).toEqual([
      [1, 'b-2', 'title'],
      [2, undefined, 'itemId'],
      [3, undefined, 'element'],
      [4, undefined, 'element'],
      [5, 'b-3', 'surprise'],
      [6, 'b-4', 'budget.max'],
      [7, 'b-5', 'expiresAt'],
    ]);
    expect(await everyPage({ type: 'bulk' })).toEqual([['b-1']]);
    expect((await get('b-1')).body.title).toBe('one again');
  });

  it('may be 1,000', async () => {
    const items = Array.from({ length: 1_000 }, (_, at) => ({
      itemId: `m-${at}`,
      type: 'thousand',
      title: `${at}`,
    }));
    expect(await bulk(items)).toEqual({ accepted: 1_000, rejected: [] });
    const pages = await everyPage({ type: 'thousand', limit: '100' });
    expect(pages.map(({ length }) => length)).toEqual(Array(10).fill(100));
    expect(new Set(pages.flat()).size).toBe(1_000);
  });
});

describe('the list', () => {
  beforeAll(async () => {
    for (let at = 0; at < 7; at += 1) {
      await put(`l-${at}`, { type: 'listed', title: `${at}` });
      engine.clock.advance(10);
    }
  });

  it('is of one type, last changed first, page by page', async () => {
    expect(await everyPage({ type: 'listed', limit: '3' })).toEqual([
      ['l-6', 'l-5', 'l-4'],
      ['l-3', 'l-2', 'l-1'],
      ['l-0'],
    ]);
    await put('l-2', { type: 'listed', title: 'changed' });
    expect((await everyPage({ type: 'listed' })).flat()[0]).toBe('l-2');
  });

  it('ends with a full page without an empty one behind it', async () => {
    expect((await everyPage({ type: 'listed', limit: '7' })).map(({ length }) => length)).toEqual([7]);
  });

  it('goes over all types when none is named, each item once', async () => {
    const all = (await everyPage({ limit: '100' })).flat();
    const small = (await everyPage({ limit: '23' })).flat();
    expect(small.length).toBe(all.length);
    expect(new Set(small)).toEqual(new Set(all));
    expect(all).toEqual(expect.arrayContaining(['full', 'zoned', 'moving', 'b-1', 'l-0', 'm-999']));
    expect(all.length).toBe(new Set(all).size);
  });

  it('says why it is empty', async () => {
    expect(await page({ type: 'nothing' })).toMatchObject({
      items: [],
      nextCursor: null,
      reason: expect.any(String),
    });
  });
});
