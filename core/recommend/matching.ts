import type { CatalogItem } from '../catalog/types.ts';
import type { Asked } from './match/asked.ts';
import { CARRIES, factorsOf, judgesOf, strengthOf } from './match/factors.ts';
import { itemFacts } from './match/item-facts.ts';
import { FACTORS, type FactorMatch, type Match } from './match/types.ts';

export { type Asked, askedIn } from './match/asked.ts';
export { DEFAULT_MATCHING } from './match/default-matching.ts';
export { learnWeights, type MatchExample } from './match/learn-weights.ts';
export type { Factor, Match, MatchingDefinition, MatchWeights } from './match/types.ts';

/** Users of an item at which half of the doubt about it is gone. */
const HALF_USERS = 20;
/** Of the confidence that factors alone can give; evidence of other users gives the rest. */
const FACTORS_SHARE = 0.6;
const MOST_REASONS = 3;

/**
 * Confidence of a match, 0-1: the share of the six factors that could be judged, times .6 to 1 with the users who chose the item
 * (half of the way at 20).
 */
export const matchConfidence = (judged: number, users: number): number =>
  (judged / FACTORS.length) * (FACTORS_SHARE + (1 - FACTORS_SHARE) * (users / (users + HALF_USERS)));

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** What a factor gives; equal ones stay in their order. */
const thousandths = ({ value, weight }: FactorMatch): number => Math.round(1000 * value * weight);

/** The strongest factors that carried, in words; undefined where none did. */
const reasonOf = (factors: readonly FactorMatch[]): string | undefined => {
  const carrying = factors
    .filter(({ value, words }) => value > 0 && words !== undefined && value >= CARRIES * 0.6)
    .sort((a, b) => thousandths(b) - thousandths(a))
    .slice(0, MOST_REASONS)
    .map(({ words }) => words ?? '');
  return carrying.length === 0 ? undefined : upperFirst(joined(carrying));
};

/**
 * How well an item fits the answers of the questionnaire:
 *
 *   score = sum of weight * value over the factors that could be judged / sum of their weights
 *
 * An item without format or genre is judged by the rest; `coverage` says how much of what was asked could be. Undefined where nothing
 * can be judged. `users`: how many chose the item.
 */
export const matchItem = (asked: Asked, item: CatalogItem, users = 0): Match | undefined => {
  const factors = factorsOf(asked, itemFacts(item, asked.definition));
  const weight = factors.reduce((sum, factor) => sum + factor.weight, 0);
  if (weight <= 0) return undefined;
  const score = factors.reduce((sum, factor) => sum + factor.weight * factor.value, 0) / weight;
  const reason = reasonOf(factors);
  return {
    itemId: item.itemId,
    score,
    confidence: matchConfidence(factors.length, users),
    coverage: Math.min(1, weight / judgesOf(asked).total),
    factors,
    ...(reason !== undefined && { reason }),
  };
};

/** What a match is worth beside others: an item that says little of itself stands behind one that fits as well and says more. */
export const matchStrength = ({ score, coverage }: Match): number => score * Math.sqrt(coverage);

/** The strength of an item's match without its reasons: for the many that are not shown. 0 where nothing can be judged. */
export const quickStrength = (asked: Asked, item: CatalogItem): number =>
  strengthOf(asked, itemFacts(item, asked.definition));
