import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeRanker, rankAll, rankAmong } from '../../../../core/learn/evaluate/ranker.ts';

const RUNS = { seed: 4, numRuns: 500 };
const ITEMS = 12;

const subset = fc.uniqueArray(fc.integer({ min: 0, max: ITEMS - 1 }), { maxLength: ITEMS });
const row = fc.array(fc.constantFrom(0, 1, 2, 3, -1, Number.NaN, Number.NEGATIVE_INFINITY), {
  minLength: ITEMS,
  maxLength: ITEMS,
});

/** Sorts everything that is offered, targets after others of their score. */
function sorted(
  scores: readonly number[],
  targets: readonly number[],
  offered: (item: number) => boolean,
): number[] {
  const place = (item: number) => (targets.includes(item) ? 1 + targets.indexOf(item) : 0);
  return scores
    .map((_, item) => item)
    .filter((item) => offered(item) && scores[item]! > Number.NEGATIVE_INFINITY)
    .sort((a, b) => scores[b]! - scores[a]! || place(a) - place(b) || a - b);
}

describe('the ranker', () => {
  it('ranks like a sort of everything that is offered', () => {
    fc.assert(
      fc.property(
        row,
        subset,
        subset,
        fc.integer({ min: 1, max: ITEMS + 2 }),
        (scores, targets, excluded, depth) => {
          const ranker = makeRanker(depth);
          rankAll(ranker, Float32Array.from(scores), {
            targets: Int32Array.from(targets),
            excluded: Int32Array.from(excluded),
          });
          const order = sorted(scores, targets, (item) => !excluded.includes(item)).slice(0, depth);
          expect([...ranker.list.subarray(0, ranker.listSize)]).toEqual(order);
          expect([...ranker.ranks.subarray(0, targets.length)]).toEqual(
            targets.map((item) => order.indexOf(item)),
          );
        },
      ),
      RUNS,
    );
  });

  it('ranks among candidates like a sort of these and the targets', () => {
    fc.assert(
      fc.property(row, subset, subset, (scores, targets, candidates) => {
        const ranker = makeRanker(ITEMS);
        const values = Float32Array.from(scores);
        rankAmong(ranker, values, {
          targets: Int32Array.from(targets),
          candidates: Int32Array.from(candidates),
        });
        const order = sorted(scores, targets, (item) => targets.includes(item) || candidates.includes(item));
        expect([...ranker.ranks.subarray(0, targets.length)]).toEqual(
          targets.map((item) => order.indexOf(item)),
        );
        expect([...values]).toEqual(scores);
      }),
      RUNS,
    );
  });

  it('makes room for more targets than it began with', () => {
    const scores = Float32Array.from({ length: 200 }, (_, item) => 200 - item);
    const ranker = makeRanker(200);
    rankAll(ranker, scores, { targets: Int32Array.from({ length: 150 }, (_, at) => at + 50) });
    expect([...ranker.ranks.subarray(0, 150)]).toEqual(Array.from({ length: 150 }, (_, at) => at + 50));
  });
});
