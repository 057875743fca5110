import { makeSparseSums } from '../../numbers/sparse-sums.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Holdout } from '../data/holdout.ts';
import type { HybridWeights, RankedItem } from '../types.ts';
import { chooseGains, unitsOf, weightsFrom } from './choose-weights.ts';
import type { CollaborativeCandidate } from './collaborative-candidate.ts';
import { popularPrior } from './history-influence.ts';
import type { HybridContext, SourceLists } from './hybrid-score.ts';
import { hybridQuality } from './ranking-quality.ts';
import { DEFAULT_GAINS, DEFAULT_HALF_SCORE, type HybridGains } from './training-params.ts';
import { popularIn, type Report, type TrainingRun, trainLists } from './training-run.ts';

/** With fewer users to choose on, the defaults stay; as many others then measure. */
const LEAST_VALIDATION_USERS = 100;
/** Another kind of lists takes the place of the first only for a gain of this share: below, it is noise of the split. */
const LEAST_GAIN = 1.01;

/** A setting that was tried on the validation users, and the NDCG@10 that it reached. */
export type Tried = { name: string; ndcg10: number };

/** What was chosen on one half of the held-back users, ready to be measured on the other. */
export type Validated = {
  gains: HybridGains;
  candidate: CollaborativeCandidate;
  /** False where there were too few users to choose on. */
  isChosen: boolean;
  tried: Tried[];
  /** Trained without what was held back. */
  context: HybridContext;
  weights: HybridWeights;
  popular: RankedItem[];
  /** Positions in the holdout of the users that chose nothing. */
  measured: number[];
};

const silent: Report = () => undefined;

/** Chooses collaborative lists and gains on the even users of the holdout; undefined where nobody was held back. */
export function validate(run: TrainingRun): Validated | undefined {
  const { holdout, candidates } = run;
  if (holdout === undefined || holdout.users.length === 0) return undefined;
  run.report('validation', 0, candidates.length);
  const isChosen = holdout.users.length >= 2 * LEAST_VALIDATION_USERS;
  const popular = popularIn(run, holdout.train);
  const [first, ...others] = candidates;
  let lists = trainLists(run, holdout.train, { candidate: first!, report: silent });
  const choosing = part(holdout, 0);
  let best = chosenWith(choosing, contextOf(holdout.train, lists, popular), first!, isChosen);
  const tried: Tried[] = isChosen ? [{ name: first!.name, ndcg10: best.ndcg10 }] : [];
  for (const [at, candidate] of (isChosen ? others : []).entries()) {
    run.report('validation', at + 1, candidates.length);
    const { servable } = run;
    lists = { ...lists, collaborative: candidate.lists(holdout.train, { servable }) };
    const reached = chosenWith(choosing, contextOf(holdout.train, lists, popular), candidate, true);
    tried.push({ name: candidate.name, ndcg10: reached.ndcg10 });
    if (reached.ndcg10 > best.ndcg10 * LEAST_GAIN) best = reached;
  }
  run.report('validation', candidates.length, candidates.length);
  const places = Array.from(holdout.users, (_, at) => at);
  return {
    ...best,
    isChosen,
    tried,
    popular,
    measured: isChosen ? places.filter((at) => at % 2 === 1) : places,
  };
}

type Reached = Pick<Validated, 'gains' | 'candidate' | 'context' | 'weights'> & { ndcg10: number };

function chosenWith(
  choosing: Holdout,
  context: HybridContext,
  candidate: CollaborativeCandidate,
  isChosen: boolean,
): Reached {
  const gains = isChosen ? chooseGains(choosing, context) : DEFAULT_GAINS;
  const weights = weightsFrom(gains, unitsOf(context.lists), DEFAULT_HALF_SCORE);
  const { ndcg10 } = isChosen ? hybridQuality(choosing, context, weights) : { ndcg10: 0 };
  return { gains, candidate, context, weights, ndcg10 };
}

function part(holdout: Holdout, remainder: 0 | 1): Holdout {
  const isIn = (_: number, at: number) => at % 2 === remainder;
  return { ...holdout, users: holdout.users.filter(isIn), heldBack: holdout.heldBack.filter(isIn) };
}

/** The held-back users at these positions. */
export function usersAt(holdout: Holdout, places: readonly number[]): Holdout {
  return {
    ...holdout,
    users: Int32Array.from(places, (at) => holdout.users[at]!),
    heldBack: Int32Array.from(places, (at) => holdout.heldBack[at]!),
  };
}

/** Everything that scoring by lists needs. */
export function contextOf(train: Dataset, lists: SourceLists, popular: readonly RankedItem[]): HybridContext {
  const prior = new Float64Array(train.items.length);
  for (const { itemId, score } of popular) {
    const item = train.itemIndex.get(itemId);
    if (item !== undefined) prior[item] = popularPrior(score);
  }
  return { train, lists, popular: prior, sums: makeSparseSums(train.items.length) };
}
