import type { RankedItem } from '../../../core/learn/types.ts';
import { type Item, key, SETTINGS } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { Ranking } from '../store-types.ts';

export const RANKING_SORT = 'RANKING#';

/** About 25 KB deflated; a list that is longer continues in the next chunk. */
const ITEMS_PER_CHUNK = 1_000;

const chunkSort = (name: string, chunk: number): string =>
  `${RANKING_SORT}${name}#${String(chunk).padStart(3, '0')}`;

export const rankingPrefix = (name: string): string => `${RANKING_SORT}${name}#`;

const nameOf = (item: Item): string => String(item.SK).slice(RANKING_SORT.length, -'#000'.length);

const chunkToItem = (name: string, chunk: number, ranking: Ranking): Item => ({
  ...key(SETTINGS, chunkSort(name, chunk)),
  EntityType: 'Ranking',
  v: 1,
  generatedAt: ranking.generatedAt,
  body: packJson(ranking.items.slice(chunk * ITEMS_PER_CHUNK, (chunk + 1) * ITEMS_PER_CHUNK)),
});

/** At least one chunk, so that an empty ranking replaces the one before. */
export const rankingToItems = (name: string, ranking: Ranking): Item[] => {
  const chunks = Math.max(1, Math.ceil(ranking.items.length / ITEMS_PER_CHUNK));
  return Array.from({ length: chunks }, (_, chunk) => chunkToItem(name, chunk, ranking));
};

/**
 * Rankings by name from their chunks in key order. Chunks of another making than the first are left out: a list that
 * is being replaced, or was longer before, is then shortened to its head.
 */
export const rankingsFromItems = (items: readonly Item[]): Map<string, Ranking> => {
  const rankings = new Map<string, { generatedAt: number; items: RankedItem[] }>();
  for (const item of items) {
    const generatedAt = Number(item.generatedAt);
    const ranking = rankings.get(nameOf(item)) ?? { generatedAt, items: [] };
    if (ranking.generatedAt === generatedAt) ranking.items.push(...unpackJson<RankedItem[]>(item.body));
    rankings.set(nameOf(item), ranking);
  }
  return rankings;
};
