import { DESKTOP_DEVICES, MOBILE_DEVICES } from '../../segments/segment-thresholds.ts';
import type { Behaviour } from '../behaviour.ts';
import { DAY_MS, WEEK_MS } from '../fold/decay.ts';
import { recentEntries } from '../fold/recent.ts';
import { medianSessionMinutes, sessionSpans } from '../fold/session-days.ts';
import { deviceShares, distinctFeatures, revenueOf } from '../fold/tallies.ts';
import { dailyRate, meanEngagement } from './engagement-level.ts';

/** What the learned models know of a user, in this order. Long tails come as log(1 + x). */
export const BEHAVIOUR_FEATURES = [
  'recency',
  'age',
  'frequency',
  'rate',
  'trend',
  'activeWeeks',
  'silence',
  'sessions',
  'sessionLength',
  'featureBreadth',
  'contentBreadth',
  'actionBreadth',
  'completionShare',
  'engagement',
  'signal',
  'opinion',
  'payments',
  'mobileShare',
  'desktopShare',
  'morningShare',
  'daytimeShare',
  'eveningShare',
  'hourSpread',
] as const;

export type BehaviourFeature = (typeof BEHAVIOUR_FEATURES)[number];

const RECENT_WEEKS = 4;
/** A gap that is assumed where fewer than two visits are known. */
const ASSUMED_GAP_MS = WEEK_MS;
/** `[from, to)` hours UTC. */
const MORNING = [5, 11] as const;
const DAYTIME = [11, 17] as const;
const EVENING = [17, 23] as const;

const log1p = (x: number): number => Math.log1p(Math.max(0, x));

/** Counts of the last 12 weeks as seen at `now`, newest first. */
const weeksAt = ({ weeks: [newest, counts] }: Behaviour, now: number): number[] => {
  const shift = Math.max(0, Math.floor(now / WEEK_MS) - newest);
  return counts.map((_, age) => counts[age - shift] ?? 0);
};

/** -1 to 1: the mean of the last 4 weeks against that of the 8 before. */
const trendOf = (weeks: readonly number[]): number => {
  const mean = (part: readonly number[]): number => part.reduce((sum, n) => sum + n, 0) / part.length;
  const [now, before] = [mean(weeks.slice(0, RECENT_WEEKS)), mean(weeks.slice(RECENT_WEEKS))];
  return now + before === 0 ? 0 : (now - before) / (now + before);
};

/** Mean gap between the starts of the last sessions, in ms. */
const gapOf = (behaviour: Behaviour): number => {
  const starts = sessionSpans(behaviour.sessionDays).map(({ start }) => start);
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined || last <= first) return ASSUMED_GAP_MS;
  return Math.max(DAY_MS / 4, (last - first) / (starts.length - 1));
};

/** -1 to 1: ratings where there are any, else sentiment; 0 without either. */
const opinionOf = ({ ratings, sentiments }: Behaviour): number => {
  if (ratings[0] > 0) return (ratings[1] / 1000 / ratings[0] - 3) / 2;
  return sentiments[0] > 0 ? sentiments[1] / 1000 / sentiments[0] : 0;
};

const meanSignal = (behaviour: Behaviour): number => {
  const entries = recentEntries(behaviour);
  if (entries.length === 0) return 0;
  return entries.reduce((sum, [, signal]) => sum + signal / 10, 0) / entries.length;
};

const shareOfDevices = (behaviour: Behaviour, names: ReadonlySet<string>): number =>
  deviceShares(behaviour).reduce(
    (sum, { device, share }) => sum + (names.has(device.toLowerCase()) ? share : 0),
    0,
  );

/** Share of the interactions within the hours. */
const shareOfHours = (hours: readonly number[], [from, to]: readonly [number, number]): number => {
  const total = hours.reduce((sum, n) => sum + n, 0);
  return total === 0 ? 0 : hours.slice(from, to).reduce((sum, n) => sum + n, 0) / total;
};

/** Entropy over the hours of the day, 0 (always the same hour) to 1 (round the clock). */
const hourSpread = (hours: readonly number[]): number => {
  const total = hours.reduce((sum, n) => sum + n, 0);
  if (total === 0) return 0;
  let entropy = 0;
  for (const n of hours) if (n > 0) entropy -= (n / total) * Math.log(n / total);
  return entropy / Math.log(hours.length);
};

const valuesOf = (behaviour: Behaviour, now: number): Record<BehaviourFeature, number> => {
  const idle = behaviour.lastAt === null ? 0 : Math.max(0, now - behaviour.lastAt);
  const known = behaviour.firstAt === null ? 0 : Math.max(0, now - behaviour.firstAt);
  const weeks = weeksAt(behaviour, now);
  const { hours } = behaviour;
  return {
    recency: log1p(idle / DAY_MS),
    age: log1p(known / DAY_MS),
    frequency: log1p(behaviour.interactions),
    rate: log1p(dailyRate(behaviour, now)),
    trend: trendOf(weeks),
    activeWeeks: weeks.filter((count) => count > 0).length / weeks.length,
    silence: log1p(idle / gapOf(behaviour)),
    sessions: log1p(behaviour.sessions),
    sessionLength: log1p(medianSessionMinutes(behaviour.sessionDays) ?? 0),
    featureBreadth: log1p(distinctFeatures(behaviour)),
    contentBreadth: log1p(behaviour.contentTypes.length),
    actionBreadth: log1p(behaviour.types.length),
    completionShare: behaviour.completions / Math.max(1, behaviour.interactions),
    engagement: meanEngagement(behaviour) ?? 0,
    signal: meanSignal(behaviour),
    opinion: opinionOf(behaviour),
    payments: log1p(revenueOf(behaviour).orders),
    mobileShare: shareOfDevices(behaviour, MOBILE_DEVICES),
    desktopShare: shareOfDevices(behaviour, DESKTOP_DEVICES),
    morningShare: shareOfHours(hours, MORNING),
    daytimeShare: shareOfHours(hours, DAYTIME),
    eveningShare: shareOfHours(hours, EVENING),
    hourSpread: hourSpread(hours),
  };
};

/**
 * The behaviour as finite numbers in the order of `BEHAVIOUR_FEATURES`, seen at `now` (ms): the one definition for training
 * and serving. It holds no ids, names or texts. Hours are UTC, as they are folded.
 */
export const behaviourVector = (behaviour: Behaviour, now: number): Float64Array => {
  const values = valuesOf(behaviour, now);
  return Float64Array.from(BEHAVIOUR_FEATURES, (feature) => values[feature]);
};
