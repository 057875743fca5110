import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import { foldPage } from '../../../core/journal/fold-page.ts';
import type { JournalPage, JournalState } from '../../../core/journal/ports.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { interaction, NOON } from '../../support/interactions.ts';

const DAY = 24 * 3_600_000;
const LATER = NOON + 400 * DAY;

let table: TestTable;
const store = () => journalStore({ ...table, clock: () => NOON });
const activity = () => activityStore({ ...table, clock: () => NOON });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const page = (seq: number, ids: string[] = [`i${seq}`]): JournalPage => ({
  seq,
  recordedAt: NOON + seq,
  newestBefore: NOON - 1,
  interactions: ids.map((interactionId) => interaction({ interactionId, userId: 'grace', contentId: 'c' })),
});

const stateAfter = (seq: number): JournalState => ({
  ...foldPage(emptyState, page(seq), foldInteractions),
  markedHour: '2026-11-21T12',
  resetAt: 7,
  resetSeq: 1,
});

const collect = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
};

describe('journal pages', () => {
  it('are written once per slot and read back as they were', async () => {
    const full = interaction({
      interactionId: 'full',
      userId: 'full',
      type: 'complete',
      contentId: 'c1',
      contentType: 'course',
      feature: 'player',
      value: 12.5,
      rating: 4,
      completionRate: 0.97,
      durationMs: 60_000,
      scrollDepth: 0.5,
      clicksCount: 3,
      feedback: 'très bien – 好',
      sentiment: 0.8,
      sessionId: 's1',
      device: 'mobile',
      context: { page: '/a', nested: { n: 1e50, list: [null, true, ''] } },
      recommendationId: 'r1',
      position: 0,
      occurredAt: NOON - 5_000,
      receivedAt: NOON - 10,
    });
    const written = { ...page(1), interactions: [full] };
    expect(await store().putPage('full', written, LATER)).toBe(true);
    expect(await store().putPage('full', page(1), LATER)).toBe(false);
    expect(await store().getPage('full', 1)).toEqual(written);
    expect(await store().getPage('full', 2)).toBeUndefined();
  });

  it('come in order of their numbers, both ways, within the range', async () => {
    for (const seq of [10, 9, 100, 2]) await store().putPage('grace', page(seq), LATER);
    const seqs = async (order: 'oldest first' | 'newest first') =>
      (await collect(store().pages({ userId: 'grace', fromSeq: 2, toSeq: 99, order }))).map(({ seq }) => seq);
    expect(await seqs('oldest first')).toEqual([2, 9, 10]);
    expect(await seqs('newest first')).toEqual([10, 9, 2]);
    expect(
      await collect(store().pages({ userId: 'grace', fromSeq: 3, toSeq: 2, order: 'oldest first' })),
    ).toEqual([]);
  });

  it('are hidden once expired, though they still hold their slot', async () => {
    await store().putPage('old', page(1), NOON - 1_000);
    await store().putPage('old', page(2), LATER);
    const found = await collect(
      store().pages({ userId: 'old', fromSeq: 1, toSeq: 9, order: 'oldest first' }),
    );
    expect(found.map(({ seq }) => seq)).toEqual([2]);
    expect(await store().putPage('old', page(1), LATER)).toBe(false);
    expect((await store().getPage('old', 1))?.seq).toBe(1);
  });

  it('are all found beyond the megabyte that one answer holds', async () => {
    const noise = () => Array.from({ length: 9_000 }, () => Math.random().toString(36).slice(2)).join('');
    const large = (seq: number) => ({
      ...page(seq),
      interactions: [interaction({ interactionId: `i${seq}`, userId: 'large', context: { noise: noise() } })],
    });
    await Promise.all(
      Array.from({ length: 20 }, (_, seq) => store().putPage('large', large(seq + 1), LATER)),
    );
    const found = await collect(
      store().pages({ userId: 'large', fromSeq: 1, toSeq: 20, order: 'newest first' }),
    );
    expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
    await store().deletePages('large', 19);
    expect(
      (await collect(store().pages({ userId: 'large', fromSeq: 1, toSeq: 20, order: 'oldest first' })))
        .length,
    ).toBe(1);
  });
});

describe('the committed state', () => {
  it('is empty for an unknown user', async () => {
    expect(await store().load('nobody')).toEqual(emptyState);
  });

  it('comes back as it was, and only its successor replaces it', async () => {
    const first = stateAfter(1);
    expect(await store().commit('ada', first, emptyState)).toBe(true);
    expect(await store().load('ada')).toEqual(first);
    expect(await store().commit('ada', stateAfter(1), emptyState)).toBe(false);
    expect(await store().commit('ada', stateAfter(2), { seq: 2, revision: 0 })).toBe(false);
    expect(await store().commit('ada', stateAfter(2), { seq: 1, revision: 1 })).toBe(false);
    expect(await store().commit('ada', { ...stateAfter(2), revision: 3 }, first)).toBe(true);
    expect(await store().load('ada')).toEqual({ ...stateAfter(2), revision: 3 });
  });

  it('has the sealed facts that it vouches for, in order, and no others', async () => {
    const sealed = { ...stateAfter(3), sealedFacts: [5, 2 ** 48 - 1, 0], openFacts: [9] };
    await store().putRun('bob', { n: 0, throughSeq: 3, facts: [5, 2 ** 48 - 1] });
    await store().putRun('bob', { n: 1, throughSeq: 4, facts: [0, 77, 78] });
    await store().putRun('bob', { n: 2, throughSeq: 4, facts: [79] });
    await store().commit('bob', sealed, emptyState);
    expect(await store().load('bob')).toEqual(sealed);
  });

  it('is not answered while facts are missing that it vouches for', async () => {
    await store().commit('torn', { ...stateAfter(3), sealedFacts: [1, 2] }, emptyState);
    await expect(store().load('torn')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('ledger runs', () => {
  it('are replaced by later ones, or longer ones of the same page, only', async () => {
    const facts = async () => (await store().load('carol')).sealedFacts;
    await store().commit('carol', { ...stateAfter(9), sealedFacts: [0, 0] }, emptyState);
    await store().putRun('carol', { n: 0, throughSeq: 5, facts: [1, 2] });
    await store().putRun('carol', { n: 0, throughSeq: 4, facts: [3, 4] });
    await store().putRun('carol', { n: 0, throughSeq: 5, facts: [5, 6] });
    expect(await facts()).toEqual([1, 2]);
    await store().putRun('carol', { n: 0, throughSeq: 6, facts: [7, 8] });
    expect(await facts()).toEqual([7, 8]);
    await store().putRun('carol', { n: 0, throughSeq: 6, facts: [7, 9, 10] });
    await store().putRun('carol', { n: 0, throughSeq: 6, facts: [11] });
    expect(await facts()).toEqual([7, 9]);
  });

  it('are deleted up to a page, later ones stay', async () => {
    await store().commit('dan', { ...stateAfter(9), sealedFacts: [0] }, emptyState);
    await store().putRun('dan', { n: 0, throughSeq: 5, facts: [1] });
    await store().putRun('dan', { n: 1, throughSeq: 6, facts: [2] });
    await store().deleteRuns('dan', 5);
    expect((await store().load('dan')).sealedFacts).toEqual([2]);
  });
});

describe('activity', () => {
  it('names every user of the hour once, whether marked alone or in a batch', async () => {
    const users = Array.from({ length: 30 }, (_, n) => `u${n}`);
    for (const user of users.slice(0, 20)) await store().markActive(user, '2026-11-21T12');
    await store().markActive('u0', '2026-11-21T12');
    await activity().markBatch('2026-11-21T12', 'b1', users.slice(10));
    await activity().markBatch('2026-11-21T12', 'b1', users.slice(10));
    await store().markActive('other', '2026-11-21T13');
    expect((await collect(activity().usersActiveIn('2026-11-21T12'))).sort()).toEqual([...users].sort());
    expect(await collect(activity().usersActiveIn('2026-11-20T12'))).toEqual([]);
  });

  it('of all users is scanned in segments that together hold each page once', async () => {
    const segments = await Promise.all([0, 1, 2].map((segment) => collect(activity().scanUsers(segment, 3))));
    const names = segments.flat().flatMap(({ userId, pages }) => pages.map(({ seq }) => `${userId} ${seq}`));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('grace 100');
    expect(names).toContain('large 20');
    expect(names).not.toContain('old 1');
  });

  it('of a user comes at once, with what is committed and said about them', async () => {
    const users = await collect(activity().scanUsers(0, 1));
    expect(new Set(users.map(({ userId }) => userId)).size).toBe(users.length);
    const large = users.find(({ userId }) => userId === 'large');
    const seqs = large?.pages.map(({ seq }) => seq) ?? [];
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(large?.state.seq).toBeGreaterThanOrEqual(0);
  });
});
