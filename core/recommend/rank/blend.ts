import { HISTORY_ITEMS, historyInfluence, popularPrior } from '../../learn/hybrid/history-influence.ts';
import { matchTerms, similarToItem } from '../../learn/lists/content-neighbours.ts';
import type { HybridWeights, ItemNeighbours, NeighbourSource, RankedItem } from '../../learn/types.ts';
import { goalWords } from '../goal-words.ts';
import type { GoalSignal, HistoryItem, Sources, UserSignals } from '../types.ts';
import { addPart, columnOf, type Pool, rawScore, rowFor } from './pool.ts';

const NEIGHBOUR_SOURCES: readonly NeighbourSource[] = ['collaborative', 'sequential', 'content'];
/** Items that match the user's words and items that resemble an untrained history item. */
const MATCHED_ITEMS = 200;
const RESEMBLING_ITEMS = 40;
/** A content type that the user fully prefers, or avoids, moves a score by this share. */
const AFFINITY_SHARE = 0.3;
/** An item serves a goal only where it has more than a word in common with a long text. */
const LEAST_GOAL_MATCH = 0.15;
/** A streak of a week or more that may end today adds this share to an item of the type that carried all of it. */
const STREAK_SHARE = 0.1;
const LONGEST_STREAK = 7;

/** The newest distinct items of positive feedback that serving looks at, newest first. */
export function lastItems(history: readonly HistoryItem[]): HistoryItem[] {
  const kept = new Map<string, HistoryItem>();
  for (const item of history) {
    if (kept.size >= HISTORY_ITEMS) break;
    if (item.weight > 0 && !kept.has(item.itemId)) kept.set(item.itemId, item);
  }
  return [...kept.values()];
}

/** Whether the user's own words, interests or goals, are there to match items with. */
export function hasWords({ interests, goals = [] }: UserSignals): boolean {
  return interests.length > 0 || goals.length > 0;
}

/**
 * Adds to the pool what the user's last items and words lead to:
 *
 *   part of source s for j = w_s * sum over history items k of influence_k * sim_s(k, j) / sum of influence_k
 *
 * plus the match of words and of goals, popularity for what is in the pool by then, and shares for the content type. `hybrid-score.ts` in core/learn is
 * the same formula on numbers, by which the weights were chosen.
 */
export function blendPersonal(pool: Pool, user: UserSignals, sources: Sources, weights: HybridWeights): void {
  addHistory(pool, lastItems(user.history), sources, weights);
  if (weights.interests > 0) {
    addInterests(pool, user.interests, sources, weights.interests);
    addGoals(pool, user.goals ?? [], sources, weights.interests);
  }
  if (weights.popular > 0) addPopularity(pool, sources.popular, weights.popular);
  addAffinity(pool, user.contentTypeAffinity, sources);
  addStreak(pool, user.streak, sources);
}

function addHistory(
  pool: Pool,
  history: readonly HistoryItem[],
  sources: Sources,
  weights: HybridWeights,
): void {
  const newest = history[0]?.at ?? 0;
  const influences = history.map(({ at, weight }, position) =>
    historyInfluence({ position, ageMs: newest - at, weight }, weights.positionDecay),
  );
  const total = influences.reduce((sum, influence) => sum + influence, 0);
  history.forEach(({ itemId }, position) => {
    const neighbours = neighboursOf(itemId, sources);
    for (const source of NEIGHBOUR_SOURCES) {
      const factor = (weights[source] * influences[position]!) / total;
      if (factor > 0)
        addList(pool, neighbours[source], { column: columnOf(source), factor, through: itemId });
    }
  });
}

/** The stored lists of an item or, for one that came after the training, the items of similar text. */
export function neighboursOf(itemId: string, sources: Sources): ItemNeighbours {
  const stored = sources.neighbours.get(itemId);
  if (stored !== undefined) return stored;
  const item = sources.catalog.get(itemId);
  const model = item === undefined ? undefined : sources.contentModel?.();
  const content =
    item === undefined || model === undefined ? [] : similarToItem(model, item, RESEMBLING_ITEMS);
  return { collaborative: [], sequential: [], content };
}

function addList(
  pool: Pool,
  list: readonly RankedItem[],
  { column, factor, through }: { column: number; factor: number; through: string },
): void {
  for (const { itemId, score } of list) {
    addPart(pool, rowFor(pool, itemId), { column, amount: factor * score, through });
  }
}

function addInterests(pool: Pool, interests: readonly string[], sources: Sources, weight: number): void {
  if (interests.length === 0 || sources.contentModel === undefined) return;
  const column = columnOf('interests');
  for (const { itemId, score, term } of matchTerms(sources.contentModel(), interests, MATCHED_ITEMS)) {
    addPart(pool, rowFor(pool, itemId), { column, amount: weight * score, through: term });
  }
}

/** Goals by what they are about; of several about the same the one that presses most. */
function goalsBySubject(goals: readonly GoalSignal[]): ReadonlyMap<string, GoalSignal> {
  const found = new Map<string, GoalSignal>();
  for (const goal of goals) {
    const subject = goalWords(goal.title);
    if (subject !== '' && goal.weight > (found.get(subject)?.weight ?? 0)) found.set(subject, goal);
  }
  return found;
}

/** Open goals are matched as interests are, and count as much as an interest times the weight of their pace. */
function addGoals(pool: Pool, goals: readonly GoalSignal[], sources: Sources, weight: number): void {
  if (goals.length === 0 || sources.contentModel === undefined) return;
  const column = columnOf('goals');
  const bySubject = goalsBySubject(goals);
  const model = sources.contentModel();
  for (const { itemId, score, term } of matchTerms(model, [...bySubject.keys()], MATCHED_ITEMS)) {
    const goal = bySubject.get(term);
    if (goal === undefined || score < LEAST_GOAL_MATCH) continue;
    const amount = weight * goal.weight * score;
    addPart(pool, rowFor(pool, itemId), { column, amount, through: goal.title });
  }
}

/** Only for candidates that something personal named: by itself popularity is a rung of its own. */
function addPopularity(pool: Pool, popular: readonly RankedItem[], weight: number): void {
  const column = columnOf('popular');
  for (const { itemId, score } of popular) {
    const row = pool.rows.get(itemId);
    if (row !== undefined) addPart(pool, row, { column, amount: weight * popularPrior(score), through: '' });
  }
}

function addAffinity(pool: Pool, affinity: UserSignals['contentTypeAffinity'], sources: Sources): void {
  if (Object.keys(affinity).length === 0) return;
  const column = columnOf('affinity');
  pool.ids.forEach((itemId, row) => {
    const type = sources.catalog.get(itemId)?.type;
    const liking = type !== undefined && Object.hasOwn(affinity, type) ? affinity[type]! : 0;
    if (liking === 0) return;
    const amount = AFFINITY_SHARE * Math.max(-1, Math.min(1, liking)) * rawScore(pool, row);
    addPart(pool, row, { column, amount, through: type! });
  });
}

/** A share of what candidates have by then, so that a streak orders what is wanted anyway and wins nothing by itself. */
function addStreak(pool: Pool, streak: UserSignals['streak'], sources: Sources): void {
  if (streak === undefined) return;
  const column = columnOf('streak');
  const share = (STREAK_SHARE * Math.min(streak.days, LONGEST_STREAK)) / LONGEST_STREAK;
  pool.ids.forEach((itemId, row) => {
    const type = sources.catalog.get(itemId)?.type;
    const carried = type !== undefined && Object.hasOwn(streak.carriedBy, type) ? streak.carriedBy[type]! : 0;
    const raw = carried > 0 ? rawScore(pool, row) : 0;
    if (raw > 0) addPart(pool, row, { column, amount: share * carried * raw, through: String(streak.days) });
  });
}
