import type { CatalogItem } from '../../catalog/types.ts';
import { addTo, makeSparseSums, reset, type SparseSums } from '../../numbers/sparse-sums.ts';
import { makeTopK, offer, sortBestFirst } from '../../numbers/top-k.ts';
import type { RankedItem } from '../types.ts';
import { type ContentModel, type TermVector, vectorOf } from './content-model.ts';
import type { ListOptions } from './item-neighbours.ts';
import {
  heapFor,
  makeNeighbourLists,
  type NeighbourLists,
  roundScore,
  TICK_EVERY,
  writeList,
} from './neighbour-lists.ts';
import { phraseTerms } from './text-terms.ts';

/** An item that matches words; `term` is the one of the given phrases that carried most. */
export type MatchedItem = RankedItem & { term: string };

/** Neighbours are looked for through terms that at most this share of the catalogue has, and at most this many items. */
const COMMON_SHARE = 0.15;
const COMMON_ITEMS = 3000;
/** In a small catalogue every term is worth following. */
const FEW_ITEMS = 100;
/** Items that are compared with one through its terms, weightiest term first: bounds the work on long texts. */
const COMPARED = 8000;
/** Lets the number of users decide between items of the same text, and nothing else. */
const TIE_BREAK = 1e-6;

export type ContentOptions = ListOptions & {
  /** How often each item of the model was chosen: decides between items of equal text. */
  strengths?: Float64Array;
};

/** The `keep` items of the nearest text for every item of the model, by cosine. */
export function contentNeighbours(
  model: ContentModel,
  keep: number,
  options: ContentOptions = {},
): NeighbourLists {
  const items = model.itemIds.length;
  const lists = makeNeighbourLists(items, keep);
  const heap = heapFor(lists);
  const sums = makeSparseSums(items);
  const nudges = (options.strengths ?? new Float64Array(items)).map(
    (strength) => TIE_BREAK * Math.log1p(strength),
  );
  const bounds = { most: longestPosting(items), compared: COMPARED };
  for (let item = 0; item < items; item++) {
    if (item % TICK_EVERY === 0) options.tick?.(item, items);
    sumCosines({ model, sums, ...bounds }, itemVector(model, item));
    for (let at = 0; at < sums.size; at++) {
      const other = sums.keys[at]!;
      if (other === item || options.servable?.[other] === 0) continue;
      offer(heap, other, Math.min(1, sums.sums[other]!) + nudges[other]!);
    }
    writeList(lists, item, heap);
  }
  return lists;
}

/** Items of the nearest text to one that the model need not know, without itself. */
export function similarToItem(model: ContentModel, item: CatalogItem, limit: number): RankedItem[] {
  const sums = makeSparseSums(model.itemIds.length);
  const bounds = { most: longestPosting(model.itemIds.length), compared: COMPARED };
  sumCosines({ model, sums, ...bounds }, vectorOf(model, item));
  return bestOf(model, sums, limit + 1)
    .filter(({ itemId }) => itemId !== item.itemId)
    .slice(0, limit);
}

/**
 * Items that match a user's phrases. Each phrase is a vector of its own and an item's score is the greatest cosine plus
 * a tenth of the others', so that many interests do not dilute one another.
 */
export function matchTerms(model: ContentModel, phrases: readonly string[], limit: number): MatchedItem[] {
  const items = model.itemIds.length;
  const sums = makeSparseSums(items);
  const best = new Float32Array(items);
  const bestPhrase = new Int32Array(items);
  const total = makeSparseSums(items);
  phrases.forEach((phrase, number) => {
    sumCosines({ model, sums, most: items, compared: Number.POSITIVE_INFINITY }, phraseVector(model, phrase));
    for (let at = 0; at < sums.size; at++) {
      const item = sums.keys[at]!;
      const cosine = sums.sums[item]!;
      addTo(total, item, cosine);
      if (cosine <= best[item]!) continue;
      best[item] = cosine;
      bestPhrase[item] = number;
    }
  });
  for (let at = 0; at < total.size; at++) {
    const item = total.keys[at]!;
    total.sums[item] = Math.min(1, 0.9 * best[item]! + 0.1 * total.sums[item]!);
  }
  return bestOf(model, total, limit).map((ranked) => ({
    ...ranked,
    term: phrases[bestPhrase[model.itemIndex.get(ranked.itemId)!]!]!,
  }));
}

type CosineContext = { model: ContentModel; sums: SparseSums; most: number; compared: number };

/** Sums the products of a vector with the items that share a term of at most `most` items, `compared` products at most. */
function sumCosines({ model, sums, most, compared }: CosineContext, vector: TermVector): void {
  let left = compared;
  reset(sums);
  for (let at = 0; at < vector.terms.length; at++) {
    const term = vector.terms[at]!;
    const weight = vector.weights[at]!;
    const first = model.postStart[term]!;
    const end = model.postStart[term + 1]!;
    if (end - first > most || end - first > left) continue;
    left -= end - first;
    for (let slot = first; slot < end; slot++) {
      addTo(sums, model.postDoc[slot]!, weight * model.postWeight[slot]!);
    }
  }
}

function longestPosting(items: number): number {
  return Math.max(FEW_ITEMS, Math.min(COMMON_ITEMS, items * COMMON_SHARE));
}

function itemVector(model: ContentModel, item: number): TermVector {
  const first = model.docStart[item]!;
  const end = model.docStart[item + 1]!;
  return { terms: model.docTerm.subarray(first, end), weights: model.docWeight.subarray(first, end) };
}

function phraseVector(model: ContentModel, phrase: string): TermVector {
  const terms = phraseTerms(phrase)
    .map((term) => model.termIndex.get(term))
    .filter((term) => term !== undefined);
  const norm = Math.sqrt(terms.reduce((sum, term) => sum + model.idf[term]! ** 4, 0)) || 1;
  return {
    terms: Int32Array.from(terms),
    weights: Float32Array.from(terms, (term) => model.idf[term]! ** 2 / norm),
  };
}

function bestOf(model: ContentModel, sums: SparseSums, limit: number): RankedItem[] {
  const heap = makeTopK(limit);
  for (let at = 0; at < sums.size; at++) offer(heap, sums.keys[at]!, sums.sums[sums.keys[at]!]!);
  const size = sortBestFirst(heap);
  return Array.from({ length: size }, (_, at) => ({
    itemId: model.itemIds[heap.ids[at]!]!,
    score: Math.min(1, roundScore(heap.scores[at]!)),
  }));
}
