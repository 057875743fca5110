import type { Behaviour } from '../profile/behaviour.ts';
import { DAY_MS } from '../profile/fold/decay.ts';
import { deviceShares } from '../profile/fold/tallies.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import { falling, rising, rounded } from '../profile/view/curves.ts';
import { dailyRate } from '../profile/view/engagement-level.ts';
import {
  DESKTOP_DEVICES,
  LEAST_CONFIDENCE,
  MOBILE_DEVICES,
  type SegmentName,
  SEGMENT_THRESHOLDS as T,
} from './segment-thresholds.ts';

/** A named segment; `confidence` is 0-1. */
export type Segment = { name: SegmentName; confidence: number };

type Goals = Pick<StoredProfile, 'goals'>;

const newness = (behaviour: Behaviour, now: number): number => {
  if (behaviour.firstAt === null) return 1;
  const days = (now - behaviour.firstAt) / DAY_MS;
  return falling(behaviour.interactions, ...T.newInteractions) * falling(days, ...T.newDays);
};

/** Entropy of the uses over features, as a share of what as many features could have; 0 for a single one. */
const evenness = ({ features }: Behaviour): number => {
  const total = features.reduce((sum, [, count]) => sum + count, 0);
  if (features.length < 2) return 0;
  const entropy = features.reduce((sum, [, count]) => sum - (count / total) * Math.log(count / total), 0);
  return entropy / Math.log(features.length);
};

const exploring = (behaviour: Behaviour): number =>
  rising(behaviour.features.length, ...T.explorerFeatures) *
  rising(evenness(behaviour), ...T.explorerEvenness);

const power = (behaviour: Behaviour, now: number): number =>
  rising(dailyRate(behaviour, now), ...T.powerRate) * rising(behaviour.interactions, ...T.powerInteractions);

/** Either is enough: goals that are set, or a habit of finishing things. */
const goalOriented = ({ goals }: Goals, { completions, interactions }: Behaviour): number => {
  const finishing =
    rising(completions, ...T.completions) *
    rising(completions / Math.max(1, interactions), ...T.completionShare);
  return 1 - (1 - rising(goals.length, ...T.goals)) * (1 - finishing);
};

const deviceConfidence = (behaviour: Behaviour, devices: ReadonlySet<string>): number => {
  const shares = deviceShares(behaviour);
  const counted = shares.reduce((sum, { count }) => sum + count, 0);
  const share = shares.reduce(
    (sum, { device, share: part }) => sum + (devices.has(device.toLowerCase()) ? part : 0),
    0,
  );
  return rising(share, ...T.deviceShare) * rising(counted, ...T.deviceInteractions);
};

/** The confidence of every named segment, 0-1, the more telling first; see `SEGMENT_THRESHOLDS` for what they mean. */
export const segmentConfidences = (
  profile: Goals,
  behaviour: Behaviour,
  now: number,
): Record<SegmentName, number> => {
  const fresh = newness(behaviour, now);
  return {
    new_user: fresh,
    power_user: power(behaviour, now),
    feature_explorer: exploring(behaviour),
    goal_oriented: goalOriented(profile, behaviour),
    mobile_first: deviceConfidence(behaviour, MOBILE_DEVICES),
    desktop_focused: deviceConfidence(behaviour, DESKTOP_DEVICES),
    casual_user: (1 - fresh) * falling(dailyRate(behaviour, now), ...T.casualRate),
  };
};

/** The segments that the user belongs to with a confidence of .1 at least, surest first; of two as sure, the more telling. */
export const segmentsOf = (profile: Goals, behaviour: Behaviour, now: number): Segment[] =>
  (Object.entries(segmentConfidences(profile, behaviour, now)) as [SegmentName, number][])
    .map(([name, confidence]) => ({ name, confidence: rounded(confidence, 3) }))
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .sort((a, b) => b.confidence - a.confidence);

/** The surest segment; undefined where none reaches .1. */
export const dominantSegment = (profile: Goals, behaviour: Behaviour, now: number): SegmentName | undefined =>
  segmentsOf(profile, behaviour, now)[0]?.name;
