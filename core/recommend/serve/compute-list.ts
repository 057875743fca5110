import { HISTORY_ITEMS } from '../../learn/hybrid/history-influence.ts';
import type { ItemNeighbours } from '../../learn/types.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { recommendMatched } from '../match/rank-matched.ts';
import type { Asked } from '../matching.ts';
import type { ModelStore } from '../ports.ts';
import { recommend } from '../rank/recommend.ts';
import { type SharedData, sourcesOf } from '../shared-data.ts';
import type { RecommendRequest, RecommendResult, Strategy, UserSignals } from '../types.ts';
import { analysedSince, withFreshContent } from './analysed-since.ts';
import { steered, weighedBy } from './arm-options.ts';
import type { ShownArm } from './arms.ts';
import { fromPrecomputed } from './precomputed.ts';

/** Reads the neighbours of the last few history items: one BatchGet. */
export const neighboursOf = async (
  models: Pick<ModelStore, 'getNeighbours'>,
  shared: SharedData,
  user: UserSignals,
): Promise<ReadonlyMap<string, ItemNeighbours>> => {
  const itemIds = user.history.slice(0, HISTORY_ITEMS).map(({ itemId }) => itemId);
  if (!shared.model || itemIds.length === 0) return new Map();
  return models.getNeighbours(itemIds, shared.model);
};

export type ListPorts = {
  readonly models: Pick<ModelStore, 'getNeighbours'>;
  /** False: a precomputed list answers until the next night, whatever the user did since. Default true. */
  readonly realtime?: boolean;
};

/** What is asked, and everything that was read for the answer. */
export type Question = {
  readonly request: RecommendRequest;
  readonly shared: SharedData;
  readonly loaded: LoadedUser;
  readonly user: UserSignals;
  /** What the user's answers ask for, where the list is to fit them. */
  readonly asked?: Asked | undefined;
};

export type Computed = {
  readonly result: RecommendResult;
  readonly source: 'computed' | 'precomputed' | 'fallback';
  readonly strategy: Strategy;
};

/** The list under these arms. The night's list serves those whose arms leave the ranking as it is. */
export const computeList = async (
  ports: ListPorts,
  { request: wanted, shared, loaded, user, asked }: Question,
  arms: readonly ShownArm[],
): Promise<Computed> => {
  const options = arms.map((arm) => arm.options);
  const { request, factors } = steered(wanted, options);
  const { strategy } = request;
  const realtime = ports.realtime ?? true;
  const ready = factors || asked ? undefined : fromPrecomputed({ loaded, user, shared, request, realtime });
  if (ready) return { result: ready, source: 'precomputed', strategy };
  const stored = await neighboursOf(ports.models, shared, user);
  const analysed = shared.model ? analysedSince(shared.catalogue, user, shared.model.trainedAt) : [];
  const neighbours = withFreshContent(stored, analysed, sourcesOf(shared, stored).contentModel);
  const own = sourcesOf(shared, neighbours);
  const sources = { ...own, weights: weighedBy(own.weights, factors) };
  const result = asked
    ? recommendMatched({ request, shared, user, neighbours, sources, asked })
    : recommend(request, user, sources);
  return { result, source: user.personalised ? 'computed' : 'fallback', strategy };
};
