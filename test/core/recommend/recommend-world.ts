import type { CatalogItem } from '../../../core/catalog/types.ts';
import type { HybridWeights, ItemNeighbours, RankedItem } from '../../../core/learn/types.ts';
import type { RecommendRequest, Sources, UserSignals } from '../../../core/recommend/types.ts';

export const NOW = Date.parse('2026-06-01T12:00:00Z');

export const WEIGHTS: HybridWeights = {
  collaborative: 0.3,
  sequential: 0.4,
  content: 0.15,
  popular: 0.05,
  interests: 0.1,
  positionDecay: 0.7,
  halfScore: 0.1,
};

export function catalogItem(itemId: string, changes: Partial<CatalogItem> = {}): CatalogItem {
  return {
    itemId,
    type: 'article',
    title: `Title of ${itemId}`,
    tags: [],
    topics: [],
    genres: [],
    skills: [],
    attributes: {},
    updatedAt: '2026-01-01T00:00:00Z',
    ...changes,
  };
}

export function userSignals(
  changes: Partial<UserSignals> & { chosen?: readonly string[] } = {},
): UserSignals {
  const { chosen = [], ...rest } = changes;
  const seen = new Set(chosen);
  return {
    userId: 'u',
    history: chosen.map((itemId, at) => ({ itemId, weight: 1, at: NOW - at * 1000 })),
    seen: (itemId) => seen.has(itemId),
    completed: () => false,
    dismissed: () => false,
    interests: [],
    contentTypeAffinity: {},
    personalised: true,
    interactionCount: chosen.length,
    ...rest,
  };
}

export function request(changes: Partial<RecommendRequest> = {}): RecommendRequest {
  return {
    strategy: 'hybrid',
    limit: 10,
    offset: 0,
    exclude: [],
    includeSeen: false,
    diversity: 0,
    now: NOW,
    ...changes,
  };
}

export function neighbours(
  lists: Partial<Record<keyof ItemNeighbours, readonly (readonly [string, number])[]>>,
): ItemNeighbours {
  const ranked = (list: readonly (readonly [string, number])[] = []): RankedItem[] =>
    list.map(([itemId, score]) => ({ itemId, score }));
  return {
    collaborative: ranked(lists.collaborative),
    sequential: ranked(lists.sequential),
    content: ranked(lists.content),
  };
}

export function sourcesOf(
  items: readonly CatalogItem[],
  changes: Partial<Omit<Sources, 'catalog'>> & { newest?: readonly string[] } = {},
): Sources {
  const byId = new Map(items.map((item) => [item.itemId, item]));
  const { newest = items.map(({ itemId }) => itemId), ...rest } = changes;
  return {
    catalog: { get: (itemId) => byId.get(itemId), newest, size: items.length },
    neighbours: new Map(),
    popular: [],
    trending: [],
    segmentFavourites: {},
    weights: WEIGHTS,
    ...rest,
  };
}
