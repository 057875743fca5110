import { isExpired } from '../../catalog/matches-filter.ts';
import type { CatalogItem } from '../../catalog/types.ts';
import { makeSparseSums } from '../../numbers/sparse-sums.ts';
import { buildDataset, type Dataset } from '../data/dataset.ts';
import { type Holdout, holdOutLatest } from '../data/holdout.ts';
import { itemStrengths } from '../lists/co-occurrence.ts';
import { type ContentModel, contentModel } from '../lists/content-model.ts';
import { contentNeighbours } from '../lists/content-neighbours.ts';
import { itemNeighbours } from '../lists/item-neighbours.ts';
import { neighbourIndex } from '../lists/neighbour-index.ts';
import { meanBestScore, type NeighbourLists, renumber, type Tick } from '../lists/neighbour-lists.ts';
import { transitions } from '../lists/transitions.ts';
import { popularity } from '../rankings/popularity.ts';
import { segmentFavourites } from '../rankings/segment-favourites.ts';
import type {
  Evaluation,
  HybridWeights,
  NeighbourIndex,
  RankedItem,
  TrainedModel,
  TrainingInput,
  TrainingParams,
  TrainingPhase,
} from '../types.ts';
import { chooseGains, medianBestScore, unitsOf, weightsFrom } from './choose-weights.ts';
import { popularPrior } from './history-influence.ts';
import type { HybridContext, SourceLists } from './hybrid-score.ts';
import { hybridQuality, popularityQuality } from './ranking-quality.ts';
import { DEFAULT_GAINS, DEFAULT_HALF_SCORE, DEFAULT_PARAMS, type HybridGains } from './training-params.ts';

const POPULAR_KEPT = 500;
const SEGMENT_KEPT = 100;
/** Users whose last item chooses the weights, and as many others whose last item then measures them. */
const VALIDATION_USERS = 2000;
/** With fewer validation users the defaults stay. */
const LEAST_VALIDATION_USERS = 100;
const HALF_SCORE_SAMPLE = 500;

/**
 * Trains everything that serving reads. Weights are chosen on the held-back last items of some users and measured on
 * those of others, with lists that saw neither; the lists that are returned are trained on all rows.
 * Work grows with interactions times the steps of `maxItemsPerUser`; the same input gives the same model.
 */
export function trainModel(input: TrainingInput): TrainedModel {
  const run = startRun(input);
  const { dataset, params, report } = run;
  const validation = validate(run);
  const lists = trainLists(run, dataset, report);
  const popular = popularIn(run, dataset);
  report('popular', 1, 1);
  const segments = favourites(run);
  report('segments', 1, 1);
  const hybridWeights = finalWeights(run, lists, { gains: validation.gains ?? DEFAULT_GAINS, popular });
  report('done', 1, 1);
  return {
    trainedAt: input.now,
    counts: { users: dataset.users.length, items: dataset.items.length, interactions: dataset.size },
    params,
    popular,
    segmentFavourites: segments,
    neighbours: indexOf(run, lists),
    hybridWeights,
    weightsFrom: validation.gains === undefined ? 'defaults' : 'validation',
    evaluation: validation.evaluation,
  };
}

function indexOf({ dataset, content, contentLists }: Run, lists: SourceLists): NeighbourIndex {
  return neighbourIndex({
    items: dataset.items,
    itemIndex: dataset.itemIndex,
    collaborative: lists.collaborative,
    sequential: lists.sequential,
    contentItems: content.itemIds,
    contentIndex: content.itemIndex,
    content: contentLists,
  });
}

type Report = (phase: TrainingPhase, done: number, total: number) => void;

type Run = {
  input: TrainingInput;
  params: TrainingParams;
  dataset: Dataset;
  holdout: Holdout;
  /** 1 for items of the data set that may be recommended. */
  servable: Uint8Array;
  content: ContentModel;
  /** Made once, without the held-back items in their tie-break, since the texts are the same for both trainings. */
  contentLists: NeighbourLists;
  report: Report;
};

function startRun(input: TrainingInput): Run {
  const params = { ...DEFAULT_PARAMS, ...input.params };
  const report: Report = (phase, done, total) => input.onProgress?.({ phase, done, total });
  report('dataset', 0, 1);
  const dataset = buildDataset(input.rows);
  const offered = input.catalog.filter((item) => !isExpired(item, input.now));
  const content = contentModel(input.catalog);
  const holdout = holdOutLatest(dataset, 2 * VALIDATION_USERS);
  return {
    input,
    params,
    dataset,
    holdout,
    servable: maskOf(dataset.items, input.catalog.length === 0 ? undefined : offered),
    content,
    contentLists: contentNeighbours(content, params.contentNeighbours, {
      servable: maskOf(content.itemIds, offered),
      strengths: strengthsFor(content, holdout.train),
      tick: (done, total) => report('content', done, total),
    }),
    report,
  };
}

/** 1 where an item is among the offered ones; without a catalogue everything is. */
function maskOf(itemIds: readonly string[], offered: readonly CatalogItem[] | undefined): Uint8Array {
  if (offered === undefined) return new Uint8Array(itemIds.length).fill(1);
  const ids = new Set(offered.map((item) => item.itemId));
  return Uint8Array.from(itemIds, (itemId) => (ids.has(itemId) ? 1 : 0));
}

function strengthsFor(content: ContentModel, dataset: Dataset): Float64Array {
  const strengths = itemStrengths(dataset, dataset.userWeight);
  return Float64Array.from(content.itemIds, (itemId) => {
    const item = dataset.itemIndex.get(itemId);
    return item === undefined ? 0 : strengths[item]!;
  });
}

function trainLists(run: Run, dataset: Dataset, report: Report): SourceLists {
  const { params, servable, content, contentLists } = run;
  const ticks =
    (phase: TrainingPhase): Tick =>
    (done, total) =>
      report(phase, done, total);
  const numbers = Int32Array.from(content.itemIds, (itemId) => dataset.itemIndex.get(itemId) ?? -1);
  return {
    collaborative: itemNeighbours(dataset, params, { servable, tick: ticks('collaborative') }),
    sequential: transitions(dataset, params, { servable, tick: ticks('sequential') }),
    content: renumber(contentLists, numbers, dataset.items.length),
  };
}

function popularIn(run: Run, dataset: Dataset): RankedItem[] {
  return popularity(dataset, {
    keep: POPULAR_KEPT,
    halfLifeDays: run.params.halfLifeDays,
    servable: run.servable,
  });
}

function favourites({ input, dataset, params, servable }: Run): Record<string, RankedItem[]> {
  if (input.segmentOf === undefined) return {};
  return segmentFavourites(dataset, input.segmentOf, {
    keep: SEGMENT_KEPT,
    halfLifeDays: params.halfLifeDays,
    servable,
  });
}

type Validation = { gains?: HybridGains; evaluation?: Evaluation };

/** Chooses gains on the even users of the holdout and measures them on the odd ones. */
function validate(run: Run): Validation {
  const { holdout } = run;
  run.report('validation', 0, 1);
  if (holdout.users.length < 2 * LEAST_VALIDATION_USERS) return {};
  const popular = popularIn(run, holdout.train);
  const silent: Report = () => undefined;
  const context = contextOf(holdout.train, trainLists(run, holdout.train, silent), popular);
  const gains = chooseGains(part(holdout, 0), context);
  const measured = part(holdout, 1);
  const weights = weightsFrom(gains, unitsOf(context.lists), DEFAULT_HALF_SCORE);
  run.report('validation', 1, 1);
  return {
    gains,
    evaluation: {
      users: measured.users.length,
      hybrid: hybridQuality(measured, context, weights),
      popularity: popularityQuality(measured, popular),
    },
  };
}

function part(holdout: Holdout, remainder: 0 | 1): Holdout {
  const isIn = (_: number, at: number) => at % 2 === remainder;
  return { ...holdout, users: holdout.users.filter(isIn), heldBack: holdout.heldBack.filter(isIn) };
}

function contextOf(train: Dataset, lists: SourceLists, popular: readonly RankedItem[]): HybridContext {
  const prior = new Float64Array(train.items.length);
  for (const { itemId, score } of popular) prior[train.itemIndex.get(itemId)!] = popularPrior(score);
  return { train, lists, popular: prior, sums: makeSparseSums(train.items.length) };
}

function finalWeights(
  { dataset, contentLists }: Run,
  lists: SourceLists,
  { gains, popular }: { gains: HybridGains; popular: readonly RankedItem[] },
): HybridWeights {
  const units = { ...unitsOf(lists), content: meanBestScore(contentLists) };
  const weights = weightsFrom(gains, units, DEFAULT_HALF_SCORE);
  const context = contextOf(dataset, lists, popular);
  return { ...weights, halfScore: medianBestScore(dataset, context, { weights, sample: HALF_SCORE_SAMPLE }) };
}
