import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import type { Enrolment } from '../../../scripts/evaluate-learning/enrolments.ts';
import { nextResults } from '../../../scripts/evaluate-learning/next-results.ts';
import { withdrawals } from '../../../scripts/evaluate-learning/withdrawals.ts';

/** Students of an ability that stays, in four assessments each; the weaker they are, the sooner they leave. */
const generated = (count: number, seed: number): Enrolment[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const ability = random();
    const withdrew = random() > 0.35 + ability;
    return {
      userId: `student-${n}`,
      module: 'AAA',
      year: n % 2 === 0 ? '2013' : '2014',
      attributes: { gender: random() < 0.5 ? 'F' : 'M', studied_credits: '60', num_of_prev_attempts: '0' },
      registered: -20,
      left: withdrew ? 90 : undefined,
      withdrew,
      submissions: [10, 25, 45, 80].map((day, at) => ({
        assessment: `${n % 2}-${at}`,
        kind: 'tma',
        day,
        score: Math.round(Math.min(100, Math.max(0, 90 * ability + 30 * random()))),
      })),
    };
  });
};

const enrolments = generated(1_200, 3);

describe('the evaluation on students of an ability that stays', () => {
  it('finds that results follow from results, and not from the base rate', () => {
    const { presentations2014, choiceOn2013 } = nextResults(enrolments);
    expect(presentations2014).toMatchObject({ results: 2_400, withHistory: 1_800 });
    expect(presentations2014.auc.baseRate).toEqual({ all: 0.5, withHistory: 0.5 });
    expect(presentations2014.auc.mastery.withHistory).toBeGreaterThan(0.9);
    expect(choiceOn2013.every(({ auc }) => auc > 0.5 && auc < 1)).toBe(true);
  });

  it('finds that withdrawals follow from mastery, and not from attributes that mean nothing', () => {
    for (const { staticAttributes, behaviourAndMastery, students } of withdrawals(enrolments)) {
      expect(students).toBe(1_200);
      expect(staticAttributes.auc).toBeLessThan(0.57);
      expect(behaviourAndMastery.auc).toBeGreaterThan(0.7);
    }
  });
});
