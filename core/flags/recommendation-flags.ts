import { armsText, shownScore } from '../recommend/answers.ts';
import { chosenIn, plainRequest } from '../recommend/ask.ts';
import { type Decided, decide, type ServingPorts } from '../recommend/serve/decide.ts';
import type { Rung, Strategy } from '../recommend/types.ts';
import type { FlagEvaluation } from './types.ts';

const NAME = 'recommendations';
const STRATEGIES: readonly Strategy[] = [
  'hybrid',
  'collaborative',
  'content_based',
  'trending',
  'sequential',
  'popular',
];
const ITEMS = 10;

/** Rungs on which everybody gets the same. */
const GENERAL: ReadonlySet<Rung> = new Set(['trending', 'popular', 'newest']);

/** The strategy of a recommendation slot: `recommendations` is the hybrid; undefined for every other key. */
export const strategyOf = (key: string): Strategy | undefined =>
  key === NAME ? 'hybrid' : STRATEGIES.find((strategy) => `${NAME}.${strategy}` === key);

/** Keys of the slots that a bulk evaluation is asked to bring along; unknown names are passed over. */
export const askedSlots = (asked: unknown): string[] => {
  const names = typeof asked === 'string' ? asked.split(',') : Array.isArray(asked) ? asked : [];
  const wanted = new Set(names.map((name) => String(name).trim()));
  return STRATEGIES.filter((strategy) => wanted.has(strategy)).map((strategy) => `${NAME}.${strategy}`);
};

const elementOf =
  ({ recommendationId }: Decided) =>
  ({ itemId, item, score, reason }: Decided['items'][number], position: number) => ({
    id: itemId,
    recommendationId: recommendationId(position),
    type: item.type,
    title: item.title,
    ...(item.url ? { url: item.url } : {}),
    score: shownScore(score),
    reason,
  });

/** A decided list as a flag: its value is a list of `{id, recommendationId, type, title, url?, score, reason}`. */
export const recommendationFlag = (key: string, decided: Decided): FlagEvaluation => {
  const general = decided.source === 'fallback' || GENERAL.has(decided.rung);
  return {
    key,
    value: decided.items.map(elementOf(decided)),
    reason: general ? 'DEFAULT' : 'TARGETING_MATCH',
    variant: decided.rung,
    metadata: {
      decisionId: decided.decisionId,
      from: 'recommendation',
      reason: decided.reason || `The first ones are on the rung "${decided.rung}"`,
      ...(decided.nextRung ? { nextRung: decided.nextRung } : {}),
      ...(decided.experiments.length > 0 ? { experiments: armsText(decided) } : {}),
    },
  };
};

export type SlotAsk = {
  readonly key: string;
  readonly strategy: Strategy;
  readonly userId: string;
  /** Place that asks: one last decision is kept for each. */
  readonly context: string;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
};

/** Decides a recommendation slot as `GET /recommendations/{userId}` does, ten items. */
export const decideSlot = async (
  ports: ServingPorts,
  { key, strategy, userId, context, now, newId }: SlotAsk,
): Promise<{ flag: FlagEvaluation; decided: Decided }> => {
  const request = plainRequest({ strategy, limit: ITEMS, now });
  const chosen = chosenIn({ strategy: key === NAME ? undefined : strategy });
  const decided = await decide(ports, {
    userId,
    context: `recommendations ${context}`,
    request,
    newId,
    arms: { context, chosen },
  });
  return { flag: recommendationFlag(key, decided), decided };
};
