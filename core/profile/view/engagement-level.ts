import type { Behaviour } from '../behaviour.ts';
import { DAY_MS, HALF_LIFE_MS, remaining } from '../fold/decay.ts';
import { saturating } from './curves.ts';

/** A decayed engagement of this much (eight recent interactions fully engaged, forty plain views) is 63 % of the scale. */
const ENGAGEMENT_SCALE = 8;

const decayedTo = (behaviour: Behaviour, now: number): { sum: number; weight: number } => {
  const [sum, weight, at] = behaviour.engagement;
  const left = remaining(now - at);
  return { sum: sum * left, weight: weight * left };
};

/**
 * 1-5 from the engagement of recent interactions, S = sum of engagement * 2^(-age / 14 days):
 * 1 + floor(5 * (1 - e^(-S / 8))), at most 5. Another interaction never lowers it, silence does.
 * The levels begin at S = 0, 1.8, 4.1, 7.3 and 12.9.
 */
export const engagementLevel = (behaviour: Behaviour, now: number): 1 | 2 | 3 | 4 | 5 => {
  const share = saturating(decayedTo(behaviour, now).sum, ENGAGEMENT_SCALE);
  return Math.min(5, 1 + Math.floor(5 * share)) as 1 | 2 | 3 | 4 | 5;
};

/** Mean engagement (0-1) over recent interactions, weighted by recency; null before the first. */
export const meanEngagement = (behaviour: Behaviour): number | null => {
  const [sum, weight] = behaviour.engagement;
  return weight > 0 ? Math.min(1, sum / weight) : null;
};

/**
 * Interactions a day, by recency: a steady rate r has a decayed count of r * 14 days / ln 2, so that is divided out.
 * A user who began a few days ago is rated too low, by the share of the half-life that is missing.
 */
export const dailyRate = (behaviour: Behaviour, now: number): number =>
  (decayedTo(behaviour, now).weight * Math.LN2) / (HALF_LIFE_MS / DAY_MS);
