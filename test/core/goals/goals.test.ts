import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Goal } from '../../../core/goals/goal.ts';
import { goalProgress, goalViews } from '../../../core/goals/goal-progress.ts';
import { readMetric } from '../../../core/goals/read-metric.ts';
import { setGoals } from '../../../core/goals/set-goals.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { DAY, fold, interaction, NOW, series } from '../profile/histories.ts';

const goal = (parts: Partial<Goal> = {}): Goal => ({
  title: 'g',
  term: 'short',
  setAt: NOW,
  baseline: 0,
  ...parts,
});
const due = new Date(NOW + 10 * DAY).toISOString();

describe('metrics', () => {
  const behaviour = fold(
    interaction({ type: 'purchase', value: 12.5, firstOfSession: true }),
    interaction({ type: 'purchase', value: 7.25 }),
    interaction({ type: 'feature_use', feature: 'Map View' }),
    interaction({ type: 'add_to_cart', feature: 'cart', firstOfSession: true }),
  );
  it.each([
    ['purchase', 2],
    ['Add to cart', 1],
    ['sessions', 2],
    ['interactions', 4],
    ['features', 2],
    ['feature:Map View', 1],
    ['value:purchase', 19.75],
    ['never_seen', 0],
    ['__proto__', 0],
    ['feature:constructor', 0],
  ])('%s reads %d', (metric, reading) => expect(readMetric(metric, behaviour)).toBe(reading));
});

describe('setting goals', () => {
  const behaviour = fold(...series(3, { type: 'publish' }));
  const set = (
    existing: readonly Goal[],
    shortTerm: Parameters<typeof setGoals>[0]['shortTerm'],
    now = NOW,
  ) => setGoals({ shortTerm, longTerm: ['Become the expert'] }, { existing, behaviour, now });

  it('gives each its term, its time and what was already done', () => {
    expect(set([], [{ title: ' Publish ', metric: 'publish', target: 5, due }])).toEqual([
      { title: 'Publish', term: 'short', metric: 'publish', target: 5, due, setAt: NOW, baseline: 3 },
      { title: 'Become the expert', term: 'long', setAt: NOW, baseline: 0 },
    ]);
  });

  it('keeps the beginning of a goal that was there, and starts anew with another metric', () => {
    const before = [goal({ title: 'Publish', metric: 'publish', target: 5, setAt: NOW - DAY, baseline: 1 })];
    expect(set(before, [{ title: 'Publish', metric: 'publish', target: 9 }])[0]).toMatchObject({
      target: 9,
      setAt: NOW - DAY,
      baseline: 1,
    });
    expect(set(before, [{ title: 'Publish', metric: 'sessions' }])[0]).toMatchObject({
      setAt: NOW,
      baseline: 0,
    });
  });
});

describe('progress', () => {
  const done = (count: number) => fold(...series(count, { type: 'publish' }));
  const halfway = NOW + 5 * DAY;
  const five = goal({ metric: 'publish', target: 10, due });

  it('is not measured without a metric, and has no ratio without a target', () => {
    expect(goalProgress(goal(), done(3), NOW)).toEqual({
      measured: false,
      reason: 'The goal names no metric',
    });
    expect(goalProgress(goal({ metric: 'publish' }), done(3), NOW)).toMatchObject({
      measured: true,
      current: 3,
    });
  });

  it('counts from where the goal was set, and from nothing after a reset', () => {
    expect(goalProgress(goal({ metric: 'publish', target: 4, baseline: 3 }), done(5), NOW)).toMatchObject({
      current: 2,
      ratio: 0.5,
    });
    expect(goalProgress(goal({ metric: 'publish', target: 4, baseline: 3 }), done(1), NOW)).toMatchObject({
      current: 1,
    });
  });

  it.each([
    [7, 'ahead'],
    [6, 'ahead'],
    [5, 'on track'],
    [4, 'on track'],
    [3, 'behind'],
    [10, 'done'],
    [12, 'done'],
  ])('halfway with %d of 10 is %s', (count, pace) => {
    expect(goalProgress(five, done(count), halfway)).toMatchObject({ pace, ratio: Math.min(1, count / 10) });
  });

  it('is overdue after the date, and has no pace without one', () => {
    expect(goalProgress(five, done(9), NOW + 11 * DAY).pace).toBe('overdue');
    expect(goalProgress(goal({ metric: 'publish', target: 10 }), done(2), NOW)).not.toHaveProperty('pace');
    expect(
      goalProgress(goal({ metric: 'publish', target: 10, due: 'soon' }), done(2), NOW),
    ).not.toHaveProperty('pace');
  });

  it('stays within 0-1 and never falls with one more, for any goal', () => {
    const anyGoal = fc.record({
      target: fc.double({ min: 0, max: 1e12, noNaN: true }),
      baseline: fc.integer({ min: 0, max: 5 }),
      metric: fc.constantFrom('publish', 'interactions', 'value:publish'),
    });
    fc.assert(
      fc.property(anyGoal, fc.integer({ min: 5, max: 30 }), (parts, count) => {
        const before = done(count);
        const after = foldInteractions(before, [interaction({ type: 'publish', value: 1 })]);
        const [less, more] = [before, after].map((some) => goalProgress(goal(parts), some, NOW).ratio ?? -1);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(1);
        if (parts.metric !== 'value:publish') expect(more).toBeGreaterThanOrEqual(less!);
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  it('is shown without what is only kept for measuring', () => {
    const [view] = goalViews([five], emptyBehaviour(), NOW);
    expect(Object.keys(view!).toSorted()).toEqual(['due', 'metric', 'progress', 'target', 'term', 'title']);
  });
});

describe('metrics of learners', () => {
  const about = { topic: 'Algebra' };
  const behaviour = fold(
    interaction({ type: 'complete', contentType: 'lesson' }),
    interaction({ type: 'finish', contentType: 'Lesson' }),
    interaction({ type: 'complete_module' }),
    interaction({ type: 'complete', contentType: 'module' }),
    interaction({ type: 'complete', contentType: 'path' }),
    interaction({ type: 'purchase', contentType: 'course' }),
    ...series(3, { type: 'quiz', value: 100, context: about, every: 0 }),
    interaction({ type: 'complete', contentType: 'quiz', value: 90, context: about }),
    interaction({ type: 'quiz', value: 39 }),
    interaction({ type: 'quiz', value: 101, context: about }),
    interaction({ type: 'pass_quiz' }),
  );
  it.each([
    ['complete_lesson', 2],
    ['Complete lesson', 2],
    ['complete_module', 2],
    ['modules', 2],
    ['paths', 1],
    ['complete_course', 0],
    ['pass_quiz', 5],
    ['pass_exam', 0],
    ['mastery:algebra', 88],
    ['mastery: ALGEBRA ', 88],
    ['mastery:optics', 0],
    ['master_skill', 1],
    ['skills', 1],
  ])('%s reads %d', (metric, reading) => expect(readMetric(metric, behaviour)).toBe(reading));

  it('that stand at a level are measured from nothing, counts from when the goal was set', () => {
    const goals = setGoals(
      {
        shortTerm: [
          { title: 'Know it', metric: 'mastery:algebra', target: 80 },
          { title: 'Do it', metric: 'complete_lesson', target: 4 },
        ],
        longTerm: [],
      },
      { existing: [], behaviour, now: NOW },
    );
    expect(goalViews(goals, behaviour, NOW).map(({ progress }) => progress.current)).toEqual([88, 0]);
  });
});
