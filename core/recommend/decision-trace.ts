import { textHash } from '../numbers/text-hash.ts';
import type { Decision } from './ports.ts';
import type { RecommendRequest, RecommendResult } from './types.ts';

/** What is kept of a decision: what was shown in which place, from which rung and model, with which score parts. */
export type DecisionTrace = {
  readonly context: string;
  readonly rung: string;
  readonly source: string;
  readonly model: number;
  /** `[itemId, score in thousandths, parts in thousandths]`, in the order shown. */
  readonly items: readonly [itemId: string, score: number, parts: Readonly<Record<string, number>>][];
};

/** A trace costs one write unit: as many elements as fit keep their parts, the others their id, up to this many. */
const ITEMS_WITH_PARTS = 20;
const ITEMS_KEPT = 60;

const thousandths = (value: number): number => Math.round(value * 1000);

/** Six hex digits that stand for the place, strategy and filters of a question; the id of its decisions starts so. */
export const decisionContext = (place: string, request: RecommendRequest): string => {
  const { strategy, limit, offset, types, filter, exclude, includeSeen, diversity } = request;
  const key = JSON.stringify([
    place,
    strategy,
    limit,
    offset,
    types,
    filter,
    exclude,
    includeSeen,
    diversity,
  ]);
  return textHash(key).toString(16).padStart(8, '0').slice(0, 6);
};

export const traceOf = (decision: {
  context: string;
  result: RecommendResult;
  source: string;
  model: number;
}): DecisionTrace => ({
  context: decision.context,
  rung: decision.result.rung,
  source: decision.source,
  model: decision.model,
  items: decision.result.items
    .slice(0, ITEMS_KEPT)
    .map(({ itemId, score, scores }, position) => [
      itemId,
      thousandths(score),
      position < ITEMS_WITH_PARTS
        ? Object.fromEntries(Object.entries(scores).map(([source, part]) => [source, thousandths(part)]))
        : {},
    ]),
});

/** True where the same items were shown in the same order by the same model the last time. */
export const sameAsBefore = (last: Decision | undefined, trace: DecisionTrace): boolean => {
  const before = last?.body as DecisionTrace | undefined;
  return (
    before !== undefined &&
    before.model === trace.model &&
    before.items.length === trace.items.length &&
    before.items.every(([itemId], position) => itemId === trace.items[position]?.[0])
  );
};

/** `<decisionId>.<position>` */
export const recommendationIdOf = (decisionId: string, position: number): string =>
  `${decisionId}.${position}`;

/** The decision and the position that a recommendation id names; undefined where it is none. */
export const parseRecommendationId = (id: string): { decisionId: string; position: number } | undefined => {
  const match = /^([0-9a-f]{6}\.[0-9A-Z]{26})\.(\d{1,5})$/.exec(id);
  return match ? { decisionId: match[1]!, position: Number(match[2]) } : undefined;
};
