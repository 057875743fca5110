import type { CaseTable } from './case-table.ts';
import type { MaturityWeights, PartName, PartWeights } from './hybrid-params.ts';
import { allCases, learnWeights, tableQuality } from './learn-weights.ts';

/** Fewer cases than this do not get weights of their own. */
const LEAST_CASES = 1500;
/** Weights of their own must rank held-back cases better by this share. */
const LEAST_GAIN = 1.004;

/**
 * Weights for everybody, and for thirds of the users by length of history where weights of their own hold on cases that they were
 * not learned on (two folds).
 */
export function learnMaturityWeights(table: CaseTable, names: readonly PartName[]): MaturityWeights[] {
  const scales = table.columns.map(deviation);
  table.columns.forEach((column, part) => {
    for (let at = 0; at < column.length; at++) column[at]! /= scales[part]!;
  });
  const cases = allCases(table);
  const common = learnWeights(table, cases, startsFor(names)).weights;
  const named = (weights: readonly number[]): PartWeights =>
    Object.fromEntries(
      names.flatMap((name, part) =>
        weights[part]! > 0 ? [[name, Number((weights[part]! / scales[part]!).toPrecision(4))]] : [],
      ),
    );
  return joined(
    thirds(table, cases).map(({ leastItems, members }) => ({
      leastItems,
      weights: named(ownWeights(table, members, common) ?? common),
    })),
  );
}

function startsFor(names: readonly PartName[]): number[][] {
  const from = (weights: PartWeights, other: number) => names.map((name) => weights[name] ?? other);
  return [
    from({ sequential: 1, nextItem: 0.3, ease: 0.3, itemKnn: 0.3, content: 0.3, popular: 0.03 }, 0),
    from({ sequential: 0.2, nextItem: 1, ease: 0.3, itemKnn: 0.3, content: 0.1, popular: 0.01 }, 0),
    from({ ease: 1, itemKnn: 1, sequential: 0.3, popular: 0.1 }, 0),
  ];
}

function deviation(column: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < column.length; at++) {
    sum += column[at]!;
    squares += column[at]! ** 2;
  }
  const mean = sum / Math.max(1, column.length);
  return Math.sqrt(Math.max(0, squares / Math.max(1, column.length) - mean * mean)) || 1;
}

type Third = { leastItems: number; members: Int32Array };

function thirds({ lengths }: CaseTable, cases: Int32Array): Third[] {
  const sorted = lengths.slice().sort();
  const lastOf = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const firsts = [...new Set([0, lastOf(1 / 3) + 1, lastOf(2 / 3) + 1])];
  return firsts.map((leastItems, at) => ({
    leastItems,
    members: cases.filter(
      (number) =>
        lengths[number]! >= leastItems && lengths[number]! < (firsts[at + 1] ?? Number.POSITIVE_INFINITY),
    ),
  }));
}

/** Weights of their own, if those learned on each half of the cases rank the other half better than the common ones. */
function ownWeights(table: CaseTable, members: Int32Array, common: readonly number[]): number[] | undefined {
  if (members.length < LEAST_CASES) return undefined;
  let own = 0;
  let shared = 0;
  for (const fold of [0, 1]) {
    const learnedOn = members.filter((_, at) => at % 2 === fold);
    const heldBack = members.filter((_, at) => at % 2 !== fold);
    own += tableQuality(table, learnWeights(table, learnedOn, [common]).weights, heldBack);
    shared += tableQuality(table, common, heldBack);
  }
  return own > shared * LEAST_GAIN ? learnWeights(table, members, [common]).weights : undefined;
}

/** Neighbouring rows of the same weights become one. */
function joined(rows: readonly MaturityWeights[]): MaturityWeights[] {
  return rows.filter(
    ({ weights }, at) => at === 0 || JSON.stringify(weights) !== JSON.stringify(rows[at - 1]!.weights),
  );
}
