import { FORMAT_FAMILIES } from '../../questionnaire/vocabulary.ts';
import type { Asked, Money } from './asked.ts';
import type { ItemFacts } from './item-facts.ts';
import { FACTORS, type Factor, type FactorMatch } from './types.ts';

/** From this on a factor carries a match and is named in the reason. */
export const CARRIES = 0.5;
/** Of another format of the same family. */
const SAME_FAMILY = 0.4;
/** Genres that count, of those the answers name. */
const MOST_GENRES = 3;
/** A budget that just misses the other counts so much, one that is twice as far off nothing. */
const NEAR_BUDGET = 0.3;
const FAR_BUDGET = 2;

/** How one respect is judged; numbers first, since thousands of items are judged for each answer, and words for the few that are shown. */
type Judge = {
  /** Of this factor for these answers; 0 where they do not ask for it. */
  readonly weight: (asked: Asked) => number;
  /** 0-1; -1 where the item or the answers say nothing. */
  readonly value: (asked: Asked, item: ItemFacts) => number;
  /** What carried it. */
  readonly words: (asked: Asked, item: ItemFacts, value: number) => string | undefined;
};

/** Neither yes nor no. */
const UNKNOWN = -1;

const shared = (a: readonly string[], b: readonly string[]): string[] => a.filter((name) => b.includes(name));

const countShared = (a: readonly string[], b: readonly string[]): number => {
  let count = 0;
  for (const name of a) if (b.includes(name)) count += 1;
  return count;
};

const isRelated = (asked: readonly string[], own: readonly string[]): boolean =>
  FORMAT_FAMILIES.some((family) => countShared(asked, family) > 0 && countShared(own, family) > 0);

const isSaid = (text: string): boolean => text.length > 2;

/** Known formats are compared by name; others by whether the answer and the item say the same words. */
const format: Judge = {
  weight: ({ definition, formatText }) => (isSaid(formatText) ? definition.weights.format : 0),
  value: ({ formats, formatText }, item) => {
    if (isSaid(item.formatText) && formatText === item.formatText) return 1;
    if (formats.length === 0 || item.formats.length === 0) return UNKNOWN;
    if (countShared(formats, item.formats) > 0) return 1;
    return isRelated(formats, item.formats) ? SAME_FAMILY : 0;
  },
  words: ({ formats, formatText }, item, value) => {
    if (value < 1) return undefined;
    const [same = formatText.trim()] = shared(formats, item.formats);
    return `the same format (${same})`;
  },
};

const countedGenres = ({ genres: asked }: Asked): number => Math.min(MOST_GENRES, asked.length);

/** Every genre of the answers weighs by itself, three of them at most; the value is the share of them that the item has. */
const genres: Judge = {
  weight: (asked) => asked.definition.weights.genre * countedGenres(asked),
  value: (asked, item) => {
    if (asked.genres.length === 0 || item.genres.length === 0) return UNKNOWN;
    const counted = countedGenres(asked);
    return Math.min(counted, countShared(asked.genres, item.genres)) / counted;
  },
  words: (asked, item, value) =>
    value > 0 ? `about ${shared(asked.genres, item.genres).slice(0, MOST_GENRES).join(', ')}` : undefined,
};

const logWidth = (min: number, max: number): number => Math.log(Math.max(max, 1) / Math.max(min, 1));

/**
 * Overlap of two ranges of money, 0-1: on the scale of logarithms, .3 where they touch, and on top .7 times the overlap's share of the
 * narrower range; apart from each other it falls to 0 at a factor of two.
 */
export const budgetFit = (a: Money, b: Money): number => {
  const overlap = logWidth(Math.max(a.min, b.min), Math.min(a.max, b.max));
  if (overlap < 0) return NEAR_BUDGET * Math.max(0, 1 + overlap / Math.log(FAR_BUDGET));
  const narrower = Math.min(logWidth(a.min, a.max), logWidth(b.min, b.max));
  const share = narrower <= 0 ? 1 : Math.min(1, overlap / narrower);
  return NEAR_BUDGET + (1 - NEAR_BUDGET) * share;
};

const budget: Judge = {
  weight: ({ definition, budget: asked }) => (asked ? definition.weights.budget : 0),
  value: ({ budget: asked }, item) => (asked && item.budget ? budgetFit(asked, item.budget) : UNKNOWN),
  words: (_, __, value) => (value >= CARRIES ? 'within your budget' : undefined),
};

const middle = ({ min, max }: { min: number; max: number }): number => (min + max) / 2;

/**
 * How a length (days) fits a time span, 0-1: 1 where it ends within it. A longer one falls with how many times it is too long, one that is
 * much shorter than the least half as fast (by its square root).
 */
export const timelineFit = (
  asked: { min: number; max: number },
  own: { min: number; max: number },
): number => {
  const length = Number.isFinite(own.max) ? middle(own) : own.min;
  if (length > asked.max) return asked.max / length;
  return length < asked.min ? Math.sqrt(length / asked.min) : 1;
};

const timeline: Judge = {
  weight: ({ definition, timeline: asked }) => (asked ? definition.weights.timeline : 0),
  value: ({ timeline: asked }, item) =>
    asked && item.timeline ? timelineFit(asked, item.timeline) : UNKNOWN,
  words: (_, __, value) => (value >= CARRIES ? 'in time' : undefined),
};

const materials: Judge = {
  weight: ({ definition, materials: asked }) => (asked.length > 0 ? definition.weights.materials : 0),
  value: ({ materials: asked }, item) =>
    asked.length > 0 && item.materials ? countShared(asked, item.materials) / asked.length : UNKNOWN,
  words: ({ materials: asked }, item, value) => {
    if (value <= 0) return undefined;
    return `made from what you have (${shared(asked, item.materials ?? [])
      .slice(0, 3)
      .join(', ')})`;
  },
};

const involvement: Judge = {
  weight: ({ definition, involvement: asked }) => (asked === undefined ? 0 : definition.weights.involvement),
  value: ({ involvement: asked }, item) =>
    asked !== undefined && item.involvement !== undefined ? 1 - Math.abs(asked - item.involvement) : UNKNOWN,
  words: (_, __, value) => (value > CARRIES ? 'with as much of you in it as you want' : undefined),
};

const JUDGES: Readonly<Record<Factor, Judge>> = { format, genres, budget, timeline, materials, involvement };

/** The judges of what these answers ask for, with their weights. */
export type Judges = {
  readonly total: number;
  readonly each: readonly { readonly factor: Factor; readonly judge: Judge; readonly weight: number }[];
};

const kept = new WeakMap<Asked, Judges>();

/** What answers ask for and how much each of it weighs, made once for each user and request. */
export const judgesOf = (asked: Asked): Judges => {
  const known = kept.get(asked);
  if (known) return known;
  const each = FACTORS.map((factor) => ({
    factor,
    judge: JUDGES[factor],
    weight: JUDGES[factor].weight(asked),
  })).filter(({ weight }) => weight > 0);
  const judges = { each, total: each.reduce((sum, { weight }) => sum + weight, 0) };
  kept.set(asked, judges);
  return judges;
};

/** The factors in which an item can be judged by the answers; one is left out where either of them says nothing. */
export const factorsOf = (asked: Asked, item: ItemFacts): FactorMatch[] =>
  judgesOf(asked).each.flatMap(({ factor, judge, weight }) => {
    const value = judge.value(asked, item);
    if (value < 0) return [];
    const words = judge.words(asked, item, value);
    return [{ factor, value, weight, ...(words !== undefined && { words }) }];
  });

/**
 * Score times the square root of the coverage (`matchItem`, `matchStrength`), in numbers alone; 0 where nothing can be judged. The two
 * must say the same: a test holds them against each other.
 */
export const strengthOf = (asked: Asked, item: ItemFacts): number => {
  const { each, total } = judgesOf(asked);
  let sum = 0;
  let weights = 0;
  for (const { judge, weight } of each) {
    const value = judge.value(asked, item);
    if (value < 0) continue;
    sum += weight * value;
    weights += weight;
  }
  return weights > 0 ? (sum / weights) * Math.sqrt(weights / total) : 0;
};
