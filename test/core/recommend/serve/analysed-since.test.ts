import { describe, expect, it } from '@jest/globals';
import { catalogueOf } from '../../../../core/catalog/catalogue.ts';
import { enriched } from '../../../../core/catalog/content-analysis.ts';
import { emptyState } from '../../../../core/journal/empty-state.ts';
import { DEFAULT_WEIGHTS } from '../../../../core/learn/hybrid/training-params.ts';
import type { LoadedUser } from '../../../../core/profile/ports.ts';
import { computeList } from '../../../../core/recommend/serve/compute-list.ts';
import type { SharedData } from '../../../../core/recommend/shared-data.ts';
import { catalogItem, NOW, request, userSignals } from '../recommend-world.ts';

const before = new Date(NOW - 2_000).toISOString();
const after = new Date(NOW - 500).toISOString();

const items = ['seen', 'drone-1', 'other-1', 'other-2'].map((itemId) => ({
  ...catalogItem(itemId),
  updatedAt: before,
  topics: itemId.startsWith('drone') ? ['drone flight'] : [itemId],
}));

const sharedWith = (analysed: boolean): SharedData => {
  const [seen, ...others] = items as [(typeof items)[number], ...typeof items];
  const found = { ...enriched(seen, { topics: ['drone flight'] }), updatedAt: after };
  const all = [analysed ? found : seen, ...others];
  return {
    catalogue: catalogueOf(new Map(all.map((item) => [item.itemId, item])), after),
    model: {
      version: 3,
      slot: 0,
      trainedAt: NOW - 1_000,
      weights: DEFAULT_WEIGHTS,
      counts: { users: 1, items: 4, interactions: 1 },
    },
    rankings: new Map(),
  };
};

const stored = {
  collaborative: [],
  sequential: [],
  content: [{ itemId: 'other-1', score: 0.9 }],
};
const models = { getNeighbours: async () => new Map([['seen', stored]]) };

const loaded: LoadedUser = {
  profile: undefined,
  journal: emptyState,
  facts: new Set(),
  precomputed: {
    modelVersion: 3,
    behaviourSeq: emptyState.seq,
    computedAt: NOW - 1_000,
    entries: [
      ['other-1', 500, 500, 'why', 'similar to the last items', {}],
      ['other-2', 400, 500, 'why', 'similar to the last items', {}],
    ],
  },
  units: 1,
};

const user = userSignals({
  history: [{ itemId: 'seen', weight: 3, at: NOW - 5_000 }],
  seen: (itemId) => itemId === 'seen',
});

const listed = async (analysed: boolean, given: Partial<LoadedUser> = {}) => {
  const shared = sharedWith(analysed);
  const question = { request: request({ limit: 1 }), shared, loaded: { ...loaded, ...given }, user };
  const { result, source } = await computeList({ models }, question, []);
  return [source, result.items[0]?.itemId];
};

describe('a content that was analysed after the night', () => {
  it('leads to what resembles it now, past the lists of the night', async () => {
    expect(await listed(false)).toEqual(['precomputed', 'other-1']);
    expect(await listed(true)).toEqual(['computed', 'drone-1']);
  });

  it('is found by the lists of the night where it was not', async () => {
    expect(await listed(false, { precomputed: undefined })).toEqual(['computed', 'other-1']);
    expect(await listed(true, { precomputed: undefined })).toEqual(['computed', 'drone-1']);
  });
});
