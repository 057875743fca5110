import type { DecisionStore } from '../../decisions/ports.ts';
import {
  armsOfTrace,
  type DecisionTrace,
  parseRecommendationId,
} from '../../recommend/serve/decision-trace.ts';
import type { MadeFor } from './convert-interactions.ts';

export type AttributionPorts = { readonly decisions: Pick<DecisionStore, 'get'> };

/** Decisions that a process remembers: traces never change, and a user acts on several elements of one list. */
const KEPT = 1_000;

type Arms = ReadonlyMap<string, string>;

/**
 * Tells under which arm a recommendation was made for this user: of the experiment and round `line`, from the trace of the
 * decision (one read, the first time). Undefined for an id that is none, that names no decision of this user, or whose
 * trace is older than 30 days or was lost; and where the user was in no arm then.
 *
 * @param clock ms since the epoch
 */
export const madeUnder = (
  { decisions }: AttributionPorts,
  clock: () => number,
): ((made: MadeFor) => Promise<string | undefined>) => {
  const known = new Map<string, Arms>();
  const remember = (key: string, arms: Arms): Arms => {
    if (known.size >= KEPT) known.delete(known.keys().next().value ?? key);
    known.set(key, arms);
    return arms;
  };
  const armsOf = async (userId: string, decisionId: string): Promise<Arms | undefined> => {
    const key = `${decisionId} ${userId}`;
    const before = known.get(key);
    if (before) return before;
    const decision = await decisions.get(userId, decisionId, clock());
    return decision && remember(key, armsOfTrace(decision.body as Partial<DecisionTrace>));
  };
  return async ({ userId, recommendationId, line }) => {
    const named = parseRecommendationId(recommendationId);
    return named && (await armsOf(userId, named.decisionId))?.get(line);
  };
};
