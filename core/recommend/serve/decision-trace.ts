import { parseDecisionId } from '../../decisions/decision-id.ts';
import type { Decision } from '../../decisions/ports.ts';
import { textHash } from '../../numbers/text-hash.ts';
import type { Segment } from '../../segments/segments-of.ts';
import type { RecommendRequest, RecommendResult } from '../types.ts';

/** An arm that a list was made under. */
export type TraceArm = readonly [experimentKey: string, variant: string, line: string];

/** What is kept of a decision: what was shown in which place, from which rung and model, with which score parts. */
export type DecisionTrace = {
  readonly context: string;
  readonly rung: string;
  readonly source: string;
  readonly model: number;
  /** `[name, confidence in percent]` at that moment, surest first. */
  readonly segments?: readonly (readonly [name: string, confidence: number])[];
  /** How many elements were shown, and a hash of their ids in order: `items` may hold fewer. */
  readonly shown?: readonly [count: number, hash: number];
  /** Arms of experiments that the list was made under; `line` is the experiment and its round. */
  readonly arms?: readonly TraceArm[];
  /** `[itemId, score in thousandths, parts in thousandths]`, in the order shown. */
  readonly items: readonly (readonly [
    itemId: string,
    score: number,
    parts: Readonly<Record<string, number>>,
  ])[];
};

/** A trace costs one write unit: as many elements as fit keep their parts, the others their id, up to this many. */
const ITEMS_WITH_PARTS = 20;
const ITEMS_KEPT = 60;
const LONGEST_CONTEXT = 200;

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
  segments: readonly Segment[];
  arms: readonly TraceArm[];
}): DecisionTrace => ({
  context: decision.context.slice(0, LONGEST_CONTEXT),
  rung: decision.result.rung,
  source: decision.source,
  model: decision.model,
  segments: decision.segments.map(({ name, confidence }) => [name, Math.round(confidence * 100)]),
  shown: [decision.result.items.length, textHash(decision.result.items.map(({ itemId }) => itemId).join())],
  ...(decision.arms.length > 0 && { arms: decision.arms }),
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

const withoutParts = ({ items, ...trace }: DecisionTrace, kept: number): DecisionTrace => ({
  ...trace,
  items: items.map(([itemId, score, parts], position) => [itemId, score, position < kept ? parts : {}]),
});

/** The arms of a trace by line; none where it is the trace of anything else. */
export const armsOfTrace = ({ arms }: Partial<Pick<DecisionTrace, 'arms'>>): ReadonlyMap<string, string> =>
  new Map((arms ?? []).map(([, variant, line]) => [line, variant]));

/** The trace with the parts of fewer elements, at last with fewer elements; undefined where none is left. */
export const shorterTrace = (trace: DecisionTrace): DecisionTrace | undefined => {
  const { items } = trace;
  const withParts = items.filter(([, , parts]) => Object.keys(parts).length > 0).length;
  if (withParts > 0) return withoutParts(trace, Math.floor(withParts * 0.7));
  return items.length > 0 ? { ...trace, items: items.slice(0, Math.floor(items.length * 0.8)) } : undefined;
};

/** True where the same items were shown in the same order by the same model under the same arms the last time. */
export const sameAsBefore = (last: Decision | undefined, trace: DecisionTrace): boolean => {
  const before = last?.body as DecisionTrace | undefined;
  return (
    before !== undefined &&
    before.model === trace.model &&
    before.shown?.[0] === trace.shown?.[0] &&
    before.shown?.[1] === trace.shown?.[1] &&
    JSON.stringify(before.arms ?? []) === JSON.stringify(trace.arms ?? [])
  );
};

/** `<decisionId>.<position>` */
export const recommendationIdOf = (decisionId: string, position: number): string =>
  `${decisionId}.${position}`;

/** The decision (its bare id) and the position that a recommendation id names; undefined where it is none. */
export const parseRecommendationId = (id: string): { decisionId: string; position: number } | undefined => {
  const match = /^(.+)\.(\d{1,5})$/.exec(id);
  const decision = match && parseDecisionId(match[1]!);
  return decision ? { decisionId: decision.bare, position: Number(match[2]) } : undefined;
};
