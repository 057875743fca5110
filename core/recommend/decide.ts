import { HISTORY_ITEMS } from '../learn/hybrid/history-influence.ts';
import type { ItemNeighbours } from '../learn/types.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import {
  type DecisionTrace,
  decisionContext,
  recommendationIdOf,
  sameAsBefore,
  traceOf,
} from './decision-trace.ts';
import type { DecisionStore, ModelStore } from './ports.ts';
import { fromPrecomputed, type PrecomputedEntry } from './precomputed.ts';
import { recommend } from './recommend.ts';
import { type SharedData, sourcesOf } from './shared-data.ts';
import type { RecommendRequest, RecommendResult, UserSignals } from './types.ts';
import { userSignals } from './user-signals.ts';

export type ServingPorts = {
  readonly users: UsersStore;
  readonly models: ModelStore;
  readonly decisions: DecisionStore;
  /** Catalogue, model in service and rankings; no round trip most of the time. */
  readonly shared: () => Promise<SharedData>;
  /** False: a precomputed list answers until the next night, whatever the user did since. Default true. */
  readonly realtime?: boolean;
  /** Told when a trace could not be written: its loss is never the caller's fault. */
  readonly traceLost: (error: unknown) => void;
};

export type Ask = {
  readonly userId: string;
  /** Names the place that asks, e.g. `GET /recommendations` and its context: one last decision is kept for each. */
  readonly context: string;
  readonly request: RecommendRequest;
  readonly newId: () => string;
};

export type Decided = RecommendResult & {
  readonly decisionId: string;
  readonly generatedAt: number;
  readonly source: 'computed' | 'precomputed' | 'fallback';
  readonly shared: SharedData;
  /** Id of the element at a position of this answer, counted from 0. */
  readonly recommendationId: (position: number) => string;
};

/** Reads the neighbours of the last few history items: one BatchGet. */
export const neighboursOf = async (
  models: ModelStore,
  shared: SharedData,
  user: UserSignals,
): Promise<ReadonlyMap<string, ItemNeighbours>> => {
  const itemIds = user.history.slice(0, HISTORY_ITEMS).map(({ itemId }) => itemId);
  if (!shared.model || itemIds.length === 0) return new Map();
  return models.getNeighbours(itemIds, shared.model);
};

const compute = async (
  ports: ServingPorts,
  shared: SharedData,
  { userId, request }: Ask,
  loaded: LoadedUser,
) => {
  const user = userSignals(userId, loaded, request.now);
  const ready = fromPrecomputed({ loaded, user, shared, request, realtime: ports.realtime ?? true });
  if (ready) return { user, result: ready, source: 'precomputed' as const };
  const neighbours = await neighboursOf(ports.models, shared, user);
  const result = recommend(request, user, sourcesOf(shared, neighbours));
  return { user, result, source: user.personalised ? ('computed' as const) : ('fallback' as const) };
};

/**
 * What a user should see, with its provenance. Round trips: the user (and, beside it, the last decision in this
 * context), the neighbours, and the trace where the answer differs from the last one.
 */
export const decide = async (ports: ServingPorts, ask: Ask): Promise<Decided> => {
  const { userId, request } = ask;
  const context = decisionContext(ask.context, request);
  const [shared, loaded, last] = await Promise.all([
    ports.shared(),
    ports.users.load(userId, { parts: 'all', now: request.now }),
    ports.decisions.lastInContext(userId, context, request.now),
  ]);
  const { user, result, source } = await compute(ports, shared, ask, loaded);
  const trace = traceOf({ context: ask.context, result, source, model: shared.model?.version ?? 0 });
  const unchanged = user.personalised && sameAsBefore(last, trace);
  const decisionId = unchanged && last ? last.decisionId : `${context}.${ask.newId()}`;
  if (user.personalised && !unchanged)
    await keep(ports, { decisionId, userId, decidedAt: request.now, body: trace });
  return {
    ...result,
    source,
    shared,
    decisionId,
    generatedAt: request.now,
    recommendationId: (position) => recommendationIdOf(decisionId, position),
  };
};

const keep = async (
  { decisions, traceLost }: ServingPorts,
  decision: { decisionId: string; userId: string; decidedAt: number; body: DecisionTrace },
): Promise<void> => {
  try {
    await decisions.put(decision);
  } catch (error) {
    traceLost(error);
  }
};

export type { PrecomputedEntry };
