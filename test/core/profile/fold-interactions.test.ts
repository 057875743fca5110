import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { emptyBehaviour, LIMITS } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { recentEntries } from '../../../core/profile/fold/recent.ts';
import { sessionSpans } from '../../../core/profile/fold/session-days.ts';
import { isCompletion } from '../../../core/profile/fold/signal-table.ts';
import { engagementOf, signalOf } from '../../../core/profile/fold/signals.ts';
import { distinctFeatures, featureCount, typeCount, typeValue } from '../../../core/profile/fold/tallies.ts';
import type { CountedInteraction } from '../../../core/profile/types.ts';
import { anyHistory, DAY, difference, fold, interaction, MINUTE, NOW, shuffled } from './histories.ts';

const SEED = 20261120;
const HALF_LIFE = 14 * DAY;

/** Folds in groups cut at the given places, each through JSON, as the store does. */
const foldInGroups = (interactions: readonly CountedInteraction[], cuts: readonly number[]) => {
  let behaviour = emptyBehaviour();
  let from = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), interactions.length]) {
    behaviour = foldInteractions(JSON.parse(JSON.stringify(behaviour)), interactions.slice(from, cut));
    from = Math.min(cut, interactions.length);
  }
  return behaviour;
};

describe('the fold is commutative and associative', () => {
  it('gives the same whatever the order and the grouping', () => {
    fc.assert(
      fc.property(anyHistory(), fc.array(fc.nat(80), { maxLength: 12 }), fc.nat(), (history, cuts, seed) => {
        const whole = foldInteractions(emptyBehaviour(), history);
        expect(difference(foldInGroups(shuffled(history, seed), cuts), whole)).toBeNull();
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('gives the same one by one, newest first and oldest first, over a year of events', () => {
    const history = Array.from({ length: 400 }, (_, i) =>
      interaction({
        occurredAt: NOW - Math.floor((i * 7919) % 400) * DAY - ((i * 104_729) % DAY),
        feature: `f${i % 13}`,
        contentId: i % 3 ? `c${i % 31}` : undefined,
        durationMs: (i * 37) % 90_000,
        sessionId: `s${i % 90}`,
      }),
    );
    const byTime = history.toSorted((a, b) => a.occurredAt - b.occurredAt);
    const each = history.map((_, i) => i);
    const oldestFirst = foldInGroups(byTime, each);
    expect(difference(foldInGroups(byTime.toReversed(), each), oldestFirst)).toBeNull();
    expect(difference(foldInteractions(emptyBehaviour(), history), oldestFirst)).toBeNull();
  });

  it('holds where more names come than are kept, and what is kept is counted whole', () => {
    const history = Array.from({ length: 900 }, (_, i) =>
      interaction({
        feature: `feature-${i % 300}`,
        type: `type-${i % 90}`,
        contentType: `kind-${i % 100}`,
        device: `device-${i % 20}`,
        occurredAt: NOW - i * MINUTE,
      }),
    );
    const whole = foldInteractions(emptyBehaviour(), history);
    expect(whole.features).toHaveLength(LIMITS.features);
    expect(whole.types).toHaveLength(LIMITS.types);
    expect(whole.contentTypes).toHaveLength(LIMITS.contentTypes);
    expect(whole.devices).toHaveLength(LIMITS.devices);
    expect(whole.features.every(([, count]) => count === 3)).toBe(true);
    expect(whole.featureUses).toBe(900);
    expect(whole.interactions).toBe(900);
    expect(Math.abs(distinctFeatures(whole) - 300)).toBeLessThan(60);
    for (const seed of [1, 2, 3]) {
      expect(difference(foldInGroups(shuffled(history, seed), [7, 250, 251, 600]), whole)).toBeNull();
    }
  });

  it('holds where sessions overlap and more of them come than are kept', () => {
    const history = Array.from({ length: 240 }, (_, i) =>
      interaction({
        sessionId: `s${i % 40}`,
        occurredAt: NOW - Math.floor((i % 40) / 8) * DAY - ((i * 7919) % 600) * MINUTE,
      }),
    );
    const whole = foldInteractions(emptyBehaviour(), history);
    expect(whole.sessionDays).toHaveLength(LIMITS.sessionDays);
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(foldInGroups(shuffled(history, seed), [3, 50, 90, 91, 200]).sessionDays).toEqual(
        whole.sessionDays,
      );
    }
  });

  it('keeps known types before others, so that a flood of made-up types does not push out purchases', () => {
    const flood = Array.from({ length: 300 }, (_, i) => interaction({ type: `made-up-${i}` }));
    const behaviour = fold(...flood, interaction({ type: 'purchase', value: 12.5 }));
    expect(typeCount(behaviour, 'purchase')).toBe(1);
    expect(typeValue(behaviour, 'purchase')).toBe(12.5);
  });
});

describe('the fold counts what happened', () => {
  it('agrees with counting the list directly', () => {
    fc.assert(
      fc.property(anyHistory(), (history) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        const times = history.map(({ occurredAt }) => occurredAt);
        const telling = history.filter((one) => signalOf(one) !== 0);
        const newest = Math.max(0, ...telling.map(({ occurredAt }) => occurredAt));
        const decayed = telling.reduce(
          (sum, one) => sum + engagementOf(one) * 2 ** ((one.occurredAt - newest) / HALF_LIFE),
          0,
        );
        expect(behaviour.interactions).toBe(history.length);
        expect(behaviour.firstAt).toBe(times.length ? Math.min(...times) : null);
        expect(behaviour.lastAt).toBe(times.length ? Math.max(...times) : null);
        expect(behaviour.completions).toBe(history.filter(isCompletion).length);
        expect(behaviour.sessions).toBe(history.filter((one) => one.firstOfSession).length);
        expect(behaviour.hours.reduce((a, b) => a + b, 0)).toBe(history.length);
        expect(behaviour.engagement[0]).toBeCloseTo(decayed, 9);
        expect(behaviour.ratings[0]).toBe(history.filter((one) => one.rating !== undefined).length);
        expect(recentEntries(behaviour)).toHaveLength(Math.min(telling.length, LIMITS.recent));
        for (const name of ['a', '__proto__', 'constructor']) {
          expect(featureCount(behaviour, name)).toBe(history.filter((one) => one.feature === name).length);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('survives JSON unchanged and does not touch what it was given', () => {
    fc.assert(
      fc.property(anyHistory(40), anyHistory(20), (before, after) => {
        const behaviour = foldInteractions(emptyBehaviour(), before);
        const kept = structuredClone(behaviour);
        foldInteractions(behaviour, after);
        expect(behaviour).toEqual(kept);
        expect(JSON.parse(JSON.stringify(behaviour))).toEqual(behaviour);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('counts hours of the day and weeks in UTC, 12 weeks back', () => {
    const behaviour = fold(
      interaction({ occurredAt: Date.UTC(2026, 10, 20, 23, 59) }),
      interaction({ occurredAt: Date.UTC(2026, 10, 19, 23, 1) }),
      interaction({ occurredAt: Date.UTC(2026, 10, 18, 0, 0) }),
      interaction({ occurredAt: Date.UTC(2025, 10, 18, 5) }),
    );
    expect(behaviour.hours[23]).toBe(2);
    expect(behaviour.hours[0]).toBe(1);
    expect(behaviour.hours[5]).toBe(1);
    // weeks begin on Thursday: the 19th and 20th share one, the 18th is in the one before
    expect(behaviour.weeks[1]).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('halves a use after 14 days, whichever of two came first', () => {
    const [old, recent] = [
      interaction({ feature: 'map', occurredAt: NOW - 14 * DAY }),
      interaction({ feature: 'map', occurredAt: NOW }),
    ];
    expect(fold(old, recent).features).toEqual([['map', 2, 1.5, NOW]]);
    expect(fold(recent, old).features).toEqual([['map', 2, 1.5, NOW]]);
  });

  it('remembers content that other activity would push out', () => {
    const content = Array.from({ length: 20 }, (_, i) =>
      interaction({ contentId: `c${i}`, occurredAt: NOW - DAY - i * MINUTE }),
    );
    const uses = Array.from({ length: 60 }, (_, i) =>
      interaction({ feature: 'map', type: 'feature_use', occurredAt: NOW - i * MINUTE }),
    );
    const behaviour = fold(...content, ...uses);
    expect(recentEntries(behaviour).every((entry) => entry[5] === 'map')).toBe(true);
    expect(behaviour.recent.filter((entry) => entry[3] !== '').map((entry) => entry[3])).toEqual(
      Array.from({ length: LIMITS.recentWithContent }, (_, i) => `c${i}`),
    );
  });

  it('leaves impressions out of recent activity and engagement, not out of the counts', () => {
    const behaviour = fold(interaction({ type: 'impression', contentId: 'c1' }));
    expect(behaviour.recent).toEqual([]);
    expect(behaviour.engagement).toEqual([0, 0, 0]);
    expect(typeCount(behaviour, 'impression')).toBe(1);
  });

  it('joins a session that went past midnight, and keeps two of the same day apart', () => {
    const midnight = Date.UTC(2026, 10, 20);
    const behaviour = fold(
      interaction({ sessionId: 'night', occurredAt: midnight - 20 * MINUTE }),
      interaction({ sessionId: 'night', occurredAt: midnight + 10 * MINUTE }),
      interaction({ sessionId: 'noon', occurredAt: midnight + 720 * MINUTE }),
    );
    expect(sessionSpans(behaviour.sessionDays)).toEqual([
      { start: midnight - 20 * MINUTE, end: midnight + 10 * MINUTE },
      { start: midnight + 720 * MINUTE, end: midnight + 720 * MINUTE },
    ]);
  });
});

describe('the size of a behaviour', () => {
  it('stays within 1.2 KB deflated for 300 interactions with 12 features and 4 content types', () => {
    const random = (i: number, n: number): number =>
      Math.floor(((Math.imul(i, 2_654_435_761) >>> 0) / 2 ** 32) * n);
    const history = Array.from({ length: 300 }, (_, i) => {
      const uses = random(i + 1000, 10) < 4;
      const subject = uses
        ? { type: 'feature_use', feature: `feature-${random(i + 2000, 12)}` }
        : {
            type: ['view', 'click', 'save', 'like', 'purchase', 'complete'][random(i + 3000, 6)]!,
            contentId: `listing-${random(i + 4000, 50_000)}`,
            contentType: ['listing', 'article', 'course', 'video'][random(i + 5000, 4)]!,
            durationMs: random(i + 6000, 90_000),
          };
      const occurredAt = NOW - 90 * DAY + i * 0.3 * DAY + random(i + 7000, 9_000_000);
      return interaction({ ...subject, sessionId: `session-${i >> 2}`, device: 'mobile', occurredAt });
    });
    const behaviour = history.reduce((folded, one) => foldInteractions(folded, [one]), emptyBehaviour());
    expect(deflateRawSync(JSON.stringify(behaviour)).length).toBeLessThan(1_200);
  });

  it('has an end: 3,000 interactions with ever new names stay below 40 KB of JSON', () => {
    const history = Array.from({ length: 3_000 }, (_, i) =>
      interaction({
        type: `type-${i}`,
        feature: `feature-${i}-${'x'.repeat(60)}`,
        contentType: `kind-${i}-${'y'.repeat(60)}`,
        contentId: `content-${i}`,
        device: `device-${i}`,
        sessionId: `session-${i}`,
      }),
    );
    expect(JSON.stringify(foldInteractions(emptyBehaviour(), history)).length).toBeLessThan(40_000);
  });
});
