import type { Behaviour } from '../behaviour.ts';
import { distinctFeatures, revenueOf } from '../fold/tallies.ts';
import { rounded } from './curves.ts';
import { meanEngagement } from './engagement-level.ts';

/** Totals behind the profile; null means that nothing was measured yet. */
export type ProfileAnalytics = {
  interactions: number;
  completions: number;
  distinctFeatures: number;
  firstAt: string | null;
  lastAt: string | null;
  /** 0-1, weighted by recency. */
  meanEngagement: number | null;
  /** 1-5 */
  averageRating: number | null;
  /** -1 to 1 */
  averageSentiment: number | null;
  revenue: number;
  interactionTypes: { type: string; count: number }[];
};

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The mean of a tally whose sum is in thousandths. */
const meanOf = ([count, sum]: readonly [number, number]): number | null =>
  count === 0 ? null : rounded(sum / 1000 / count, 3);

/** The totals of a behaviour. */
export const analyticsOf = (behaviour: Behaviour): ProfileAnalytics => {
  const engagement = meanEngagement(behaviour);
  return {
    interactions: behaviour.interactions,
    completions: behaviour.completions,
    distinctFeatures: distinctFeatures(behaviour),
    firstAt: isoOrNull(behaviour.firstAt),
    lastAt: isoOrNull(behaviour.lastAt),
    meanEngagement: engagement === null ? null : rounded(engagement, 3),
    averageRating: meanOf(behaviour.ratings),
    averageSentiment: meanOf(behaviour.sentiments),
    revenue: rounded(revenueOf(behaviour).total, 2),
    interactionTypes: behaviour.types
      .map(([type, count]) => ({ type, count }))
      .sort((a, b) => b.count - a.count),
  };
};
