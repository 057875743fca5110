import type { CaseTable } from './case-table.ts';

const CUT_OFF = 10;
const DISCOUNTS = Float64Array.from({ length: CUT_OFF }, (_, rank) => 1 / Math.log2(rank + 2));
const IDEALS = DISCOUNTS.map((_, last) =>
  DISCOUNTS.subarray(0, last + 1).reduce((sum, gain) => sum + gain, 0),
);

/** Factors that are tried on a weight, widest steps first, and weights that are tried for a part that has none. */
const WIDE = [0, 0.25, 0.5, 0.7, 1.4, 2, 4];
const FINE = [0.85, 0.92, 1.08, 1.18];
const NEW = [0.02, 0.06, 0.2, 0.6];
const PASSES = 4;
/** A step is taken for a gain of at least this: below, it is noise of the split. */
const LEAST_GAIN = 2e-5;

/** Mean NDCG@10 of some cases of a table under weights of its columns; ties count against the target. */
export function tableQuality(table: CaseTable, weights: readonly number[], cases: Int32Array): number {
  const scores = new Float32Array(table.columns[0]!.length);
  for (let part = 0; part < weights.length; part++) addColumn(scores, table.columns[part]!, weights[part]!);
  return meanNdcg(table, scores, cases);
}

/** All case numbers of a table. */
export function allCases({ targets }: CaseTable): Int32Array {
  return Int32Array.from(targets, (_, number) => number);
}

/**
 * Weights of the parts that rank the targets of these cases best by NDCG@10: coordinate search with factors on each weight from every
 * start, wide steps first, the best start then with fine ones. Weights are per standard deviation of a column and add up to 1.
 */
export function learnWeights(
  table: CaseTable,
  cases: Int32Array,
  starts: readonly (readonly number[])[],
): { weights: number[]; quality: number } {
  let best = { weights: [...starts[0]!], quality: -1 };
  for (const start of starts) {
    const found = climb(table, cases, { start, factors: WIDE });
    if (found.quality > best.quality) best = found;
  }
  best = climb(table, cases, { start: best.weights, factors: FINE });
  const sum = best.weights.reduce((total, weight) => total + weight, 0);
  return { weights: best.weights.map((weight) => weight / (sum || 1)), quality: best.quality };
}

function climb(
  table: CaseTable,
  cases: Int32Array,
  { start, factors }: { start: readonly number[]; factors: readonly number[] },
): { weights: number[]; quality: number } {
  const weights = [...start];
  const scores = new Float32Array(table.columns[0]!.length);
  const trial = new Float32Array(scores.length);
  weights.forEach((weight, part) => {
    addColumn(scores, table.columns[part]!, weight);
  });
  let quality = meanNdcg(table, scores, cases);
  for (let pass = 0; pass < PASSES; pass++) {
    const before = quality;
    for (let part = 0; part < weights.length; part++) {
      const from = weights[part]!;
      let to = from;
      for (const value of from > 0 ? factors.map((factor) => from * factor) : NEW) {
        trial.set(scores);
        addColumn(trial, table.columns[part]!, value - from);
        const reached = meanNdcg(table, trial, cases);
        if (reached < quality + LEAST_GAIN) continue;
        quality = reached;
        to = value;
      }
      addColumn(scores, table.columns[part]!, to - from);
      weights[part] = to;
    }
    if (quality === before) break;
  }
  return { weights, quality };
}

function addColumn(scores: Float32Array, column: Float32Array, weight: number): void {
  if (weight === 0) return;
  for (let at = 0; at < scores.length; at++) scores[at]! += weight * column[at]!;
}

function meanNdcg({ start, targets, relevant }: CaseTable, scores: Float32Array, cases: Int32Array): number {
  let sum = 0;
  let asked = 0;
  for (const number of cases) {
    if (relevant[number] === 0) continue;
    asked += 1;
    const first = start[number]!;
    const end = start[number + 1]!;
    let gain = 0;
    for (let target = first; target < first + targets[number]!; target++) {
      const score = scores[target]!;
      let rank = 0;
      for (let other = first; other < end && rank < CUT_OFF; other++) {
        if (scores[other]! >= score && other !== target) rank += 1;
      }
      if (rank < CUT_OFF) gain += DISCOUNTS[rank]!;
    }
    sum += gain / IDEALS[Math.min(relevant[number]!, CUT_OFF) - 1]!;
  }
  return asked === 0 ? 0 : sum / asked;
}
