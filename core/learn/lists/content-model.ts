import type { CatalogItem } from '../../catalog/types.ts';
import { makeStringTable, numberOf } from '../../numbers/string-table.ts';
import { itemTerms } from './text-terms.ts';

/**
 * TF-IDF vectors of the catalogue, of length 1, by item and as an inverted index. `docTerm` and `docWeight` between
 * `docStart[i]` and `docStart[i + 1]` are the terms of item i; `postDoc` and `postWeight` the items of a term.
 */
export type ContentModel = {
  readonly itemIds: readonly string[];
  readonly itemIndex: ReadonlyMap<string, number>;
  readonly termIndex: ReadonlyMap<string, number>;
  readonly idf: Float32Array;
  readonly docStart: Int32Array;
  readonly docTerm: Int32Array;
  readonly docWeight: Float32Array;
  readonly postStart: Int32Array;
  readonly postDoc: Int32Array;
  readonly postWeight: Float32Array;
};

/** A vector of length 1: parallel arrays of term numbers and weights. */
export type TermVector = { terms: Int32Array; weights: Float32Array };

/** Long descriptions keep this many of their weightiest terms. */
const TERMS_PER_ITEM = 48;
/** Weight, before squared idf, of the term that every item has for itself: one occurrence. */
const OWN_TERM_WEIGHT = Math.log1p(1);

/**
 * Learns term weights from the items. A term weighs (1 + log tf) * idf ** 2 with idf = log(1 + N / df): the square makes
 * what few items share decide, which ranked better than idf on catalogues of tags. Whatever its texts, every item has one
 * term of its own in the length of its vector: two items of one common tag are then less alike than two that share
 * many, and a unique title sets nobody further apart. Repeated ids: the last one counts.
 */
export function contentModel(items: readonly CatalogItem[]): ContentModel {
  const distinct = [...new Map(items.map((item) => [item.itemId, item])).values()];
  const terms = makeStringTable();
  const counted = distinct.map((item) =>
    [...itemTerms(item)].map(([term, frequency]) => ({ term: numberOf(terms, term), frequency })),
  );
  const idf = inverseFrequencies(counted, terms.names.length);
  const vectors = counted.map((entries) => toVector(entries, idf, distinct.length));
  return {
    itemIds: distinct.map((item) => item.itemId),
    itemIndex: new Map(distinct.map((item, at) => [item.itemId, at])),
    termIndex: terms.index,
    idf,
    ...flatten(vectors),
    ...invert(vectors, terms.names.length),
  };
}

/** The vector of an item that need not be in the model; terms that the model does not know are left out. */
export function vectorOf(model: ContentModel, item: CatalogItem): TermVector {
  const entries: TermCount[] = [];
  for (const [term, frequency] of itemTerms(item)) {
    const known = model.termIndex.get(term);
    if (known !== undefined) entries.push({ term: known, frequency });
  }
  return toVector(entries, model.idf, model.itemIds.length);
}

type TermCount = { term: number; frequency: number };

function inverseFrequencies(counted: readonly (readonly TermCount[])[], terms: number): Float32Array {
  const documents = new Float64Array(terms);
  for (const entries of counted) for (const { term } of entries) documents[term]! += 1;
  return Float32Array.from(documents, (count) => idfOf(count, counted.length));
}

function idfOf(documents: number, items: number): number {
  return Math.log(1 + items / Math.max(1, documents));
}

function toVector(entries: readonly TermCount[], idf: Float32Array, items: number): TermVector {
  const uniqueIdf = Math.fround(idfOf(1, items));
  const weighed = entries
    .map(({ term, frequency }) => ({
      term,
      weight: Math.log1p(frequency) * idf[term]! ** 2,
      unique: idf[term] === uniqueIdf,
    }))
    .sort((a, b) => Number(a.unique) - Number(b.unique) || b.weight - a.weight || a.term - b.term)
    .slice(0, TERMS_PER_ITEM);
  const own = OWN_TERM_WEIGHT * uniqueIdf ** 2;
  const squares = weighed.reduce(
    (sum, { weight, unique }) => sum + (unique ? 0 : weight * weight),
    own * own,
  );
  return {
    terms: Int32Array.from(weighed, ({ term }) => term),
    weights: Float32Array.from(weighed, ({ weight }) => weight / Math.sqrt(squares)),
  };
}

function flatten(vectors: readonly TermVector[]): Pick<ContentModel, 'docStart' | 'docTerm' | 'docWeight'> {
  const docStart = new Int32Array(vectors.length + 1);
  vectors.forEach(({ terms }, doc) => {
    docStart[doc + 1] = docStart[doc]! + terms.length;
  });
  const docTerm = new Int32Array(docStart[vectors.length]!);
  const docWeight = new Float32Array(docTerm.length);
  vectors.forEach(({ terms, weights }, doc) => {
    docTerm.set(terms, docStart[doc]!);
    docWeight.set(weights, docStart[doc]!);
  });
  return { docStart, docTerm, docWeight };
}

function invert(
  vectors: readonly TermVector[],
  terms: number,
): Pick<ContentModel, 'postStart' | 'postDoc' | 'postWeight'> {
  const postStart = new Int32Array(terms + 1);
  for (const vector of vectors) for (const term of vector.terms) postStart[term + 1]! += 1;
  for (let term = 0; term < terms; term++) postStart[term + 1]! += postStart[term]!;
  const next = postStart.slice(0, terms);
  const postDoc = new Int32Array(postStart[terms]!);
  const postWeight = new Float32Array(postDoc.length);
  vectors.forEach((vector, doc) => {
    vector.terms.forEach((term, at) => {
      const slot = next[term]!;
      next[term] = slot + 1;
      postDoc[slot] = doc;
      postWeight[slot] = vector.weights[at]!;
    });
  });
  return { postStart, postDoc, postWeight };
}
