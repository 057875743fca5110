import { makeTopK, offer, sortBestFirst } from '../../numbers/top-k.ts';
import { roundScore } from '../lists/neighbour-lists.ts';
import type { RankedItem } from '../types.ts';

/** How often something happened with an item in the hour that starts at `hour` (ms since the epoch). */
export type HourlyCount = { itemId: string; hour: number; count: number };

export type TrendingOptions = { keep?: number; halfLifeHours?: number };

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 24;
const BASELINE_DAYS = 7;
/** Anscombe's constant, which also keeps one more view of a hardly seen item from looking like a trend. */
const ANSCOMBE = 3 / 8;
/** A rise of this many standard deviations scores 0.5. */
const HALF_SCORE_SIGMA = 3;

/**
 * What rises now. An item's rate over the last 24 hours, each hour counting half per `halfLifeHours`, is held against
 * the same hours of the days before (up to 7, as far back as the counts go), which cancels the daily rhythm.
 * With E effective hours of evidence, E = (sum of d)^2 / sum of d^2 for decay weights d, the rise in standard deviations is
 *
 *   z = 2 * (sqrt(rate * E + 3/8) - sqrt(baseline * E + 3/8))
 *
 * the variance-stabilised difference of two Poisson counts (Anscombe 1948, Biometrika 35), so 100 -> 180 beats 1 -> 2.
 * Score z / (z + 3); `count` the views in the window; `growth` the smoothed ratio of rates, absent without a baseline.
 */
export function trending(
  counts: Iterable<HourlyCount>,
  now: number,
  { keep = 100, halfLifeHours = 6 }: TrendingOptions = {},
): RankedItem[] {
  const rates = collectRates(counts, now, halfLifeHours);
  const names = [...rates.byItem.keys()].sort();
  const heap = makeTopK(keep);
  names.forEach((name, at) => {
    const z = riseOf(rates.byItem.get(name)!, rates);
    if (z > 0) offer(heap, at, z);
  });
  const size = sortBestFirst(heap);
  return Array.from({ length: size }, (_, at) => {
    const name = names[heap.ids[at]!]!;
    return describeRise(name, heap.scores[at]!, rates);
  });
}

type ItemRate = { recent: number; before: number; count: number };
type Rates = { byItem: Map<string, ItemRate>; days: number; decaySum: number; effectiveHours: number };

function collectRates(counts: Iterable<HourlyCount>, now: number, halfLifeHours: number): Rates {
  const decay = Float64Array.from({ length: WINDOW_HOURS }, (_, age) => 0.5 ** (age / halfLifeHours));
  const byItem = new Map<string, ItemRate>();
  let days = 0;
  for (const { itemId, hour, count } of counts) {
    const age = Math.floor(now / HOUR_MS) - Math.floor(hour / HOUR_MS);
    const day = Math.floor(age / WINDOW_HOURS);
    if (age < 0 || day > BASELINE_DAYS || !(count > 0)) continue;
    days = Math.max(days, day);
    addHour(rateOf(byItem, itemId), { day, count, weight: decay[age % WINDOW_HOURS]! });
  }
  const decaySum = decay.reduce((sum, weight) => sum + weight, 0);
  const squares = decay.reduce((sum, weight) => sum + weight * weight, 0);
  return { byItem, days, decaySum, effectiveHours: (decaySum * decaySum) / squares };
}

function rateOf(byItem: Map<string, ItemRate>, itemId: string): ItemRate {
  const known = byItem.get(itemId);
  if (known !== undefined) return known;
  const fresh = { recent: 0, before: 0, count: 0 };
  byItem.set(itemId, fresh);
  return fresh;
}

function addHour(
  rate: ItemRate,
  { day, count, weight }: { day: number; count: number; weight: number },
): void {
  if (day > 0) {
    rate.before += weight * count;
    return;
  }
  rate.recent += weight * count;
  rate.count += count;
}

function riseOf(rate: ItemRate, { days, decaySum, effectiveHours }: Rates): number {
  const toEvidence = effectiveHours / decaySum;
  const before = days === 0 ? 0 : rate.before / days;
  return 2 * (Math.sqrt(rate.recent * toEvidence + ANSCOMBE) - Math.sqrt(before * toEvidence + ANSCOMBE));
}

function describeRise(itemId: string, z: number, rates: Rates): RankedItem {
  const rate = rates.byItem.get(itemId)!;
  const ranked = { itemId, score: roundScore(z / (z + HALF_SCORE_SIGMA)), count: rate.count };
  if (rates.days === 0) return ranked;
  return { ...ranked, growth: roundScore((rate.recent + ANSCOMBE) / (rate.before / rates.days + ANSCOMBE)) };
}
