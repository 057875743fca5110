import { isConversion } from '../conversions.ts';
import { startOf, type Window } from '../periods.ts';
import type { CountableUser, Counters, SegmentCounts } from '../types.ts';
import { engagementIn } from './count-activity.ts';

/** What a user did in 30 days; undefined where that is nothing. */
const lately = ({ interactions }: CountableUser, { asOf }: Window): SegmentCounts | undefined => {
  const recent = interactions.filter(({ occurredAt }) => occurredAt >= startOf('30d', asOf));
  if (recent.length === 0) return undefined;
  const converted = recent.some(isConversion) ? 1 : 0;
  const engagements = recent.map(engagementIn).filter((one) => one !== undefined);
  if (engagements.length === 0) return { users: 1, converted };
  const mean = Math.round(engagements.reduce((sum, one) => sum + one, 0) / engagements.length);
  return { users: 1, converted, engaged: 1, engagement: mean, engagementSquared: mean * mean };
};

/** The user in each of their segments, and among everyone; nothing of somebody who was not there for 30 days. */
export const countSegments = (
  user: CountableUser,
  window: Window,
): Pick<Counters, 'segments' | 'everyone'> => {
  const counts = lately(user, window);
  if (counts === undefined) return {};
  return {
    everyone: counts,
    segments: Object.fromEntries(user.segments.map((segment) => [segment, counts])),
  };
};
