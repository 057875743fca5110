import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { falling, rising } from '../../../core/profile/view/curves.ts';
import { SEGMENT_NAMES, SEGMENT_THRESHOLDS } from '../../../core/segments/segment-thresholds.ts';
import { dominantSegment, segmentConfidences, segmentsOf } from '../../../core/segments/segments-of.ts';
import { anyHistory, DAY, fold, interaction, NOW, series } from '../profile/histories.ts';
import { vectors } from '../profile/vectors.ts';

type Series = {
  count: number;
  everyHours: number;
  daysAgo: number;
  features?: number;
  type?: string;
  device?: string;
};
type Case = {
  name: string;
  goals?: number;
  series: Series[];
  surest?: string;
  has?: string[];
  hasNot?: string[];
};

const ada = newProfile('ada', NOW - 400 * DAY);
const HOUR = DAY / 24;

const historyOf = ({ count, everyHours, daysAgo, features, type = 'view', device }: Series) =>
  series(count, { every: everyHours * HOUR, ago: daysAgo * DAY, type, device }).map((one, i) =>
    features === undefined ? one : { ...one, feature: `f${i % features}` },
  );

const goals = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    title: `g${i}`,
    term: 'short' as const,
    setAt: NOW,
    baseline: 0,
  }));

describe('named segments', () => {
  it.each(vectors<{ cases: Case[] }>('segments').cases)('$name', (one) => {
    const profile = { ...ada, goals: goals(one.goals ?? 0) };
    const behaviour = fold(...one.series.flatMap(historyOf));
    const names = segmentsOf(profile, behaviour, NOW).map(({ name }) => name as string);
    if (one.surest) expect(dominantSegment(profile, behaviour, NOW)).toBe(one.surest);
    expect(names).toEqual(expect.arrayContaining(one.has ?? []));
    for (const name of one.hasNot ?? []) expect(names).not.toContain(name);
  });

  it('have confidences of 0-1, are named once and surest first, for any history', () => {
    fc.assert(
      fc.property(anyHistory(), (history) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        const confidences = Object.values(segmentConfidences(ada, behaviour, NOW));
        expect(confidences).toHaveLength(SEGMENT_NAMES.length);
        for (const confidence of confidences) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
        const segments = segmentsOf(ada, behaviour, NOW);
        expect(segments).toEqual(segments.toSorted((a, b) => b.confidence - a.confidence));
        expect(new Set(segments.map(({ name }) => name)).size).toBe(segments.length);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('change gradually: one more interaction never moves a confidence by more than a third', () => {
    let behaviour = emptyBehaviour();
    let before = segmentConfidences(ada, behaviour, NOW);
    for (const one of series(200, { every: 6 * HOUR, device: 'mobile' }).toReversed()) {
      behaviour = foldInteractions(behaviour, [one]);
      const after = segmentConfidences(ada, behaviour, NOW);
      for (const name of SEGMENT_NAMES.slice(2))
        expect(Math.abs(after[name] - before[name])).toBeLessThan(0.34);
      before = after;
    }
  });

  it('explore only where features are used evenly', () => {
    const even = Array.from({ length: 60 }, (_, i) => interaction({ feature: `f${i % 10}` }));
    const lopsided = Array.from({ length: 300 }, (_, i) => interaction({ feature: i < 9 ? `f${i}` : 'f9' }));
    expect(segmentConfidences(ada, fold(...even), NOW).feature_explorer).toBe(1);
    expect(segmentConfidences(ada, fold(...lopsided), NOW).feature_explorer).toBe(0);
  });
});

describe('thresholds', () => {
  it('go from their first to their second number', () => {
    for (const [from, to] of Object.values(SEGMENT_THRESHOLDS)) expect(to).toBeGreaterThan(from);
  });

  it('are smooth: 0 before, a half in the middle, 1 after', () => {
    expect([0, 2, 6, 10, 99].map((x) => rising(x, 2, 10))).toEqual([0, 0, 0.5, 1, 1]);
    expect([0, 6, 99].map((x) => falling(x, 2, 10))).toEqual([1, 0.5, 0]);
  });
});
