import { describe, expect, it } from '@jest/globals';
import { catalogueOf } from '../../../../core/catalog/catalogue.ts';
import { emptyState } from '../../../../core/journal/empty-state.ts';
import type { LoadedUser } from '../../../../core/profile/ports.ts';
import { fromPrecomputed, type PrecomputedEntry } from '../../../../core/recommend/serve/precomputed.ts';
import type { SharedData } from '../../../../core/recommend/shared-data.ts';
import { catalogItem, NOW, request, userSignals } from '../recommend-world.ts';

const shared = {
  catalogue: catalogueOf(new Map([['a', catalogItem('a')]]), ''),
  model: { version: 3 },
  rankings: new Map(),
} as unknown as SharedData;

const loadedWith = (parts: PrecomputedEntry[5]): LoadedUser => ({
  profile: undefined,
  journal: emptyState,
  facts: new Set(),
  precomputed: {
    modelVersion: 3,
    behaviourSeq: emptyState.seq,
    computedAt: NOW,
    entries: [['a', 500, 500, 'why', 'personalised hybrid', parts]],
  },
  units: 1,
});

const answered = (parts: PrecomputedEntry[5], { streak = false, realtime = true } = {}) => {
  const user = userSignals(streak ? { streak: { days: 4, carriedBy: { article: 1 } } } : {});
  const question = { loaded: loadedWith(parts), user, shared, request: request({ limit: 1 }), realtime };
  return fromPrecomputed(question) !== undefined;
};

describe('a list of the night', () => {
  it('answers while nothing has moved on', () => expect(answered({ content: 500 })).toBe(true));

  it('that keeps a streak answers while the streak is still to be kept', () => {
    expect(answered({ content: 480, streak: 20 }, { streak: true })).toBe(true);
    expect(answered({ content: 480, streak: 20 })).toBe(false);
  });

  it('answers where a streak began to be at risk after the night', () => {
    expect(answered({ content: 500 }, { streak: true })).toBe(true);
  });

  it('answers whatever happened since where that is wanted', () => {
    expect(answered({ content: 480, streak: 20 }, { realtime: false })).toBe(true);
  });
});
