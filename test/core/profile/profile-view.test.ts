import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { profileView as profileContract } from '../../../contracts/profile/schemas.ts';
import { setGoals } from '../../../core/goals/set-goals.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { applyLearner } from '../../../core/profile/change/update-profile.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { contentHistory } from '../../../core/profile/fold/recent.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import type { CountedInteraction } from '../../../core/profile/types.ts';
import { churnOf } from '../../../core/profile/view/churn.ts';
import { contentTypeAffinity } from '../../../core/profile/view/content-preferences.ts';
import { engagementLevel } from '../../../core/profile/view/engagement-level.ts';
import { personalizationScore } from '../../../core/profile/view/personalization-score.ts';
import { profileView } from '../../../core/profile/view/profile-view.ts';
import { applyQuestionnaire } from '../../../core/questionnaire/apply-questionnaire.ts';
import { anyHistory, DAY, fold, interaction, MINUTE, NOW, series, shuffled } from './histories.ts';
import { vectors } from './vectors.ts';

const SEED = 11;
const ada = newProfile('ada', NOW - 400 * DAY);

type Case = {
  repeat?: number;
  learner?: { experienceLevel: string };
  interactions: ({ daysAgo: number } & Partial<CountedInteraction>)[];
};
const { cases } = vectors<{ cases: (Case & { name: string; expect: Record<string, unknown> })[] }>(
  'profile-derived',
);

const viewOf = ({ repeat = 1, learner, interactions }: Case) => {
  const history = Array.from({ length: repeat }, () => interactions)
    .flat()
    .map(({ daysAgo, ...parts }) => interaction({ ...parts, occurredAt: Math.round(NOW - daysAgo * DAY) }));
  const profile = learner ? applyLearner(ada, learner, NOW) : ada;
  return profileView({ profile, behaviour: fold(...history), now: NOW });
};

describe('what is derived from a behaviour', () => {
  it.each(cases)('$name', (one) => {
    const view = viewOf(one);
    const given = {
      engagementLevel: view.engagementLevel,
      skillLevel: view.skillLevel,
      churnRisk: view.churn.risk,
      lifetimeValue: view.lifetimeValue.expected,
      personalizationScore: view.personalizationScore,
      nextActions: view.nextActions,
      workflowPatterns: view.workflowPatterns,
      medianMinutes: view.sessions.medianMinutes,
    };
    expect(given).toMatchObject(one.expect);
  });
});

/** Every number in a value, wherever it is. */
const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

const within = (x: number, low: number, high: number): void => {
  expect(x).toBeGreaterThanOrEqual(low);
  expect(x).toBeLessThanOrEqual(high);
};

describe('the profile view', () => {
  it('keeps to the ranges of the contract for any history, at any later time', () => {
    fc.assert(
      fc.property(anyHistory(), fc.integer({ min: 0, max: 3_000 * DAY }), (history, later) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        const view = profileView({ profile: ada, behaviour, now: NOW + later });
        expect(numbersIn(view).filter((x) => !Number.isFinite(x) || Object.is(x, -0))).toEqual([]);
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
        within(view.engagementLevel, 1, 5);
        within(view.personalizationScore, 0, 100);
        within(view.churn.risk, 0, 1);
        expect(view.sessions.byHour).toHaveLength(24);
        for (const { score } of view.contentPreferences) within(score, 0, 1);
        for (const { confidence } of view.segments) within(confidence, 0, 1);
        for (const { probability } of view.nextActions) within(probability, 0, 1);
        for (const affinity of Object.values(contentTypeAffinity(behaviour))) within(affinity, -1, 1);
        const shares = Object.values(view.devices).reduce((a, b) => a + b, 0);
        if (behaviour.devices.length > 0) within(shares, 0.999, 1.001);
        const contributions = view.churn.factors.reduce((sum, { contribution }) => sum + contribution, 0);
        expect(contributions).toBeCloseTo(view.churn.risk, 3);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('is what the HTTP contract promises, with everything said that can be said', () => {
    const said = applyQuestionnaire(
      applyLearner(ada, { age: 29, interests: ['design'] }, NOW),
      { timeline: 'spring', budget: { min: 1 } },
      NOW,
    );
    const goals = setGoals(
      { shortTerm: [{ title: 'Publish', metric: 'view', target: 3, due: '2026-12-24' }], longTerm: ['Rest'] },
      { existing: [], behaviour: emptyBehaviour(), now: NOW },
    );
    fc.assert(
      fc.property(anyHistory(), (history) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        const view = profileView({ profile: { ...said, goals }, behaviour, now: NOW });
        expect(profileContract.safeParse(view).error?.issues ?? []).toEqual([]);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('is the same for a history folded in another order', () => {
    fc.assert(
      fc.property(anyHistory(), fc.nat(), (history, seed) => {
        const now = NOW + DAY;
        const [a, b] = [history, shuffled(history, seed)].map((some) =>
          profileView({ profile: ada, behaviour: foldInteractions(emptyBehaviour(), some), now }),
        );
        expect(b).toEqual(a);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('never falls in engagement, score or rises in risk of leaving by one more visit now', () => {
    fc.assert(
      fc.property(anyHistory(), (history) => {
        const before = foldInteractions(emptyBehaviour(), history);
        const after = foldInteractions(before, [interaction({ type: 'view', occurredAt: NOW })]);
        expect(engagementLevel(after, NOW)).toBeGreaterThanOrEqual(engagementLevel(before, NOW));
        expect(personalizationScore(ada, after, NOW)).toBeGreaterThanOrEqual(
          personalizationScore(ada, before, NOW),
        );
        if (before.lastAt !== null)
          expect(churnOf(after, NOW).risk).toBeLessThanOrEqual(churnOf(before, NOW).risk);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('falls in engagement and rises in risk with silence', () => {
    const behaviour = fold(...series(60, { type: 'complete', every: DAY, sessionId: 's' }));
    const months = [0, 1, 2, 4].map((n) => NOW + n * 30 * DAY);
    const levels = months.map((now) => engagementLevel(behaviour, now));
    const risks = months.map((now) => churnOf(behaviour, now).risk);
    expect(levels).toEqual(levels.toSorted((a, b) => b - a));
    expect(levels.at(-1)).toBe(1);
    expect(risks).toEqual(risks.toSorted((a, b) => a - b));
    expect(risks.at(-1)).toBeGreaterThan(0.9);
  });

  it('names a lack of history instead of guessing', () => {
    const { churn, lifetimeValue, sessions, analytics } = viewOf({ interactions: [] });
    expect(churn.factors[0]?.detail).toContain('not enough history');
    expect(lifetimeValue.expected).toBeNull();
    expect(sessions).toMatchObject({ count: 0, lastAt: null, medianMinutes: null });
    expect(analytics).toMatchObject({ averageRating: null, averageSentiment: null, meanEngagement: null });
  });

  it('orders features by use weighted with recency, not by count', () => {
    const behaviour = fold(
      ...series(6, { feature: 'old', every: MINUTE, ago: 60 * DAY }),
      ...series(2, { feature: 'fresh', every: MINUTE }),
    );
    const { features } = profileView({ profile: ada, behaviour, now: NOW });
    expect(features.map(({ feature, count }) => [feature, count])).toEqual([
      ['fresh', 2],
      ['old', 6],
    ]);
  });

  it('shows what was said beside what was seen', () => {
    const profile: StoredProfile = {
      ...applyLearner(ada, { interests: ['design'], experienceLevel: 'advanced' }, NOW),
      email: 'ada@example.org',
      timezone: 'Europe/Amsterdam',
    };
    const view = profileView({ profile, behaviour: emptyBehaviour(), now: NOW });
    expect(view).toMatchObject({
      email: 'ada@example.org',
      skillLevel: 'advanced',
      createdAt: expect.any(String),
    });
    expect(view.personalizationScore).toBeGreaterThan(0);
    expect(view).not.toHaveProperty('questionnaire');
  });
});

describe('the history that recommendations start from', () => {
  it('holds each item once, newest first, with its strongest signal', () => {
    const behaviour = fold(
      interaction({ contentId: 'a', type: 'purchase', occurredAt: NOW - 3 * MINUTE }),
      interaction({ contentId: 'b', occurredAt: NOW - 2 * MINUTE }),
      interaction({ contentId: 'a', occurredAt: NOW - MINUTE }),
      interaction({ contentId: 'c', type: 'impression', occurredAt: NOW }),
    );
    expect(contentHistory(behaviour)).toEqual([
      { itemId: 'a', weight: 5, at: NOW - MINUTE },
      { itemId: 'b', weight: 1, at: NOW - 2 * MINUTE },
    ]);
  });

  it('leaves out what was disliked last, and takes back what was liked again', () => {
    const behaviour = fold(
      interaction({ contentId: 'a', occurredAt: NOW - 3 * MINUTE }),
      interaction({ contentId: 'a', type: 'dislike', occurredAt: NOW - 2 * MINUTE }),
      interaction({ contentId: 'b', type: 'dislike', occurredAt: NOW - 3 * MINUTE }),
      interaction({ contentId: 'b', type: 'like', occurredAt: NOW - 2 * MINUTE }),
    );
    expect(contentHistory(behaviour).map(({ itemId }) => itemId)).toEqual(['b']);
  });
});
