import { isExpired } from '../../catalog/matches-filter.ts';
import type { CatalogItem } from '../../catalog/types.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Holdout } from '../data/holdout.ts';
import { itemStrengths } from '../lists/co-occurrence.ts';
import { type ContentModel, contentModel } from '../lists/content-model.ts';
import { contentNeighbours } from '../lists/content-neighbours.ts';
import { type NeighbourLists, renumber, type Tick } from '../lists/neighbour-lists.ts';
import { transitions } from '../lists/transitions.ts';
import { popularity } from '../rankings/popularity.ts';
import type { RankedItem, TrainingInput, TrainingParams, TrainingPhase } from '../types.ts';
import { type CollaborativeCandidate, itemKnnCandidate } from './collaborative-candidate.ts';
import type { SourceLists } from './hybrid-score.ts';
import { DEFAULT_PARAMS } from './training-params.ts';

const POPULAR_KEPT = 500;

export type Report = (phase: TrainingPhase, done: number, total: number) => void;

/** What is trained on, and how it is asked. */
export type RunInput = Omit<TrainingInput, 'rows'> & {
  dataset: Dataset;
  /** Users whose held-back items choose the settings and measure them; absent: the defaults serve, unmeasured. */
  holdout?: Holdout;
  /** Absent: item-knn alone. */
  candidates?: readonly CollaborativeCandidate[];
};

/** What the phases of one training share. */
export type TrainingRun = {
  input: RunInput;
  params: TrainingParams;
  dataset: Dataset;
  holdout: Holdout | undefined;
  candidates: readonly CollaborativeCandidate[];
  /** 1 for items of the data set that may be recommended. */
  servable: Uint8Array;
  content: ContentModel;
  /** Made once, without the held-back items in their tie-break, since the texts are the same for both trainings. */
  contentLists: NeighbourLists;
  report: Report;
};

/** Prepares what does not depend on the choice of settings. */
export function startRun(input: RunInput): TrainingRun {
  const params = { ...DEFAULT_PARAMS, ...input.params };
  const report: Report = (phase, done, total) => input.onProgress?.({ phase, done, total });
  const { dataset, holdout } = input;
  const offered = input.catalog.filter((item) => !isExpired(item, input.now));
  const content = contentModel(input.catalog);
  return {
    input,
    params,
    dataset,
    holdout,
    candidates: input.candidates ?? [itemKnnCandidate(params)],
    servable: maskOf(dataset.items, input.catalog.length === 0 ? undefined : offered),
    content,
    contentLists: contentNeighbours(content, params.contentNeighbours, {
      servable: maskOf(content.itemIds, offered),
      strengths: strengthsFor(content, holdout?.train ?? dataset),
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

/** Lists of every source; `report` may be silent. */
export function trainLists(
  run: TrainingRun,
  dataset: Dataset,
  { candidate, report }: { candidate: CollaborativeCandidate; report: Report },
): SourceLists {
  const { params, servable, content, contentLists } = run;
  const ticks =
    (phase: TrainingPhase): Tick =>
    (done, total) =>
      report(phase, done, total);
  const numbers = Int32Array.from(content.itemIds, (itemId) => dataset.itemIndex.get(itemId) ?? -1);
  return {
    collaborative: candidate.lists(dataset, { servable, tick: ticks('collaborative') }),
    sequential: transitions(dataset, params, { servable, tick: ticks('sequential') }),
    content: renumber(contentLists, numbers, dataset.items.length),
  };
}

/** The popular list of a data set, of items that may be recommended. */
export function popularIn(run: TrainingRun, dataset: Dataset): RankedItem[] {
  return popularity(dataset, {
    keep: POPULAR_KEPT,
    halfLifeDays: run.params.halfLifeDays,
    servable: run.servable,
  });
}
