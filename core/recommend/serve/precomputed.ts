import { isExpired } from '../../catalog/matches-filter.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { nextRungAfter } from '../rank/ladder.ts';
import type { SharedData } from '../shared-data.ts';
import type { Recommendation, RecommendRequest, RecommendResult, Rung, UserSignals } from '../types.ts';
import { analysedSince } from './analysed-since.ts';

/** One element of a list made by the night: scores in thousandths. */
export type PrecomputedEntry = readonly [
  itemId: string,
  score: number,
  confidence: number,
  reason: string,
  rung: Rung,
  parts: Readonly<Record<string, number>>,
];

/** How many elements the night keeps for each user. */
export const PRECOMPUTED_ITEMS = 30;

const thousandths = (value: number): number => Math.round(value * 1000);

/** Elements of an answer as the night keeps them. */
export const toPrecomputed = (items: readonly Recommendation[]): PrecomputedEntry[] =>
  items.map(({ itemId, score, confidence, reason, rung, scores }) => [
    itemId,
    thousandths(score),
    thousandths(confidence),
    reason,
    rung,
    Object.fromEntries(Object.entries(scores).map(([source, part]) => [source, thousandths(part)])),
  ]);

type Question = {
  loaded: LoadedUser;
  user: UserSignals;
  shared: SharedData;
  request: RecommendRequest;
  /** False where answers stay as the night made them, whatever the user did since. */
  realtime: boolean;
};

/** A streak that the list was to keep may be over with the day. */
const isStreakOver = (entries: readonly unknown[], { streak }: UserSignals): boolean =>
  streak === undefined &&
  (entries as readonly PrecomputedEntry[]).some(([, , , , , parts]) => Object.hasOwn(parts, 'streak'));

const hasMovedOn = (
  { precomputed, journal, profile }: LoadedUser,
  user: UserSignals,
  { catalogue }: SharedData,
): boolean =>
  precomputed === undefined ||
  precomputed.behaviourSeq !== journal.seq ||
  (profile?.updatedAt ?? 0) > precomputed.computedAt ||
  isStreakOver(precomputed.entries, user) ||
  analysedSince(catalogue, user, precomputed.computedAt).length > 0;

/** The night's list answers only the plain question, and only while nothing it was made from has moved on. */
const isFresh = ({ loaded, user, shared, request, realtime }: Question): boolean => {
  const { precomputed } = loaded;
  return (
    user.personalised &&
    precomputed !== undefined &&
    precomputed.modelVersion === shared.model?.version &&
    !(realtime && hasMovedOn(loaded, user, shared)) &&
    request.strategy === 'hybrid' &&
    request.diversity === 0 &&
    !request.includeSeen &&
    !request.types?.length &&
    !request.filter
  );
};

const restored = ([itemId, score, confidence, reason, rung, parts]: PrecomputedEntry, shared: SharedData) => {
  const item = shared.catalogue.items.get(itemId);
  return (
    item && {
      itemId,
      item,
      score: score / 1000,
      confidence: confidence / 1000,
      reason,
      rung,
      scores: Object.fromEntries(Object.entries(parts).map(([source, part]) => [source, part / 1000])),
    }
  );
};

/** The answer from the user's precomputed list; undefined where it is stale, absent or too short for the question. */
export const fromPrecomputed = (question: Question): RecommendResult | undefined => {
  if (!isFresh(question)) return undefined;
  const { loaded, user, shared, request } = question;
  const excluded = new Set(request.exclude);
  const isDone = (itemId: string) => user.completed(itemId) || user.dismissed(itemId);
  const entries = (loaded.precomputed?.entries ?? []) as readonly PrecomputedEntry[];
  const items = entries
    .map((entry) => restored(entry, shared))
    .filter((found) => found !== undefined)
    .filter(({ itemId, item }) => !excluded.has(itemId) && !isDone(itemId) && !isExpired(item, request.now));
  const until = request.offset + request.limit;
  // A list that was cut says nothing about what follows its end: the last page is computed.
  if (items.length < until || (entries.length >= PRECOMPUTED_ITEMS && items.length === until))
    return undefined;
  const shown = items.slice(request.offset, until);
  const [{ rung }] = shown as [Recommendation];
  return {
    items: shown,
    rung,
    nextRung: nextRungAfter(rung, request, user),
    reason: '',
    total: items.length,
  };
};
