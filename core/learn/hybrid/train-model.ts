import { buildDataset } from '../data/dataset.ts';
import { holdOutLatest } from '../data/holdout.ts';
import { neighbourIndex } from '../lists/neighbour-index.ts';
import { meanBestScore } from '../lists/neighbour-lists.ts';
import { segmentFavourites } from '../rankings/segment-favourites.ts';
import type {
  Evaluation,
  HybridWeights,
  NeighbourIndex,
  RankedItem,
  TrainedModel,
  TrainingInput,
} from '../types.ts';
import { medianBestScore, unitsOf, weightsFrom } from './choose-weights.ts';
import type { SourceLists } from './hybrid-score.ts';
import { hybridQuality, popularityQuality } from './ranking-quality.ts';
import { DEFAULT_GAINS, DEFAULT_HALF_SCORE } from './training-params.ts';
import { popularIn, startRun, type TrainingRun, trainLists } from './training-run.ts';
import { contextOf, usersAt, type Validated, validate } from './validate.ts';

const SEGMENT_KEPT = 100;
/** Users who choose the settings and as many others who then measure them. */
export const HELD_BACK_USERS = 4000;
const HALF_SCORE_SAMPLE = 500;

/**
 * Trains everything that serving reads. Weights are chosen on the held-back last items of some users and measured on
 * those of others, with lists that saw neither; the lists that are returned are trained on all rows.
 * Work grows with interactions times the steps of `maxItemsPerUser`; the same input gives the same model.
 */
export function trainModel(input: TrainingInput): TrainedModel {
  input.onProgress?.({ phase: 'dataset', done: 0, total: 1 });
  const dataset = buildDataset(input.rows);
  const run = startRun({ ...input, dataset, holdout: holdOutLatest(dataset, HELD_BACK_USERS) });
  return finish(run, validate(run));
}

/** The last phase: trains on everything, with what was chosen. */
export function finish(run: TrainingRun, validated: Validated | undefined): TrainedModel {
  const { dataset, params, report } = run;
  const candidate = validated?.candidate ?? run.candidates[0]!;
  const lists = trainLists(run, dataset, { candidate, report });
  const popular = popularIn(run, dataset);
  report('popular', 1, 1);
  const segments = favourites(run);
  report('segments', 1, 1);
  const hybridWeights = finalWeights(run, lists, { gains: validated?.gains ?? DEFAULT_GAINS, popular });
  report('done', 1, 1);
  return {
    trainedAt: run.input.now,
    collaborativeFrom: candidate.name,
    counts: { users: dataset.users.length, items: dataset.items.length, interactions: dataset.size },
    params,
    popular,
    segmentFavourites: segments,
    neighbours: indexOf(run, lists),
    hybridWeights,
    weightsFrom: validated?.isChosen ? 'validation' : 'defaults',
    evaluation: validated?.isChosen ? evaluationOf(run, validated) : undefined,
  };
}

function evaluationOf({ holdout }: TrainingRun, validated: Validated): Evaluation {
  const measured = usersAt(holdout!, validated.measured);
  return {
    users: measured.users.length,
    hybrid: hybridQuality(measured, validated.context, validated.weights),
    popularity: popularityQuality(measured, validated.popular),
  };
}

function indexOf({ dataset, content, contentLists }: TrainingRun, lists: SourceLists): NeighbourIndex {
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

function favourites({ input, dataset, params, servable }: TrainingRun): Record<string, RankedItem[]> {
  if (input.segmentOf === undefined) return {};
  return segmentFavourites(dataset, input.segmentOf, {
    keep: SEGMENT_KEPT,
    halfLifeDays: params.halfLifeDays,
    servable,
  });
}

function finalWeights(
  { dataset, contentLists }: TrainingRun,
  lists: SourceLists,
  { gains, popular }: { gains: Validated['gains']; popular: readonly RankedItem[] },
): HybridWeights {
  const units = { ...unitsOf(lists), content: meanBestScore(contentLists) };
  const weights = weightsFrom(gains, units, DEFAULT_HALF_SCORE);
  const context = contextOf(dataset, lists, popular);
  return { ...weights, halfScore: medianBestScore(dataset, context, { weights, sample: HALF_SCORE_SAMPLE }) };
}
