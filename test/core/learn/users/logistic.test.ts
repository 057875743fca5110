import { describe, expect, it } from '@jest/globals';
import { aucOf } from '../../../../core/learn/users/binary-metrics.ts';
import { crossValidate } from '../../../../core/learn/users/logistic/cross-validate.ts';
import { fitColumn } from '../../../../core/learn/users/logistic/fit-column.ts';
import { fitLogistic, plattScaling } from '../../../../core/learn/users/logistic/fit-logistic.ts';
import { fitWeights } from '../../../../core/learn/users/logistic/fit-weights.ts';
import type { RawColumn } from '../../../../core/learn/users/logistic/logistic-model.ts';
import {
  averageLogOdds,
  contributionsOf,
  probabilityOf,
} from '../../../../core/learn/users/logistic/predict.ts';
import { solvePositive } from '../../../../core/learn/users/logistic/solve-positive.ts';
import { termsIn, writeTerms } from '../../../../core/learn/users/logistic/terms.ts';
import { topFactors } from '../../../../core/learn/users/logistic/top-factors.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { vectors } from './vectors.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const all = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

describe('the weights of a logistic regression', () => {
  it.each(vectors.logistic)('$name', ({ counts, intercept, weight }) => {
    const rows = counts.flatMap(([flag, label, times]) => Array.from({ length: times }, () => [flag, label]));
    const design = { values: Float64Array.from(rows, ([flag]) => flag!), rows: rows.length, terms: 1 };
    const fitted = fitWeights(
      design,
      rows.map(([, label]) => label!),
      1e-12,
    );
    expect(fitted.intercept).toBeCloseTo(intercept, 6);
    expect(fitted.weights[0]).toBeCloseTo(weight, 6);
  });

  it('solve the penalised equations: the gradient vanishes, the intercept is free', () => {
    const random = seededRandom(4);
    const [rows, terms, penalty] = [200, 4, 2.5];
    const values = Float64Array.from({ length: rows * terms }, () => random() * 2 - 1);
    const labels = Uint8Array.from({ length: rows }, (_, n) =>
      random() < sigmoid(3 * values[n * terms]!) ? 1 : 0,
    );
    const { weights, intercept } = fitWeights({ values, rows, terms }, labels, penalty);
    const gradient = new Float64Array(terms + 1);
    for (let n = 0; n < rows; n++) {
      let sum = intercept;
      for (let j = 0; j < terms; j++) sum += weights[j]! * values[n * terms + j]!;
      const error = sigmoid(sum) - labels[n]!;
      for (let j = 0; j < terms; j++) gradient[j]! += error * values[n * terms + j]!;
      gradient[terms]! += error;
    }
    for (let j = 0; j < terms; j++) gradient[j]! += penalty * weights[j]!;
    for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-3);
  });

  it('stay finite for classes that a line separates, and for a column of zeros', () => {
    const values = Float64Array.from([-2, 0, -1, 0, 1, 0, 2, 0]);
    const { weights } = fitWeights({ values, rows: 4, terms: 2 }, [0, 0, 1, 1], 1e-3);
    expect(weights[0]).toBeGreaterThan(1);
    expect(Number.isFinite(weights[0])).toBe(true);
    expect(weights[1]).toBeCloseTo(0, 12);
  });
});

describe('solving with Cholesky', () => {
  it('gives back what the matrix was multiplied with', () => {
    const vector = Float64Array.from([4 * 1 + 2 * -2, 2 * 1 + 5 * -2 + 3 * 0.5, 3 * -2 + 6 * 0.5]);
    solvePositive(Float64Array.from([4, 2, 0, 2, 5, 3, 0, 3, 6]), vector);
    [1, -2, 0.5].forEach((x, i) => {
      expect(vector[i]).toBeCloseTo(x, 12);
    });
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => solvePositive(Float64Array.from([1, 2, 2, 1]), new Float64Array(2))).toThrow(RangeError);
  });
});

describe('a column', () => {
  const numeric = (values: number[]): RawColumn => ({
    kind: 'numeric',
    name: 'x',
    values: Float64Array.from(values),
  });
  const written = (column: ReturnType<typeof fitColumn>, cell: number | string): number[] => {
    const out = new Float64Array(termsIn(column));
    writeTerms(column, cell, out, 0);
    return [...out];
  };

  it('of categories has a flag per level that occurs often enough; others have none', () => {
    const values = [...Array(20).fill('a'), ...Array(15).fill('b'), 'c'];
    const column = fitColumn({ kind: 'category', name: 'x', values }, all(36));
    expect(column).toMatchObject({ levels: ['a', 'b'] });
    expect(written(column, 'b')).toEqual([0, 1]);
    expect(written(column, 'c')).toEqual([0, 0]);
    expect(written(column, 'never seen')).toEqual([0, 0]);
  });

  it('of numbers bends at its quantiles and follows the line between', () => {
    const column = fitColumn(numeric(Array.from({ length: 1000 }, (_, n) => n / 10)), all(1000));
    expect(column).toMatchObject({ unit: null, knots: [10, 30, 50, 70, 90], spikes: [], missing: false });
    expect(written(column, 55)).toEqual([55, 45, 25, 5, 0, 0]);
  });

  it('of numbers with a long tail is taken by its logarithm, zeros by a flag', () => {
    const values = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? 0 : Math.exp(n / 40)));
    const column = fitColumn(numeric(values), all(400));
    if (column.kind !== 'numeric') throw new Error('a number');
    expect(column.unit).toBeGreaterThan(100);
    expect(column.spikes).toEqual([0]);
    expect(written(column, 0).at(-1)).toBe(1);
    expect(written(column, 1e30).every(Number.isFinite)).toBe(true);
  });

  it('of few numbers may be a code: every value has a flag beside the line', () => {
    const column = fitColumn(numeric(Array.from({ length: 90 }, (_, n) => n % 3)), all(90));
    expect(written(column, 2)).toEqual([2, 0, 0, 1]);
    expect(written(column, 7)).toEqual([7, 0, 0, 0]);
  });

  it('with missing values flags them and puts the mean in their place', () => {
    const column = fitColumn(numeric([...Array(30).fill(0), ...Array(30).fill(1), Number.NaN]), all(61));
    expect(written(column, Number.NaN)).toEqual([0.5, 1]);
    expect(written(column, 1)).toEqual([1, 0]);
  });

  it('without any value, or with one only, does no harm', () => {
    expect(written(fitColumn(numeric([Number.NaN, Number.NaN]), all(2)), 5)).toEqual([5, 0]);
    expect(written(fitColumn(numeric([3, 3, 3]), all(3)), 3)).toEqual([3]);
    expect(termsIn(fitColumn({ kind: 'category', name: 'x', values: [] }, all(0)))).toBe(0);
  });

  it('learns from the rows that it is given only', () => {
    const values = Array.from({ length: 200 }, (_, n) => (n < 100 ? n : 1e6));
    const column = fitColumn(numeric(values), all(100));
    expect(column).toMatchObject({ unit: null, fill: 49.5 });
  });
});

/** A table whose log-odds are known: bent in x, two levels, noise beside. */
const table = (rows: number, seed: number): { raw: RawColumn[]; labels: Uint8Array; truth: Float64Array } => {
  const random = seededRandom(seed);
  const x = Float64Array.from({ length: rows }, () => random() * 10);
  const level = Array.from({ length: rows }, () => (random() < 0.3 ? 'yes' : 'no'));
  const noise = Float64Array.from({ length: rows }, () => random());
  const truth = x.map((value, n) => Math.abs(value - 5) - 3 + (level[n] === 'yes' ? 1.5 : 0));
  return {
    raw: [
      { kind: 'numeric', name: 'x', values: x },
      { kind: 'category', name: 'level', values: level },
      { kind: 'numeric', name: 'noise', values: noise },
    ],
    labels: Uint8Array.from(truth, (logOdds) => (random() < sigmoid(logOdds) ? 1 : 0)),
    truth,
  };
};

describe('a fitted logistic regression', () => {
  const { raw, labels, truth } = table(1_200, 8);
  const { model } = fitLogistic(raw, labels, all(1_200), { seed: 1 });
  const rowAt = (n: number) => raw.map(({ values }) => values[n]!);

  it('comes near the best that any model can, though the effect is bent', () => {
    const predicted = Float64Array.from(truth, (_, n) => probabilityOf(model, rowAt(n)));
    expect(aucOf(predicted, labels)).toBeGreaterThan(aucOf(truth, labels) - 0.02);
  });

  it('explains each answer: contributions and the average add up to the log-odds', () => {
    for (const n of [0, 1, 2, 999]) {
      const sum = contributionsOf(model, rowAt(n)).reduce(
        (total, { contribution }) => total + contribution,
        0,
      );
      expect(sigmoid(sum + averageLogOdds(model))).toBeCloseTo(probabilityOf(model, rowAt(n)), 12);
    }
  });

  it('has contributions of mean zero over the rows it learned from', () => {
    const sums = [0, 0, 0];
    for (let n = 0; n < 1_200; n++)
      contributionsOf(model, rowAt(n)).forEach(({ contribution }, j) => {
        sums[j]! += contribution / 1_200;
      });
    for (const mean of sums) expect(mean).toBeCloseTo(0, 8);
  });

  it('names the columns that matter, and which end raises the probability', () => {
    const factors = topFactors(model, raw, 2);
    expect(factors.map(({ factor }) => factor)).toEqual(['x', 'level']);
    expect(factors[1]).toMatchObject({ raises: 'yes' });
  });

  it('is honest on rows that it did not see: calibrated, and as good in every fold', () => {
    const { auc, calibration, folds } = crossValidate(raw, labels, { folds: 5, seed: 2 });
    expect(auc).toBeGreaterThan(aucOf(truth, labels) - 0.03);
    expect(Math.abs(calibration.slope - 1)).toBeLessThan(0.25);
    expect(calibration.expectedError).toBeLessThan(0.06);
    for (const { rows } of folds) expect(Math.abs(rows - 240)).toBeLessThanOrEqual(1);
  });

  it('finds nothing where there is nothing: labels by chance', () => {
    const random = seededRandom(3);
    const chance = Uint8Array.from({ length: 600 }, () => (random() < 0.5 ? 1 : 0));
    const { auc } = crossValidate(
      raw.map((column) => ({ ...column, values: column.values.slice(0, 600) }) as RawColumn),
      chance,
      { folds: 5, seed: 1 },
    );
    expect(Math.abs(auc - 0.5)).toBeLessThan(0.08);
  });

  it('is the same again under the same seed, and survives JSON', () => {
    expect(fitLogistic(raw, labels, all(1_200), { seed: 1 }).model).toEqual(model);
    const read = JSON.parse(JSON.stringify(model));
    expect(probabilityOf(read, rowAt(5))).toBe(probabilityOf(model, rowAt(5)));
  });

  it('answers for cells that are absent, unknown or no numbers', () => {
    for (const cells of [[], [Number.NaN, 'unknown', Number.NaN], ['text', 'yes', 'text']]) {
      const p = probabilityOf(model, cells);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThan(1);
    }
  });
});

describe('Platt scaling', () => {
  it('halves log-odds that are twice as sure as they should be', () => {
    const random = seededRandom(6);
    const truth = Float64Array.from({ length: 20_000 }, () => random() * 4 - 2);
    const labels = Uint8Array.from(truth, (logOdds) => (random() < sigmoid(logOdds) ? 1 : 0));
    const { slope, shift } = plattScaling(
      truth.map((x) => 2 * x + 1),
      labels,
    );
    expect(Math.abs(slope - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(shift + 0.5)).toBeLessThan(0.06);
  });
});
