import { describe, expect, it } from '@jest/globals';
import { packBehaviour } from '../../../adapters/dynamodb/entities/packed-behaviour.ts';
import { LIMITS } from '../../../core/profile/behaviour.ts';
import { resultOf } from '../../../core/profile/fold/results.ts';
import { DAY, fold, interaction, NOW, series } from './histories.ts';

const topic = { topic: 'Algebra' };

describe('what counts as a result', () => {
  it.each([
    ['a quiz', { type: 'quiz', value: 80 }, { score: 80, passed: true }],
    ['a quiz about something', { type: 'quiz', value: 80, context: topic }, { topic: 'algebra', score: 80 }],
    ['a skill', { type: 'exam', value: 0, context: { skill: 'Go' } }, { topic: 'go', passed: false }],
    ['the lowest pass', { type: 'test', value: 40 }, { passed: true }],
    ['just below it', { type: 'test', value: 39.9 }, { passed: false }],
    ['something completed', { type: 'complete', value: 70, context: topic }, { score: 70, passed: true }],
    ['a failure, whatever its score', { type: 'fail', value: 70, context: topic }, { passed: false }],
    ['a submission', { type: 'submission', value: 100, context: topic }, { score: 100 }],
  ])('%s does', (_name, given, wanted) => expect(resultOf(given)).toMatchObject(wanted));

  it.each([
    ['a score below 0', { type: 'quiz', value: -1, context: topic }],
    ['a score above 100', { type: 'quiz', value: 100.5, context: topic }],
    ['no number', { type: 'quiz', value: Number.NaN, context: topic }],
    ['no score', { type: 'quiz', context: topic }],
    ['a purchase', { type: 'purchase', value: 20, context: topic }],
    ['an answer to a survey', { type: 'answer', value: 5 }],
    ['an answer about nothing', { type: 'answer', value: 5, context: { topic: '  ' } }],
    ['an answer about a number', { type: 'answer', value: 5, context: { topic: 12 } }],
  ])('%s does not', (_name, given) => expect(resultOf(given)).toBeUndefined());
});

describe('the fold of results', () => {
  it('keeps nothing of users without results, and leaves their bytes as they are', () => {
    const history = series(40, { type: 'view', contentType: 'listing', context: topic });
    const behaviour = fold(...history, interaction({ type: 'purchase', value: 250 }));
    expect(Object.keys(behaviour).filter((key) => ['skills', 'results', 'pace'].includes(key))).toEqual([]);
    expect(behaviour.contentTypes).toEqual([['listing', 40, 40, 0, expect.any(Number)]]);
  });

  it('tallies by topic and by kind, scores out of range aside', () => {
    const behaviour = fold(
      interaction({ type: 'quiz', value: 80, context: topic, occurredAt: NOW }),
      interaction({ type: 'complete', contentType: 'quiz', value: 20, context: topic, occurredAt: NOW }),
      interaction({ type: 'quiz', value: 140, context: topic, occurredAt: NOW }),
      interaction({ type: 'exam', value: 55.5, occurredAt: NOW }),
    );
    expect(behaviour.skills).toEqual([['algebra', 2, 100_000, 1, 2, 1, NOW]]);
    expect(behaviour.results).toEqual([
      ['exam', 1, 1],
      ['quiz', 2, 1],
    ]);
  });

  it('weighs a late result by its own time', () => {
    const results = [0, 60].map((daysAgo) =>
      interaction({ type: 'quiz', value: 50, context: topic, occurredAt: NOW - daysAgo * DAY }),
    );
    expect(fold(...results).skills).toEqual(fold(...results.toReversed()).skills);
    expect(fold(...results).skills?.[0]?.[4]).toBe(1.5);
  });

  it('keeps 20 topics, the same ones in any order', () => {
    const results = Array.from({ length: 50 }, (_, n) =>
      interaction({ type: 'quiz', value: 50, context: { topic: `topic ${n}` } }),
    );
    const kept = fold(...results).skills;
    expect(kept).toHaveLength(LIMITS.skills);
    expect(fold(...results.toReversed()).skills).toEqual(kept);
  });

  it('keeps the pace: time taken to time expected, cut at eight times', () => {
    const step = (durationMs: number, expectedMs: unknown) =>
      interaction({ type: 'complete', durationMs, context: { expectedMs } });
    const log = (x: number) => Math.round(1000 * Math.log(x));
    expect(fold(step(60_000, 30_000)).pace).toEqual([1, log(2)]);
    expect(fold(step(3_600_000, 1_000), step(1, 86_400_000)).pace).toEqual([2, 0]);
    expect(fold(step(60_000, 0), step(0, 60_000), step(5, -5), step(5, '5')).pace).toBeUndefined();
  });

  it('counts what is finished by content type: no purchase, no rate of completion', () => {
    const behaviour = fold(
      interaction({ type: 'complete', contentType: 'lesson' }),
      interaction({ type: 'finished', contentType: 'lesson' }),
      interaction({ type: 'watch', contentType: 'lesson', completionRate: 1 }),
      interaction({ type: 'purchase', contentType: 'course' }),
    );
    expect(behaviour.contentTypes.map(([name, , , , , finished]) => [name, finished])).toEqual([
      ['course', undefined],
      ['lesson', 2],
    ]);
  });

  it('of a learner with five topics stays within the bytes of one write unit', () => {
    const history = Array.from({ length: 200 }, (_, n) =>
      interaction({
        type: n % 4 === 0 ? 'quiz' : 'complete',
        value: (n * 37) % 101,
        contentType: n % 2 === 0 ? 'lesson' : 'video',
        contentId: `module-${n % 70}`,
        context: {
          topic: ['algebra', 'physics', 'spanish', 'sql', 'typescript'][n % 5],
          expectedMs: 600_000,
        },
        durationMs: 400_000 + 1_000 * n,
        occurredAt: NOW - n * 7_200_000,
      }),
    );
    expect(packBehaviour(fold(...history)).length).toBeLessThan(800);
  });
});
