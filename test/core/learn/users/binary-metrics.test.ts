import { describe, expect, it } from '@jest/globals';
import {
  aucOf,
  calibrationBins,
  expectedCalibrationError,
  logLossOf,
} from '../../../../core/learn/users/binary-metrics.ts';
import { splitBy, stratifiedFolds } from '../../../../core/learn/users/folds.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { vectors } from './vectors.ts';

describe('the area under the ROC curve', () => {
  it.each(vectors.auc)('$name', ({ scores, labels, expected }) => {
    expect(aucOf(scores, labels)).toBeCloseTo(expected, 12);
  });

  it('is the share of pairs in the right order, however many ties there are', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const scores = Array.from({ length: 40 }, () => Math.floor(random() * 8));
      const labels = scores.map(() => (random() < 0.4 ? 1 : 0));
      let right = 0;
      let pairs = 0;
      scores.forEach((a, i) => {
        scores.forEach((b, j) => {
          if (labels[i] !== 1 || labels[j] !== 0) return;
          pairs += 1;
          right += a > b ? 1 : a === b ? 0.5 : 0;
        });
      });
      expect(aucOf(scores, labels)).toBeCloseTo(right / pairs, 12);
    }
  });

  it('has no answer where there is one class only', () => {
    expect(aucOf([1, 2], [1, 1])).toBeNaN();
    expect(aucOf([], [])).toBeNaN();
  });
});

describe('the log loss', () => {
  it.each(vectors.logLoss)('of $probabilities is $expected', ({ probabilities, labels, expected }) => {
    expect(logLossOf(probabilities, labels)).toBeCloseTo(expected, 12);
  });

  it('stays finite for a certainty that was wrong', () => {
    expect(logLossOf([0, 1], [1, 0])).toBeLessThan(40);
  });
});

describe('calibration bins', () => {
  it('hold every row once and show what was predicted and what came', () => {
    const bins = calibrationBins([0.1, 0.2, 0.7, 0.9], [0, 1, 1, 1], 2);
    expect(bins).toEqual([
      { predicted: expect.closeTo(0.15, 12), observed: 0.5, rows: 2 },
      { predicted: expect.closeTo(0.8, 12), observed: 1, rows: 2 },
    ]);
    expect(expectedCalibrationError(bins)).toBeCloseTo((0.35 * 2 + 0.2 * 2) / 4, 12);
  });

  it('are as many as there are rows, where those are fewer', () => {
    expect(calibrationBins([0.5, 0.5, 0.5], [0, 1, 1], 10)).toHaveLength(3);
  });
});

describe('stratified folds', () => {
  it('part the rows, each fold with its share of positives', () => {
    const labels = Uint8Array.from({ length: 103 }, (_, n) => (n % 5 === 0 ? 1 : 0));
    const folds = stratifiedFolds(labels, 5, 9);
    const positives = [0, 0, 0, 0, 0];
    const rows = [0, 0, 0, 0, 0];
    folds.forEach((fold, row) => {
      rows[fold]! += 1;
      positives[fold]! += labels[row]!;
    });
    expect(Math.max(...positives) - Math.min(...positives)).toBeLessThanOrEqual(1);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(2);
    const { train, test } = splitBy(folds, 2);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, n) => n));
  });

  it('repeat under their seed and differ under another', () => {
    const labels = Uint8Array.from({ length: 50 }, (_, n) => n % 2);
    expect(stratifiedFolds(labels, 3, 1)).toEqual(stratifiedFolds(labels, 3, 1));
    expect(stratifiedFolds(labels, 3, 1)).not.toEqual(stratifiedFolds(labels, 3, 2));
  });
});
