import { addTo, makeSparseSums, reset, type SparseSums } from '../../numbers/sparse-sums.ts';
import type { Dataset } from '../data/dataset.ts';
import { coordinateSearch } from '../evaluate/search.ts';
import { type ContentModel, contentModel as learnContent } from '../lists/content-model.ts';
import type { History, Model, Scorer } from './model.ts';
import { interactionsByItem } from './popular.ts';

export type ContentParams = { latest: number; positionDecay: number; popularity: number };

const DEFAULTS: ContentParams = { latest: 20, positionDecay: 0.9, popularity: 0.05 };

/** Cosine between an item's words and tags (TF-IDF) and those of what the user chose; works for items that nobody has touched. */
export const contentModel: Model<ContentParams> = {
  name: 'content',
  description: 'likeness of texts and tags to those of the history; needs --items',
  parameters: {
    latest: { meaning: 'newest items of the history that are compared', least: 1, integer: true },
    positionDecay: { meaning: 'weight of a history item per item that came after it', least: 0, most: 1 },
    popularity: { meaning: 'weight of the logarithm of popularity (0-1) beside the cosine', least: 0 },
  },
  defaults: DEFAULTS,
  train: (dataset, params, { catalog }) => scoreByContent(dataset, learn(catalog), params),
  choose(train, judge, { context, fixed }) {
    const content = learn(context.catalog);
    return coordinateSearch<ContentParams>({
      start: DEFAULTS,
      axes: [
        { name: 'positionDecay', values: [0.9, 1, 0.8, 0.7, 0.6, 0.5, 0.3] },
        { name: 'popularity', values: [0.05, 0, 0.02, 0.1, 0.2, 0.4, 0.8] },
        { name: 'latest', values: [20, 5, 10, 50] },
      ],
      fixed,
      qualityOf: (params) => judge(scoreByContent(train, content, params)),
      rounds: 2,
    });
  },
};

function learn(catalog: Parameters<typeof learnContent>[0]): ContentModel {
  if (catalog.length === 0) throw new Error('content needs the texts or tags of items: none are given');
  return learnContent(catalog);
}

type ContentScores = {
  content: ContentModel;
  params: ContentParams;
  /** Document of every item of the data set, and item of every document; -1 for none. */
  documentOf: Int32Array;
  itemOf: Int32Array;
  terms: SparseSums;
};

function scoreByContent(dataset: Dataset, content: ContentModel, params: ContentParams): Scorer {
  const items = dataset.items.length;
  const counts = interactionsByItem(dataset);
  const most = Math.log1p(counts.reduce((greatest, count) => Math.max(greatest, count), 1));
  const popular = counts.map((count) => (params.popularity * Math.log1p(count)) / most);
  const scores: ContentScores = {
    content,
    params,
    documentOf: Int32Array.from(dataset.items, (name) => content.itemIndex.get(name) ?? -1),
    itemOf: Int32Array.from(content.itemIds, (name) => dataset.itemIndex.get(name) ?? -1),
    terms: makeSparseSums(content.idf.length),
  };
  return {
    score(histories, out) {
      for (let row = 0; row < histories.length; row++) {
        out.set(popular, row * items);
        addTaste(scores, histories[row]!);
        addCosines(scores, out.subarray(row * items, (row + 1) * items));
      }
    },
  };
}

/** Sums the vectors of the newest items of a history into `terms`. */
function addTaste({ content, params, documentOf, terms }: ContentScores, { items }: History): void {
  reset(terms);
  let weight = 1;
  for (let at = items.length - 1; at >= Math.max(0, items.length - params.latest); at--) {
    const document = documentOf[items[at]!]!;
    if (document >= 0) {
      for (let slot = content.docStart[document]!; slot < content.docStart[document + 1]!; slot++) {
        addTo(terms, content.docTerm[slot]!, weight * content.docWeight[slot]!);
      }
    }
    weight *= params.positionDecay;
  }
}

/** Adds the cosine of every item that shares a term with `terms`. */
function addCosines({ content, itemOf, terms }: ContentScores, row: Float32Array): void {
  let squares = 0;
  for (let at = 0; at < terms.size; at++) squares += terms.sums[terms.keys[at]!]! ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let at = 0; at < terms.size; at++) {
    const term = terms.keys[at]!;
    const weight = terms.sums[term]! * scale;
    for (let slot = content.postStart[term]!; slot < content.postStart[term + 1]!; slot++) {
      const item = itemOf[content.postDoc[slot]!]!;
      if (item >= 0) row[item]! += weight * content.postWeight[slot]!;
    }
  }
}
