import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { chanceToPass } from '../../../../core/learning/mastery/chance-to-pass.ts';
import {
  masteredSkills,
  masteryOf,
  masteryOfTopic,
  skillState,
} from '../../../../core/learning/mastery/mastery-of.ts';
import type { Behaviour } from '../../../../core/profile/behaviour.ts';
import { DAY, fold, interaction, NOW, series, shuffled } from '../../profile/histories.ts';
import { vectors } from '../../profile/vectors.ts';

const SEED = 20_261_121;

type Scores = [daysAgo: number, score: number][];
type Vectors = {
  results: { name: string; scores: Scores; expect: Record<string, number> }[];
  chances: { mastery: number; confidence: number; ease: number; chance: number }[];
};
const { results, chances } = vectors<Vectors>('mastery');

const quizzes = (scores: Scores, topic = 'algebra') =>
  scores.map(([daysAgo, value]) =>
    interaction({ type: 'quiz', value, context: { topic }, occurredAt: Math.round(NOW - daysAgo * DAY) }),
  );

const masteryAfter = (scores: Scores, now = NOW) => masteryOfTopic(fold(...quizzes(scores)), 'algebra', now);

const anyScores: fc.Arbitrary<Scores> = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 100 })),
  { minLength: 1, maxLength: 12 },
);

describe('mastery of a topic', () => {
  it.each(results)('$name', ({ scores, expect: wanted }) => {
    const { mastery, confidence, results: count } = masteryAfter(scores);
    expect(mastery).toBeCloseTo(wanted.mastery ?? Number.NaN, 9);
    expect(confidence).toBeCloseTo(wanted.confidence ?? Number.NaN, 9);
    expect(count).toBe(wanted.results);
  });

  it('rises with every score, wherever it stands', () => {
    fc.assert(
      fc.property(anyScores, fc.nat(), fc.integer({ min: 1, max: 100 }), (scores, which, more) => {
        const at = which % scores.length;
        const better = scores.map(([ago, score], index): Scores[number] =>
          index === at ? [ago, Math.min(100, score + more)] : [ago, score],
        );
        expect(masteryAfter(better).mastery).toBeGreaterThanOrEqual(masteryAfter(scores).mastery);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('forgets towards the prior, and never past it', () => {
    fc.assert(
      fc.property(anyScores, fc.integer({ min: 0, max: 2000 }), (scores, days) => {
        const [sooner, later] = [masteryAfter(scores), masteryAfter(scores, NOW + days * DAY)];
        expect(Math.abs(later.mastery - 0.5)).toBeLessThanOrEqual(Math.abs(sooner.mastery - 0.5) + 1e-12);
        expect((later.mastery - 0.5) * (sooner.mastery - 0.5)).toBeGreaterThanOrEqual(-1e-12);
        expect(later.confidence).toBeLessThanOrEqual(sooner.confidence);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('does not depend on the order in which results arrive', () => {
    fc.assert(
      fc.property(anyScores, fc.nat(), (scores, seed) => {
        const [a, b] = [masteryAfter(scores), masteryAfter(shuffled(scores, seed))];
        expect(b.mastery).toBeCloseTo(a.mastery, 12);
        expect([b.results, b.confidence.toFixed(12)]).toEqual([a.results, a.confidence.toFixed(12)]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('is that of the newest result on a clock that runs backwards', () => {
    const scores: Scores = [[0, 100]];
    expect(masteryAfter(scores, NOW - 300 * DAY)).toEqual(masteryAfter(scores, NOW));
  });

  it('goes by the name of the topic, whatever its case and its spaces', () => {
    const behaviour = fold(...quizzes([[0, 100]], '  Linear  Algebra '));
    expect(masteryOfTopic(behaviour, 'linear algebra', NOW).results).toBe(1);
    expect(masteryOfTopic(behaviour, 'LINEAR ALGEBRA', NOW).mastery).toBe(0.75);
    expect(masteryOfTopic(behaviour, 'algebra', NOW)).toEqual({ mastery: 0.5, confidence: 0, results: 0 });
  });
});

describe('the state of a skill', () => {
  const stateAfter = (...scores: number[]) =>
    skillState(masteryAfter(scores.map((score): Scores[number] => [0, score])));
  it('is mastered after three fresh results of full marks, not after two', () => {
    expect([stateAfter(100, 100), stateAfter(100, 100, 100)]).toEqual(['growing', 'mastered']);
  });
  it('is weak below a half', () => {
    expect([stateAfter(), stateAfter(30), stateAfter(60)]).toEqual(['growing', 'weak', 'growing']);
  });
  it('as a metric stays with time, and goes with bad results', () => {
    const good = series(5, { type: 'exam', value: 96, context: { topic: 'optics' }, ago: 300 * DAY });
    expect(masteredSkills(fold(...good))).toBe(1);
    expect(masteredSkills(fold(...good, ...quizzes([[0, 10]], 'optics')))).toBe(0);
    expect(masteredSkills({} as Behaviour)).toBe(0);
  });
});

describe('the chance to pass', () => {
  it.each(chances)('at mastery $mastery, ease $ease', ({ mastery, confidence, ease, chance }) => {
    expect(chanceToPass({ mastery, confidence }, { ease })).toBeCloseTo(chance, 2);
  });

  it('rises with mastery and with ease, between 0 and 1', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(part, part, part, part, part, (mastery, other, confidence, ease, easier) => {
        const chance = (m: number, e: number) => chanceToPass({ mastery: m, confidence }, { ease: e });
        const [low, high] = [Math.min(mastery, other), Math.max(mastery, other)];
        const [hard, easy] = [Math.min(ease, easier), Math.max(ease, easier)];
        expect(chance(high, hard)).toBeGreaterThanOrEqual(chance(low, hard));
        expect(chance(low, easy)).toBeGreaterThanOrEqual(chance(low, hard));
        expect(chance(high, easy)).toBeLessThan(1);
        expect(chance(low, hard)).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('of nothing known is that of the prior tally', () => {
    expect(chanceToPass(masteryOf(undefined, NOW))).toBeCloseTo(0.92, 1);
  });
});
