import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeScoreOrder, putPair, takeBest } from '../../../core/numbers/order-scores.ts';

const RUNS = { seed: 7, numRuns: 500 };

describe('the order of scores', () => {
  it('is that of a sort: best first, of equal scores the lower id, as many as there is room for', () => {
    const score = fc.oneof(fc.constantFrom(0, 1, 0.5), fc.float({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 0, max: 70 }), (scores, room) => {
        const order = makeScoreOrder(60);
        const [ids, kept] = [new Int32Array(room), new Float32Array(room)];
        for (let round = 0; round < 2; round++) {
          scores.forEach((value, id) => {
            putPair(order, id, value);
          });
          const expected = scores
            .map((value, id) => ({ id, value: Math.fround(value) + 0 }))
            .sort((a, b) => b.value - a.value || a.id - b.id)
            .slice(0, room);
          const taken = takeBest(order, ids, kept);
          expect([...ids.subarray(0, taken)]).toEqual(expected.map(({ id }) => id));
          expect([...kept.subarray(0, taken)]).toEqual(expected.map(({ value }) => value));
        }
      }),
      RUNS,
    );
  });
});
