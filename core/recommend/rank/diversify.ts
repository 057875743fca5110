import type { CatalogItem } from '../../catalog/types.ts';
import type { NeighbourLookup } from '../../learn/types.ts';

/** What diversity needs of a candidate. */
export type Diversifiable = { readonly itemId: string; readonly item: CatalogItem; readonly score: number };

/** Candidates are reordered within consecutive blocks of this size, so that pages of one list never overlap. */
export const DIVERSITY_BLOCK = 100;
const SAME_TYPE_SHARE = 0.1;

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998, SIGIR): picks one by one the candidate of the greatest
 *   (1 - diversity) * score / best score - diversity * greatest similarity to those already picked.
 * Candidates come best first. Similarity is the overlap (Jaccard) of tags, topics, genres and skills and the type or,
 * where known, the stored similarity of the two items. `take` is how many are needed from the front.
 */
export function diversify<T extends Diversifiable>(
  candidates: readonly T[],
  diversity: number,
  neighbours: NeighbourLookup,
  take: number,
): T[] {
  if (diversity <= 0) return candidates.slice(0, take);
  const picked: T[] = [];
  for (let from = 0; from < candidates.length && picked.length < take; from += DIVERSITY_BLOCK) {
    const block = candidates.slice(from, from + DIVERSITY_BLOCK);
    picked.push(...pickFromBlock(block, { diversity, neighbours, take: take - picked.length }));
  }
  return picked;
}

type BlockOptions = { diversity: number; neighbours: NeighbourLookup; take: number };

function pickFromBlock<T extends Diversifiable>(block: readonly T[], options: BlockOptions): T[] {
  const best = Math.max(...block.map(({ score }) => score)) || 1;
  const closest = new Float64Array(block.length);
  const isPicked = new Uint8Array(block.length);
  const labels = numberLabels(block);
  const places = new Map(block.map(({ itemId }, at) => [itemId, at]));
  const picked: T[] = [];
  while (picked.length < Math.min(options.take, block.length)) {
    const next = mostMarginal({ block, closest, isPicked, best }, options.diversity);
    isPicked[next] = 1;
    picked.push(block[next]!);
    raiseByLabels(closest, labels, next);
    raiseByNeighbours(closest, places, options.neighbours, block[next]!.itemId);
  }
  return picked;
}

type Choice = { block: readonly Diversifiable[]; closest: Float64Array; isPicked: Uint8Array; best: number };

function mostMarginal({ block, closest, isPicked, best }: Choice, diversity: number): number {
  let next = -1;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < block.length; at++) {
    if (isPicked[at] === 1) continue;
    const margin = ((1 - diversity) * block[at]!.score) / best - diversity * closest[at]!;
    if (margin <= greatest) continue;
    greatest = margin;
    next = at;
  }
  return next;
}

type Labels = { own: Int32Array[]; types: string[]; stamps: Int32Array };

/** Every candidate's labels as numbers. */
function numberLabels(block: readonly Diversifiable[]): Labels {
  const numbers = new Map<string, number>();
  const numberOf = (label: string): number => {
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  };
  const own = block.map(({ item }) =>
    Int32Array.from(new Set([...item.tags, ...item.topics, ...item.genres, ...item.skills].map(numberOf))),
  );
  return { own, types: block.map(({ item }) => item.type), stamps: new Int32Array(numbers.size).fill(-1) };
}

function raiseByLabels(closest: Float64Array, { own, types, stamps }: Labels, picked: number): void {
  for (const label of own[picked]!) stamps[label] = picked;
  for (let at = 0; at < own.length; at++) {
    let shared = 0;
    for (let k = 0; k < own[at]!.length; k++) if (stamps[own[at]![k]!] === picked) shared += 1;
    const union = own[at]!.length + own[picked]!.length - shared;
    const overlap = union === 0 ? 0 : shared / union;
    const similarity = (1 - SAME_TYPE_SHARE) * overlap + (types[at] === types[picked] ? SAME_TYPE_SHARE : 0);
    if (similarity > closest[at]!) closest[at] = similarity;
  }
}

function raiseByNeighbours(
  closest: Float64Array,
  places: ReadonlyMap<string, number>,
  neighbours: NeighbourLookup,
  picked: string,
): void {
  const lists = neighbours.get(picked);
  if (lists === undefined) return;
  for (const list of [lists.collaborative, lists.content]) {
    for (const { itemId, score } of list) {
      const place = places.get(itemId);
      if (place !== undefined && score > closest[place]!) closest[place] = score;
    }
  }
}
