import type { Behaviour } from '../behaviour.ts';
import { DAY_MS, WEEK_MS } from '../fold/decay.ts';
import { sessionSpans } from '../fold/session-days.ts';
import { rounded } from './curves.ts';

/** One cause; `contribution` is its part of the risk, they add up to it. */
export type ChurnFactor = { factor: string; contribution: number; detail: string };

export type Churn = { risk: number; factors: ChurnFactor[]; method: 'rule' };

/** The rhythm of somebody of whom too little is known. */
const ASSUMED_GAP_MS = WEEK_MS;
const SHORTEST_GAP_MS = DAY_MS;
const LONGEST_GAP_MS = 60 * DAY_MS;
/** A silence of three of the user's own gaps is a risk of one half. */
const GAPS_AT_HALF = 3;
const RECENT_WEEKS = 4;

const SILENCE_SHARE = 0.7;
const TREND_SHARE = 0.3;

/** Gaps between the starts of the last sessions; without sessions, between active weeks. */
const ownGaps = (behaviour: Behaviour): number[] => {
  const starts = sessionSpans(behaviour.sessionDays).map(({ start }) => start);
  const [newest, counts] = behaviour.weeks;
  const activeWeeks = counts.flatMap((count, age) => (count > 0 ? [(newest - age) * WEEK_MS] : [])).reverse();
  const times = starts.length >= 3 ? starts : activeWeeks;
  return times.slice(1).map((time, i) => time - (times[i] ?? time));
};

/** The median gap between visits, between a day and 60 days; a week, not `own`, where fewer than two gaps are known. */
const rhythmOf = (behaviour: Behaviour): { gap: number; own: boolean } => {
  const gaps = ownGaps(behaviour).sort((a, b) => a - b);
  const median = gaps[Math.floor(gaps.length / 2)];
  if (median === undefined || gaps.length < 2) return { gap: ASSUMED_GAP_MS, own: false };
  return { gap: Math.min(Math.max(median, SHORTEST_GAP_MS), LONGEST_GAP_MS), own: true };
};

/** 0-1: by how much the last four weeks fall behind the eight before; null where there is no week before them. */
const declineOf = ({ weeks: [newest, counts] }: Behaviour, now: number): number | null => {
  const age = Math.max(0, Math.floor(now / WEEK_MS) - newest);
  const countOf = (weeksAgo: number): number => counts[weeksAgo - age] ?? 0;
  const mean = (from: number, to: number): number => {
    let sum = 0;
    for (let week = from; week < to; week++) sum += countOf(week);
    return sum / (to - from);
  };
  const before = mean(RECENT_WEEKS, counts.length);
  return before === 0 ? null : Math.max(0, 1 - mean(0, RECENT_WEEKS) / before);
};

const silenceFactor = (behaviour: Behaviour, lastAt: number, now: number): ChurnFactor => {
  const { gap, own } = rhythmOf(behaviour);
  const ratio = Math.max(0, now - lastAt) / gap;
  const days = rounded(Math.max(0, now - lastAt) / DAY_MS, 1);
  const usual = `${rounded(gap / DAY_MS, 1)} days ${own ? 'between visits are usual for this user' : 'are assumed: not enough history'}`;
  return {
    factor: 'silence',
    contribution: ratio ** 2 / (ratio ** 2 + GAPS_AT_HALF ** 2),
    detail: `${days} days since the last interaction; ${usual}`,
  };
};

const trendFactor = (decline: number): ChurnFactor => ({
  factor: 'trend',
  contribution: decline,
  detail:
    decline === 0
      ? 'the last four weeks are as active as the eight before'
      : `activity of the last four weeks is ${Math.round(decline * 100)} % below that of the eight before`,
});

const weighed = (factor: ChurnFactor, weight: number): ChurnFactor => ({
  ...factor,
  contribution: rounded(factor.contribution * weight, 4),
});

/**
 * Rule-based risk (0-1) that the user is gone: .7 * silence + .3 * decline, or silence alone before there is a trend.
 * silence = r^2 / (r^2 + 9) with r = time since the last interaction / the user's own median gap between visits;
 * decline = 1 - weekly activity of the last 4 weeks / that of the 8 before, not below 0.
 */
export const churnOf = (behaviour: Behaviour, now: number): Churn => {
  if (behaviour.lastAt === null) {
    const factor = { factor: 'history', contribution: 0, detail: 'not enough history: no interaction yet' };
    return { risk: 0, factors: [factor], method: 'rule' };
  }
  const silence = silenceFactor(behaviour, behaviour.lastAt, now);
  const decline = declineOf(behaviour, now);
  const factors =
    decline === null
      ? [weighed(silence, 1)]
      : [weighed(silence, SILENCE_SHARE), weighed(trendFactor(decline), TREND_SHARE)];
  const risk = factors.reduce((sum, { contribution }) => sum + contribution, 0);
  return { risk: rounded(Math.min(1, risk), 4), factors, method: 'rule' };
};
