import type { CatalogItem } from '../../core/catalog/types.ts';
import type { ItemNeighbours, RankedItem } from '../../core/learn/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';

/** Items that belong together: neighbours and users' tastes stay mostly within such a group. */
export const GROUP = 200;

const WORDS = 4_000;
const SYLLABLES = [
  'ba',
  'co',
  'di',
  'fu',
  'ga',
  'he',
  'ji',
  'ko',
  'lu',
  'mo',
  'ne',
  'pa',
  'qui',
  'ra',
  'so',
  'tu',
];
const TYPES = ['article', 'video', 'course', 'listing'];
const PUBLISHED_FROM = Date.UTC(2025, 0, 1);
const DAY_MS = 86_400_000;

type Random = () => number;

export const itemId = (index: number): string => `item-${String(index).padStart(5, '0')}`;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** Few words are common, most are rare. */
const word = (random: Random): string => {
  const rank = Math.floor(WORDS ** random());
  return `${SYLLABLES[rank % 16]}${SYLLABLES[(rank >> 4) % 16]}${SYLLABLES[(rank >> 8) % 16]}`;
};

const words = (random: Random, count: number): string[] => Array.from({ length: count }, () => word(random));

const itemOf = (index: number, random: Random): CatalogItem => {
  const group = Math.floor(index / GROUP);
  return {
    itemId: itemId(index),
    type: TYPES[index % TYPES.length] as string,
    title: words(random, 5).join(' '),
    description: words(random, 35).join(' '),
    tags: [`group-${group}`, ...words(random, 3)],
    topics: words(random, 2),
    genres: [],
    skills: words(random, 1),
    level: 'beginner',
    url: `https://example.com/items/${index}`,
    imageUrl: `https://example.com/images/${index}.webp`,
    publishedAt: new Date(PUBLISHED_FROM + below(random, 600) * DAY_MS).toISOString(),
    attributes: { price: below(random, 10_000) / 100, rating: below(random, 50) / 10 },
    updatedAt: new Date(PUBLISHED_FROM + 600 * DAY_MS + index).toISOString(),
  };
};

/** A catalogue of texts as long as those of shops and course lists: 0.8 KB an item. */
export const generateItems = (count: number, seed: number): CatalogItem[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => itemOf(index, random));
};

/** An item of the same group, or (one in ten) of any other. */
export const relatedItem = (index: number, count: number, random: Random): string => {
  const start = Math.floor(index / GROUP) * GROUP;
  return itemId(
    random() < 0.1 ? below(random, count) : start + below(random, Math.min(GROUP, count - start)),
  );
};

const list = (length: number, related: () => string, random: Random): RankedItem[] => {
  const ids = new Set<string>();
  while (ids.size < length) ids.add(related());
  let score = 0.4 + 0.5 * random();
  return [...ids].map((id) => {
    score *= 0.95 + 0.05 * random();
    return { itemId: id, score, count: 1 + below(random, 40) };
  });
};

/** Neighbour lists as full as training makes them (60, 40 and 40 entries): the dearest that serving can meet. */
export function* generateNeighbours(
  count: number,
  seed: number,
): Generator<{ itemId: string; neighbours: ItemNeighbours }> {
  const random = seededRandom(seed);
  for (let index = 0; index < count; index++) {
    const related = () => relatedItem(index, count, random);
    const neighbours = {
      collaborative: list(60, related, random),
      sequential: list(40, related, random),
      content: list(40, related, random).map(({ count: _, ...entry }) => entry),
    };
    yield { itemId: itemId(index), neighbours };
  }
}

/** A ranking of so many items. */
export const generateRanking = (length: number, count: number, seed: number): RankedItem[] => {
  const random = seededRandom(seed);
  return list(length, () => itemId(below(random, count)), random);
};
