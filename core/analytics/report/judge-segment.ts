import { type Interval, rateOf, wilsonInterval, Z_95 } from '../../experiments/statistics/wilson.ts';
import { rounded } from '../../profile/view/curves.ts';
import type { SegmentCounts } from '../types.ts';

/** Of fewer users nothing is said about how they do beside the others. */
const LEAST_USERS = 20;

/** What the users of a segment did in 30 days. */
export type SegmentFigures = {
  users: number;
  /** Mean over the users of their mean engagement, 0-1, with its 95 % interval; null where none is known. */
  engagement: number | null;
  engagementInterval: [low: number, high: number] | null;
  /** Share of the users who converted, with its 95 % interval (Wilson); null without users. */
  conversion: number | null;
  conversionInterval: [low: number, high: number] | null;
};

const clamped = (x: number): number => Math.min(1, Math.max(0, x));
const shown = ([low, high]: Interval): [number, number] => [rounded(low, 4), rounded(high, 4)];
const percent = (share: number): string => `${rounded(share * 100, 1)} %`;

/** Mean and its normal interval from sums in thousandths; a single user tells nothing about the spread. */
const engagementOf = ({ engaged = 0, engagement = 0, engagementSquared = 0 }: SegmentCounts) => {
  if (engaged === 0) return undefined;
  const mean = engagement / engaged;
  if (engaged === 1) return { mean: mean / 1000, interval: [0, 1] as const };
  const variance = Math.max(0, engagementSquared - engaged * mean * mean) / (engaged - 1);
  const reach = Z_95 * Math.sqrt(variance / engaged);
  return {
    mean: mean / 1000,
    interval: [clamped((mean - reach) / 1000), clamped((mean + reach) / 1000)] as const,
  };
};

const proportionOf = ({ users = 0, converted = 0 }: SegmentCounts) => ({ users, converted });

export const segmentFigures = (counts: SegmentCounts): SegmentFigures => {
  const [proportion, engaged] = [proportionOf(counts), engagementOf(counts)];
  const isEmpty = proportion.users === 0;
  return {
    users: proportion.users,
    engagement: engaged ? rounded(engaged.mean, 4) : null,
    engagementInterval: engaged ? shown(engaged.interval) : null,
    conversion: isEmpty ? null : rounded(rateOf(proportion), 4),
    conversionInterval: isEmpty ? null : shown(wilsonInterval(proportion, Z_95)),
  };
};

type Judgement = { underperformer: boolean; reason: string };

const slowConversion = (segment: SegmentCounts, everyone: SegmentCounts): string | undefined => {
  const [mine, all] = [proportionOf(segment), rateOf(proportionOf(everyone))];
  const [, high] = wilsonInterval(mine, Z_95);
  if (high >= all) return undefined;
  return `${percent(rateOf(mine))} of its users converted (at most ${percent(high)}, with 95 % confidence) against ${percent(all)} of all`;
};

const lowEngagement = (segment: SegmentCounts, everyone: SegmentCounts): string | undefined => {
  const [mine, all] = [engagementOf(segment), engagementOf(everyone)];
  if (!mine || !all || mine.interval[1] >= all.mean) return undefined;
  return `its mean engagement is ${rounded(mine.mean, 2)} (at most ${rounded(mine.interval[1], 2)}, with 95 % confidence) against ${rounded(all.mean, 2)} of all`;
};

/**
 * Whether a segment does worse than all users together: its 95 % interval of the conversion rate, or of the mean engagement,
 * lies wholly below what all have.
 */
export const judgeSegment = (segment: SegmentCounts, everyone: SegmentCounts): Judgement => {
  const users = segment.users ?? 0;
  if (users === 0) return { underperformer: false, reason: 'Nobody of it was active in the last 30 days' };
  if (users < LEAST_USERS)
    return {
      underperformer: false,
      reason: `Too few active users (${users}) to compare it with all: ${LEAST_USERS} are needed`,
    };
  const found = [slowConversion(segment, everyone), lowEngagement(segment, everyone)].filter(
    (reason) => reason !== undefined,
  );
  if (found.length === 0)
    return {
      underperformer: false,
      reason: 'Neither conversion nor engagement is clearly below that of all',
    };
  const text = found.join('; ');
  return { underperformer: true, reason: `${text[0]?.toUpperCase()}${text.slice(1)}` };
};
