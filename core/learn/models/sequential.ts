import type { Dataset } from '../data/dataset.ts';
import { coordinateSearch } from '../evaluate/search.ts';
import type { NeighbourLists } from '../lists/neighbour-lists.ts';
import { type InfluenceParams, influenceAt, LEAST_INFLUENCE } from './influence.ts';
import type { History, Model, Scorer } from './model.ts';
import { interactionsByItem, popularityNudges } from './popular.ts';
import { type TransitionParams, transitionLists } from './sequential-lists.ts';

export type SequentialParams = TransitionParams & InfluenceParams;

const DEFAULTS: SequentialParams = {
  neighbours: 400,
  window: 15,
  stepDecay: 0.85,
  reverseShare: 0.1,
  gapHalfLifeHours: 0,
  sourceExponent: 0.5,
  popularityExponent: 0.2,
  userExponent: 0,
  shrinkage: 4,
  latest: 20,
  positionDecay: 0.65,
  ageHalfLifeHours: 0,
};

/** What users chose after each of the history's last items, the newest counting most. */
export const sequentialModel: Model<SequentialParams> = {
  name: 'sequential',
  description: 'what users chose after each of the last items, by order and distance',
  parameters: {
    neighbours: { meaning: 'following items kept per item', least: 1, integer: true },
    window: {
      meaning: 'steps within which two items of a user form a pair',
      least: 1,
      most: 1000,
      integer: true,
    },
    stepDecay: { meaning: 'what a pair counts per further step between its items', least: 0, most: 1 },
    reverseShare: { meaning: 'what a step back counts of a step ahead', least: 0, most: 1 },
    gapHalfLifeHours: { meaning: 'hours between two items that halve their pair; 0: none do', least: 0 },
    sourceExponent: {
      meaning: "power of the history item's popularity in the denominator",
      least: 0,
      most: 2,
    },
    popularityExponent: {
      meaning: "power of the other item's popularity in the denominator",
      least: 0,
      most: 2,
    },
    userExponent: { meaning: 'a user of n items counts n ** -userExponent', least: 0, most: 2 },
    shrinkage: { meaning: 'added to the denominator: rare pairs count less', least: 0 },
    latest: { meaning: 'newest items of the history that count', least: 1, integer: true },
    positionDecay: { meaning: 'weight of a history item per item that came after it', least: 0, most: 1 },
    ageHalfLifeHours: {
      meaning: 'age against the newest history item that halves its weight; 0: none',
      least: 0,
    },
  },
  defaults: DEFAULTS,
  train: (dataset, params, { onProgress }) =>
    scoreByTransitions(
      dataset,
      transitionLists(dataset, params, (done, total) => onProgress?.('sequential', done, total)),
      params,
    ),
  choose(train, judge, { context, fixed }) {
    let trials = 0;
    const lists = recentLists(train);
    return coordinateSearch<SequentialParams>({
      start: DEFAULTS,
      axes: [
        { name: 'positionDecay', values: [0.65, 0.5, 0.8, 0.9, 0.3] },
        { name: 'reverseShare', values: [0.1, 0, 0.25, 0.5, 1] },
        { name: 'stepDecay', values: [0.85, 0.7, 0.93, 0.5] },
        { name: 'popularityExponent', values: [0.2, 0.1, 0.35, 0.5] },
        { name: 'window', values: [15, 5, 30] },
        { name: 'sourceExponent', values: [0.5, 0.7, 1, 0.3] },
        { name: 'shrinkage', values: [4, 1, 10, 30] },
        { name: 'gapHalfLifeHours', values: [0, 1, 24, 24 * 30] },
        { name: 'ageHalfLifeHours', values: [0, 1, 24, 24 * 30] },
        { name: 'userExponent', values: [0, 0.3, 0.6] },
        { name: 'latest', values: [20, 5, 50] },
      ],
      fixed,
      qualityOf: (params) => {
        context.onProgress?.('sequential, trials', ++trials, Number.NaN);
        return judge(scoreByTransitions(train, lists(params), params));
      },
      rounds: 2,
    });
  },
};

/** Lists for parameters; those of the last ones are kept, because trials of how a history counts need no new lists. */
function recentLists(train: Dataset): (params: SequentialParams) => NeighbourLists {
  let key = '';
  let lists: NeighbourLists | undefined;
  return (params) => {
    const { latest, positionDecay, ageHalfLifeHours, ...ofLists } = params;
    const wanted = JSON.stringify(ofLists);
    if (lists === undefined || wanted !== key) {
      lists = transitionLists(train, params);
      key = wanted;
    }
    return lists;
  };
}

function scoreByTransitions(dataset: Dataset, lists: NeighbourLists, params: InfluenceParams): Scorer {
  const items = dataset.items.length;
  const nudges = popularityNudges(interactionsByItem(dataset));
  return {
    score(histories, out) {
      for (let row = 0; row < histories.length; row++) {
        const scores = out.subarray(row * items, (row + 1) * items);
        scores.set(nudges);
        addFollowing(scores, histories[row]!, { lists, params });
      }
    },
  };
}

/** Adds, for each of the newest history items, its list times how much the item counts. */
export function addFollowing(
  row: Float32Array,
  history: History,
  { lists, params }: { lists: NeighbourLists; params: InfluenceParams },
): void {
  const { stride, sizes, ids, scores } = lists;
  const { items } = history;
  for (let at = items.length - 1; at >= Math.max(0, items.length - params.latest); at--) {
    const influence = influenceAt(history, at, params);
    if (influence < LEAST_INFLUENCE) continue;
    const first = items[at]! * stride;
    const end = first + sizes[items[at]!]!;
    for (let slot = first; slot < end; slot++) row[ids[slot]!]! += influence * scores[slot]!;
  }
}
