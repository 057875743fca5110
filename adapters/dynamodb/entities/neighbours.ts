import type { ItemNeighbours, NeighbourSource, RankedItem } from '../../../core/learn/types.ts';
import { slotOf } from '../../../core/models/versions.ts';
import { type Item, itemPartition, key } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

export const neighboursKey = (itemId: string, modelVersion: number) =>
  key(itemPartition(itemId), `NEIGHBOURS#${slotOf(modelVersion)}`);

const SOURCES: readonly NeighbourSource[] = ['collaborative', 'sequential', 'content'];
/** Steps of a score, which lies in 0-1. */
const SCALE = 10_000;
/** One read unit pays for two eventually consistent items of up to 4 KB; this leaves room for keys. */
const LARGEST_BODY = 3_800;

/** Ids once for all lists; each list as columns, scores as differences to the one before, which are small. */
type Packed = { i: string[]; l: { n: number[]; s: number[]; c?: number[] }[] };

const packList = (list: readonly RankedItem[], place: (itemId: string) => number): Packed['l'][number] => {
  const scores = list.map(({ score }) => Math.round(score * SCALE));
  return {
    n: list.map(({ itemId }) => place(itemId)),
    s: scores.map((score, index) => (index === 0 ? score : (scores[index - 1] ?? 0) - score)),
    c: list.some(({ count }) => count !== undefined) ? list.map(({ count }) => count ?? -1) : undefined,
  };
};

const pack = (neighbours: ItemNeighbours, share: number): Uint8Array => {
  const places = new Map<string, number>();
  const place = (itemId: string): number => {
    const known = places.get(itemId);
    if (known !== undefined) return known;
    places.set(itemId, places.size);
    return places.size - 1;
  };
  const l = SOURCES.map((source) => {
    const list = neighbours[source];
    return packList(list.slice(0, Math.ceil(list.length * share)), place);
  });
  return packJson({ i: [...places.keys()], l } satisfies Packed);
};

/** The lists' heads, cut until they fit. */
const packToFit = (neighbours: ItemNeighbours): Uint8Array => {
  let share = 1;
  let body = pack(neighbours, share);
  while (body.length > LARGEST_BODY) {
    share *= (LARGEST_BODY / body.length) * 0.98;
    body = pack(neighbours, share);
  }
  return body;
};

const unpackList = (ids: readonly string[], { n, s, c }: Packed['l'][number]): RankedItem[] => {
  let steps = 0;
  return n.map((place, index) => {
    steps = index === 0 ? (s[0] ?? 0) : steps - (s[index] ?? 0);
    const count = c?.[index] ?? -1;
    return { itemId: ids[place] ?? '', score: steps / SCALE, ...(count < 0 ? {} : { count }) };
  });
};

export const neighboursToItem = (itemId: string, neighbours: ItemNeighbours, modelVersion: number): Item => ({
  ...neighboursKey(itemId, modelVersion),
  EntityType: 'Neighbours',
  v: 1,
  modelVersion,
  body: packToFit(neighbours),
});

export const neighboursFromItem = (item: Item): ItemNeighbours => {
  const { i, l } = unpackJson<Packed>(item.body);
  const [collaborative = [], sequential = [], content = []] = l.map((list) => unpackList(i, list));
  return { collaborative, sequential, content };
};
