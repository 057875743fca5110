import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { addTo, makeSparseSums, reset } from '../../../core/numbers/sparse-sums.ts';
import { clear, makeTopK, offer, sortBestFirst } from '../../../core/numbers/top-k.ts';

describe('bounded heap', () => {
  it('keeps what sorting everything and cutting would keep, ties to the lower id', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 0, max: 12 }), (scores, k) => {
        const heap = makeTopK(k);
        scores.forEach((score, id) => void offer(heap, id, score));
        const size = sortBestFirst(heap);
        const expected = scores
          .map((score, id) => ({ score, id }))
          .sort((a, b) => b.score - a.score || a.id - b.id)
          .slice(0, k);
        expect([...heap.ids.subarray(0, size)]).toEqual(expected.map(({ id }) => id));
        expect([...heap.scores.subarray(0, size)]).toEqual(expected.map(({ score }) => score));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('does not depend on the order of arrival', () => {
    const forward = makeTopK(3);
    const backward = makeTopK(3);
    for (let id = 0; id < 10; id++) offer(forward, id, id % 3);
    for (let id = 9; id >= 0; id--) offer(backward, id, id % 3);
    sortBestFirst(forward);
    sortBestFirst(backward);
    expect(backward.ids).toEqual(forward.ids);
  });

  it('can be used again and refuses NaN', () => {
    const heap = makeTopK(2);
    offer(heap, 1, 5);
    clear(heap);
    offer(heap, 2, Number.NaN);
    offer(heap, 3, -1);
    expect(sortBestFirst(heap)).toBe(1);
    expect(heap.ids[0]).toBe(3);
  });
});

describe('sparse sums', () => {
  it('forgets the round before', () => {
    const sums = makeSparseSums(4);
    addTo(sums, 2, 1);
    addTo(sums, 2, 2);
    expect([sums.size, sums.keys[0], sums.sums[2]]).toEqual([1, 2, 3]);
    reset(sums);
    addTo(sums, 2, 7);
    addTo(sums, 0, 1);
    expect([sums.size, sums.sums[2], sums.keys[1]]).toEqual([2, 7, 0]);
  });
});

describe('seeded random', () => {
  it('repeats under its seed and fills [0, 1) evenly', () => {
    const draws = Array.from({ length: 10_000 }, seededRandom(7));
    expect(draws.slice(0, 5)).toEqual(Array.from({ length: 5 }, seededRandom(7)));
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
  });
});
