import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learningPathStore } from '../../../adapters/dynamodb/stores/learning-path-store.ts';
import { noProgress } from '../../../core/learning/paths/plan/plan.ts';
import type { LearningPath, LearningPathStore, PathProgress } from '../../../core/learning/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

let table: TestTable;
let store: LearningPathStore;
let units: [read: number, written: number];
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    units[isWrite ? 1 : 0] += used;
  };
  units = [0, 0];
  store = learningPathStore({ ...table, meter });
});
afterAll(() => table.close());

const idOf = (n: number) => `lp.01JD6Z7Q9T${String(n).padStart(16, '0')}`;

const pathOf = (userId: string, n: number, given: Partial<LearningPath> = {}): LearningPath => ({
  pathId: idOf(n),
  userId,
  title: `Path ${n} über 😀`,
  topic: 'typescript',
  level: 'beginner',
  modules: [
    { id: 'a', title: 'A', type: 'video', duration: 0, prerequisites: [] },
    { id: '__proto__x', title: 'B', type: 'quiz', duration: 1e7, prerequisites: ['a'] },
  ],
  estimatedDuration: 12,
  createdAt: NOW + n,
  ...given,
});

const progress = (path: LearningPath, version: number, given: Partial<PathProgress> = {}): PathProgress => ({
  ...noProgress(path),
  version,
  modules: {
    a: { status: 'failed', score: 12.5, timeSpent: 90, attempts: 2, at: NOW + 5, difficulty: 0.333 },
    __proto__x: { status: 'started', timeSpent: 0, attempts: 0, at: NOW + 9 },
  },
  reviews: [{ id: 'review-a', of: 'a', at: NOW + 5, reason: 'It failed' }],
  adaptations: [{ at: NOW + 5, kind: 'review added', moduleId: 'review-a', reason: 'a: It failed' }],
  maySkip: ['__proto__x'],
  updatedAt: NOW + 9,
  ...given,
});

describe('learning paths', () => {
  it('are read as they were made, without progress before the first step', async () => {
    const path = pathOf('ada', 1);
    await store.create(path);
    expect(await store.get('ada', path.pathId)).toEqual({ path, progress: noProgress(path) });
    const { estimatedDuration: _, ...shorter } = pathOf('ada', 2);
    await store.create(shorter);
    expect((await store.get('ada', idOf(2)))?.path).toEqual(shorter);
  });

  it('are made once, and are nobody else’s', async () => {
    const path = pathOf('bob', 1);
    await store.create(path);
    await expect(store.create({ ...path, title: 'Another' })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await store.get('bob', path.pathId))?.path.title).toBe(path.title);
    expect(await store.get('eve', path.pathId)).toBeUndefined();
    expect(await store.get('bob', path.pathId.slice(0, -1))).toBeUndefined();
  });

  it('keep progress, in a form of its own, on condition of the version that was read', async () => {
    const path = pathOf('cat', 1);
    await store.create(path);
    const first = progress(path, 1);
    expect(await store.putProgress('cat', path.pathId, progress(path, 2), 1)).toBe(false);
    expect(await store.putProgress('cat', path.pathId, first, 0)).toBe(true);
    expect(await store.putProgress('cat', path.pathId, progress(path, 1), 0)).toBe(false);
    expect(await store.get('cat', path.pathId)).toEqual({ path, progress: first });
    const last = progress(path, 2, { completedAt: NOW + 20, updatedAt: NOW + 20 });
    expect(await store.putProgress('cat', path.pathId, last, 1)).toBe(true);
    expect((await store.get('cat', path.pathId))?.progress).toEqual(last);
  });

  it('let one of many win who write at once', async () => {
    const path = pathOf('dan', 1);
    await store.create(path);
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => store.putProgress('dan', path.pathId, progress(path, 1), 0)),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
  });

  it('are listed newest first, page by page, with and without progress', async () => {
    const paths = Array.from({ length: 7 }, (_, n) => pathOf('eva', n + 1));
    for (const path of paths) await store.create(path);
    for (const n of [1, 4, 5]) await store.putProgress('eva', idOf(n), progress(paths[n - 1]!, 1), 0);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.list('eva', { limit: 3, ...(after && { after }) });
      for (const { path, progress: known } of page.paths) {
        seen.push(path.pathId);
        expect(known.version).toBe(['1', '4', '5'].includes(path.pathId.slice(-1)) ? 1 : 0);
      }
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map(idOf));
    expect(await store.list('nobody', { limit: 3 })).toEqual({ paths: [], next: null });
  });

  it('are deleted with their progress; what a late step left behind belongs to no other path', async () => {
    const [older, newer] = [pathOf('fay', 1), pathOf('fay', 2)];
    for (const path of [older, newer]) await store.create(path);
    await store.putProgress('fay', newer.pathId, progress(newer, 1), 0);
    await store.remove('fay');
    expect(await store.list('fay', { limit: 5 })).toEqual({ paths: [], next: null });
    await store.create(older);
    await store.putProgress('fay', newer.pathId, progress(newer, 1), 0);
    expect((await store.list('fay', { limit: 5 })).paths).toEqual([
      { path: older, progress: noProgress(older) },
    ]);
    expect(await store.get('fay', newer.pathId)).toBeUndefined();
  });

  it('cost four write units for 200 modules, and three for a step on them', async () => {
    const modules = Array.from({ length: 200 }, (_, n) => ({
      id: `module-${n}-${(n * 7919) % 1000}`,
      title: `Module ${n} about subject ${(n * 31) % 97}`,
      type: ['video', 'article', 'exercise', 'quiz'][n % 4]!,
      duration: 300 + ((n * 37) % 50) * 30,
      prerequisites: n > 0 ? [`module-${n - 1}-${((n - 1) * 7919) % 1000}`] : [],
    }));
    const path = pathOf('gus', 1, { modules });
    units = [0, 0];
    await store.create(path);
    expect(units[1]).toBeLessThanOrEqual(4);
    const all = modules.map(({ id }, n) => [
      id,
      {
        status: 'completed' as const,
        score: 50 + ((n * 37) % 50),
        timeSpent: 300 + ((n * 41) % 900),
        attempts: 1,
        at: NOW + n * 86_400_000,
        difficulty: 0.25 + ((n * 17) % 100) / 1000,
      },
    ]);
    const done = progress(path, 1, { modules: Object.fromEntries(all), updatedAt: NOW + 200 * 86_400_000 });
    units = [0, 0];
    await store.putProgress('gus', path.pathId, done, 0);
    expect(units[1]).toBeLessThanOrEqual(4);
    units = [0, 0];
    expect((await store.get('gus', path.pathId))?.progress).toEqual(done);
    expect(units[0]).toBeLessThanOrEqual(2);
  });
});
