import { describe, expect, it } from '@jest/globals';
import { creditOf } from '../../../core/generation/credit.ts';

describe('what an outcome says of each parameter', () => {
  it('is all of a good one', () => {
    expect([0.5, 0.9, 1].map((reward) => creditOf(reward, 7))).toEqual([0.5, 0.9, 1]);
  });

  it('is a part of a bad one, the smaller the more could be its cause', () => {
    const shown = (parameters: number) => Number(creditOf(0.05, parameters).toFixed(6));
    expect([0, 1, 4, 9].map(shown)).toEqual([0.05, 0.05, 0.275, 0.35]);
  });

  it('never makes a worse outcome count for more', () => {
    const credits = [0, 0.1, 0.2, 0.4, 0.49, 0.5, 0.6].map((reward) => creditOf(reward, 5));
    expect(credits).toEqual(credits.toSorted((a, b) => a - b));
  });
});
