import { rounded } from '../../profile/view/curves.ts';
import { SEGMENT_NAMES } from '../../segments/segment-thresholds.ts';
import { LEARNED } from '../count/countable-user.ts';
import type { AnalyticsStore } from '../ports.ts';
import type { SegmentCounts, SegmentsReport } from '../types.ts';
import { reasonOf } from './freshness.ts';
import { judgeSegment, type SegmentFigures, segmentFigures } from './judge-segment.ts';

export type SegmentRow = SegmentFigures & {
  name: string;
  /** By thresholds, or found by the night's clustering. */
  kind: 'named' | 'learned';
  /** Of all active users, 0-1; a user may be in several segments. */
  share: number;
  underperformer: boolean;
  reason: string;
};

export type SegmentsAnswer = {
  segments: SegmentRow[];
  everyone: SegmentFigures;
  /** Null before the first aggregation. */
  asOf: string | null;
  reason?: string;
};

const rowOf = (name: string, counts: SegmentCounts, everyone: SegmentCounts): SegmentRow => ({
  name: name.startsWith(LEARNED) ? name.slice(LEARNED.length) : name,
  kind: name.startsWith(LEARNED) ? 'learned' : 'named',
  share: everyone.users ? rounded((counts.users ?? 0) / everyone.users, 4) : 0,
  ...segmentFigures(counts),
  ...judgeSegment(counts, everyone),
});

const EMPTY: Pick<SegmentsReport, 'segments' | 'everyone'> = { segments: {}, everyone: {} };

/** Every named segment in the order of its definition, then the learned ones by name. */
const namesOf = (segments: SegmentsReport['segments']): string[] => [
  ...SEGMENT_NAMES,
  ...Object.keys(segments)
    .filter((name) => name.startsWith(LEARNED))
    .sort(),
];

/** The segments as the last aggregation found them: users, engagement, conversion, and which do worse than all. */
export const listSegments = async (store: AnalyticsStore, now: number): Promise<SegmentsAnswer> => {
  const found = await store.get('segments');
  const { segments, everyone } = found ?? EMPTY;
  const reason = reasonOf(found, now);
  return {
    segments: namesOf(segments).map((name) => rowOf(name, segments[name] ?? {}, everyone)),
    everyone: segmentFigures(everyone),
    asOf: found ? new Date(found.asOf).toISOString() : null,
    ...(reason !== undefined && { reason }),
  };
};
