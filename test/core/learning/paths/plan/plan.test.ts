import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { difficultyTerms, moduleDifficulty } from '../../../../../core/learning/paths/plan/difficulty.ts';
import { estimatedMinutes, paceFactor } from '../../../../../core/learning/paths/plan/estimated-time.ts';
import { pathFaults } from '../../../../../core/learning/paths/plan/path-faults.ts';
import { anyLearner, type PathLearner } from '../../../../../core/learning/paths/plan/path-learner.ts';
import { noProgress, planPath } from '../../../../../core/learning/paths/plan/plan.ts';
import { topologicalOrder } from '../../../../../core/learning/paths/plan/topological-order.ts';
import type { ModuleResult } from '../../../../../core/learning/paths/progress/results.ts';
import { signalsOf } from '../../../../../core/learning/paths/progress/signals.ts';
import { type Step, takeStep } from '../../../../../core/learning/paths/progress/step.ts';
import type { LearningPath, Level, Module, PathProgress } from '../../../../../core/learning/types.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const SEED = 20261121;

type Row = [score: number, ratio: number, failed?: 'failed'];
type Vectors = {
  difficulty: {
    level: Level;
    mastery: number;
    confidence: number;
    depth: number;
    terms: [number, number, number];
    expected: number;
  }[];
  terms: { results: Row[]; engagement?: number; expected: [number, number, number] }[];
  minutes: { duration: number; stated: number; observed: number; ratios: number[]; expected: number }[];
  signals: { of: string; results: Row[]; struggle: boolean; boredom: boolean }[];
  orders: {
    of: string;
    learner: { style?: 'visual'; level?: Level; pace?: 'slow' };
    types: string[];
    durations?: number[];
    prerequisites?: Record<string, number[]>;
    expected: number[];
  }[];
};

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../../vectors/learning-paths.json', import.meta.url), 'utf8'),
);

const resultsFrom = (rows: readonly Row[]): ModuleResult[] =>
  rows.map(([score, ratio, failed], at) => ({
    moduleId: `m${at}`,
    score,
    ratio,
    failed: failed === 'failed',
    attempts: 1,
    at: NOW - at,
  }));

const module = (id: string, given: Partial<Module> = {}): Module => ({
  id,
  title: id,
  type: 'video',
  duration: 600,
  prerequisites: [],
  ...given,
});

const pathWith = (modules: readonly Module[], level: Level = 'beginner'): LearningPath => ({
  pathId: 'lp.1',
  userId: 'ada',
  title: 'A path',
  topic: 'typescript',
  level,
  modules,
  createdAt: NOW,
});

const learnerWith = ({ style, ...given }: Vectors['orders'][number]['learner']): PathLearner => ({
  ...anyLearner(true),
  ...given,
  ...(style && { style: { name: style, confidence: 1 } }),
});

describe('difficulty', () => {
  it.each(vectors.difficulty)(
    'of $level at mastery $mastery is $expected',
    ({ terms, expected, ...given }) => {
      const { mastery, confidence } = given;
      const [performance, time, engagement] = terms;
      const base = { ...given, mastery: { mastery, confidence, results: 1 } };
      expect(moduleDifficulty(base, { performance, time, engagement })).toBeCloseTo(expected, 12);
    },
  );

  it.each(vectors.terms)('of $results moves by $expected', ({ results, engagement, expected }) => {
    const learner = { ...anyLearner(true), engagement };
    const { performance, time, engagement: engaged } = difficultyTerms(resultsFrom(results), learner);
    expect(performance).toBeCloseTo(expected[0], 12);
    expect(time).toBeCloseTo(expected[1], 12);
    expect(engaged).toBeCloseTo(expected[2], 12);
  });

  it('is moved by nothing for a user who does not allow it', () => {
    const terms = difficultyTerms(resultsFrom([[10, 5]]), anyLearner(false));
    expect(terms).toEqual({ performance: 0, time: 0, engagement: 0 });
  });

  it('rises with every score and falls with the time taken, and stays within .1 and 1', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0.01, max: 100, noNaN: true }));
    const property = fc.property(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.nat(7),
      fc.integer({ min: 0, max: 100 }),
      fc.double({ min: 1, max: 10, noNaN: true }),
      fc.constantFrom<Level>('beginner', 'intermediate', 'advanced', 'expert'),
      (rows, at, score, slower, level) => {
        const which = at % rows.length;
        const of = (some: readonly Row[]) =>
          moduleDifficulty(
            { level, depth: 0.5, mastery: { mastery: 0.5, confidence: 0, results: 0 } },
            difficultyTerms(resultsFrom(some), anyLearner(true)),
          );
        const change = (to: Row) => rows.map((known, n): Row => (n === which ? to : known));
        const [was, ratio] = rows[which]!;
        const better = change([Math.max(was, score), ratio]);
        const slow = change([was, ratio * slower]);
        expect(of(better)).toBeGreaterThanOrEqual(of(rows) - 1e-12);
        expect(of(slow)).toBeLessThanOrEqual(of(rows) + 1e-12);
        expect(of(rows)).toBeGreaterThanOrEqual(0.1);
        expect(of(rows)).toBeLessThanOrEqual(1);
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 300 });
  });
});

describe('estimated minutes', () => {
  it.each(vectors.minutes)(
    'of $duration s at $stated with $ratios are $expected',
    ({ duration, stated, observed, ratios, expected }) => {
      const pace = paceFactor({ statedPace: stated, observedPace: observed }, ratios);
      expect(estimatedMinutes(duration, pace)).toBe(expected);
    },
  );
});

describe('signals', () => {
  it.each(vectors.signals)('of $of', ({ results, struggle, boredom }) => {
    expect(signalsOf(resultsFrom(results))).toEqual({ struggle, boredom, reason: expect.any(String) });
  });
});

const acyclic = fc
  .record({
    count: fc.integer({ min: 1, max: 40 }),
    edges: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }),
    types: fc.array(fc.constantFrom('video', 'article', 'quiz', 'lab', 'podcast', '???'), {
      minLength: 40,
      maxLength: 40,
    }),
    durations: fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 40, maxLength: 40 }),
    shuffle: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ count, edges, types, durations, shuffle }) => {
    const named = Array.from({ length: count }, (_, n) => {
      const before = edges.filter(([from, to]) => to === n && from < n).map(([from]) => `m${from}`);
      return module(`m${n}`, {
        type: types[n]!,
        duration: durations[n]!,
        prerequisites: [...new Set(before)],
      });
    });
    // In any order, as applications send them.
    return named
      .map((one, n) => ({ one, key: (n * 7919 + shuffle) % 104_729 }))
      .sort((a, b) => a.key - b.key)
      .map(({ one }) => one);
  });

const arbitraryLearner = fc.constantFrom<PathLearner>(
  anyLearner(true),
  anyLearner(false),
  { ...anyLearner(true), style: { name: 'visual', confidence: 1 }, pace: 'slow', observedPace: 1.4 },
  { ...anyLearner(true), style: { name: 'reading', confidence: 0.4 }, level: 'expert', pace: 'fast' },
);

const isTopological = (ordered: readonly Pick<Module, 'id' | 'prerequisites'>[]): boolean => {
  const at = new Map(ordered.map(({ id }, position) => [id, position]));
  return ordered.every(({ id, prerequisites }) =>
    prerequisites.every((before) => (at.get(before) ?? -1) < at.get(id)!),
  );
};

describe('the order of a path', () => {
  it.each(vectors.orders)('$of', ({ learner, types, durations, prerequisites, expected }) => {
    const modules = types.map((type, n) =>
      module(`m${n}`, {
        type,
        duration: durations?.[n] ?? 600,
        prerequisites: (prerequisites?.[n] ?? []).map((before) => `m${before}`),
      }),
    );
    const path = pathWith(modules, learner.level ?? 'beginner');
    const { modules: ordered } = planPath(path, noProgress(path), learnerWith(learner));
    expect(ordered.map(({ id }) => Number(id.slice(1)))).toEqual(expected);
  });

  it('is a topological permutation of the modules, the same each time', () => {
    const property = fc.property(acyclic, arbitraryLearner, (modules, learner) => {
      const path = pathWith(modules);
      const { modules: ordered } = planPath(path, noProgress(path), learner);
      expect(ordered.map(({ id }) => id).sort()).toEqual(modules.map(({ id }) => id).sort());
      expect(isTopological(ordered)).toBe(true);
      expect(planPath(path, noProgress(path), learner).modules).toEqual(ordered);
      expect(pathFaults(modules)).toEqual([]);
    });
    fc.assert(property, { seed: SEED, numRuns: 200 });
  });

  it('of 200 modules in one chain or in none takes a moment', () => {
    for (const isChain of [true, false]) {
      const modules = Array.from({ length: 200 }, (_, n) =>
        module(`m${n}`, { prerequisites: isChain && n < 199 ? [`m${n + 1}`] : [] }),
      );
      const path = pathWith(modules);
      const began = performance.now();
      expect(pathFaults(modules)).toEqual([]);
      const { modules: ordered } = planPath(path, noProgress(path), anyLearner(true));
      expect(ordered).toHaveLength(200);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });

  it('finds a cycle wherever it lies, and names every step of it', () => {
    const property = fc.property(
      acyclic,
      fc.array(fc.nat(39), { minLength: 2, maxLength: 6 }),
      (modules, picks) => {
        const ring = [...new Set(picks.map((pick) => modules[pick % modules.length]!.id))];
        fc.pre(ring.length >= 2);
        const needs = new Map(ring.map((id, n) => [id, ring[(n + 1) % ring.length]!]));
        const closed = modules.map((one) =>
          needs.has(one.id)
            ? { ...one, prerequisites: [...new Set([...one.prerequisites, needs.get(one.id)!])] }
            : one,
        );
        const [fault] = pathFaults(closed);
        expect(topologicalOrder(closed, () => 0).length).toBeLessThan(closed.length);
        const ids = fault!.message.replace(' is a cycle', '').split(' -> ');
        expect(ids[0]).toBe(ids.at(-1));
        for (const [n, id] of ids.slice(0, -1).entries()) {
          if (id === '...' || ids[n + 1] === '...') continue;
          expect(closed.find((one) => one.id === id)!.prerequisites).toContain(ids[n + 1]);
        }
        expect(fault!.path).toBe(`modules.${closed.findIndex(({ id }) => id === ids[0])}.prerequisites`);
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 200 });
  });
});

const arbitraryStep = fc.record({
  pick: fc.nat(60),
  status: fc.constantFrom<Step['status']>('started', 'completed', 'completed', 'failed', 'skipped'),
  score: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  timeSpent: fc.option(fc.integer({ min: 0, max: 1e6 }), { nil: undefined }),
  clock: fc.integer({ min: -10_000, max: 10_000 }),
});

/** What is refused leaves everything as it was. */
const tried = (path: LearningPath, progress: PathProgress, learner: PathLearner, step: Step, now: number) => {
  try {
    return takeStep({ path, progress, learner }, step, now);
  } catch (error) {
    expect(error).toMatchObject({ kind: 'conflict' });
    return undefined;
  }
};

describe('a path on the way', () => {
  it('keeps its order, its limits and what was done, whatever is told at whatever hour', () => {
    const property = fc.property(
      acyclic,
      arbitraryLearner,
      fc.array(arbitraryStep, { maxLength: 40 }),
      (modules, learner, steps) => {
        const path = pathWith(modules);
        let progress = noProgress(path);
        for (const { pick, clock, ...told } of steps) {
          const before = planPath(path, progress, learner);
          const moduleId = before.modules[pick % before.modules.length]!.id;
          const taken = tried(path, progress, learner, { moduleId, ...told }, NOW + clock);
          if (!taken) continue;
          expect(taken.progress.version).toBe(progress.version + (taken.told ? 1 : 0));
          if (taken.told) expect(taken.progress.updatedAt).toBeGreaterThan(progress.updatedAt);
          else expect(taken.progress).toBe(progress);
          const repeated = takeStep({ path, progress: taken.progress, learner }, { moduleId, ...told }, NOW);
          if (told.status === taken.progress.modules[moduleId]!.status)
            expect(repeated).toEqual({ progress: taken.progress });
          progress = taken.progress;
          const plan = planPath(path, progress, learner);
          expect(isTopological(plan.modules)).toBe(true);
          expect(plan.modules).toHaveLength(modules.length + progress.reviews.length);
          expect(progress.reviews.length).toBeLessThanOrEqual(learner.adapts ? 5 : 0);
          expect(progress.adaptations.length).toBeLessThanOrEqual(20);
          expect(new Set(plan.modules.map(({ id }) => id)).size).toBe(plan.modules.length);
          expect(plan.completed).toBeGreaterThanOrEqual(before.completed);
          for (const { difficulty, estimatedMinutes: minutes } of plan.modules) {
            expect(difficulty).toBeGreaterThanOrEqual(0.1);
            expect(difficulty).toBeLessThanOrEqual(1);
            expect(minutes).toBeGreaterThanOrEqual(1);
          }
          expect(plan.nextModule === null).toBe(progress.completedAt !== undefined);
        }
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 150 });
  });
});
