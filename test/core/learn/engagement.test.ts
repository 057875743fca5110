import { describe, expect, it } from '@jest/globals';
import { engagementTally } from '../../../core/learn/rankings/engagement.ts';

describe('engagement by item', () => {
  it('shrinks a single observation half-way and more towards the mean of all', () => {
    const tally = engagementTally();
    for (let n = 0; n < 9; n += 1) tally.add('known', 0.4);
    tally.add('new', 1);
    // mean of all = (9 * 0.4 + 1) / 10 = 0.46; known = (3.6 + 2.3) / 14, new = (1 + 2.3) / 6
    expect(tally.ranked()).toEqual([
      { itemId: 'known', score: 0.421, count: 9 },
      { itemId: 'new', score: 0.55, count: 1 },
    ]);
  });

  it('ranks nothing from nothing', () => {
    expect(engagementTally().ranked()).toEqual([]);
  });
});
