import { describe, expect, it } from '@jest/globals';
import type { Goal } from '../../../core/goals/goal.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import type { Behaviour } from '../../../core/profile/behaviour.ts';
import type { LoadedUser } from '../../../core/profile/ports.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import { goalSignals } from '../../../core/recommend/goal-signals.ts';
import { userSignals } from '../../../core/recommend/user-signals.ts';
import { DAY, fold, interaction, NOW, series } from '../profile/histories.ts';
import { vectors } from '../profile/vectors.ts';

type GoalVector = { pace: string; target: number; due?: string; weight?: number };

const goal = (parts: Partial<Goal> = {}): Goal => ({
  title: 'Learn to paint',
  term: 'short',
  setAt: NOW - 10 * DAY,
  baseline: 0,
  ...parts,
});

const loaded = (profile: Partial<StoredProfile>, behaviour: Behaviour): LoadedUser => ({
  profile: { ...newProfile('ada', NOW), ...profile },
  journal: { ...emptyState, behaviour },
  facts: new Set(),
  precomputed: undefined,
  units: 1,
});

const signalsOf = (profile: Partial<StoredProfile>, behaviour: Behaviour = fold(), now = NOW) =>
  userSignals('ada', loaded(profile, behaviour), now);

describe('goals as signals', () => {
  const behaviour = fold(...series(4, { type: 'publish' }));

  it.each(vectors<{ goals: GoalVector[] }>('goals-and-streaks').goals)(
    'one that is $pace weighs $weight',
    ({ target, due, weight }) => {
      const found = goalSignals([goal({ metric: 'publish', target, ...(due && { due }) })], behaviour, NOW);
      expect(found).toEqual(weight === undefined ? [] : [{ title: 'Learn to paint', weight }]);
    },
  );

  it('leave the interests, also where an interest says the same', () => {
    const { interests, goals } = signalsOf({
      goals: [goal()],
      preferences: { interests: ['learn to PAINT', 'gardens'] },
    });
    expect(interests).toEqual(['gardens']);
    expect(goals).toEqual([{ title: 'Learn to paint', weight: 1 }]);
  });

  it('that are done are neither goals nor interests', () => {
    const signals = signalsOf({ goals: [goal({ metric: 'publish', target: 4 })] }, behaviour);
    expect(signals.interests).toEqual([]);
    expect(signals).not.toHaveProperty('goals');
  });

  it('are ten at most, most urgent first, each title once, 500 characters of it', () => {
    const many = Array.from({ length: 30 }, (_, n) => goal({ title: `Goal ${n}` }));
    const late = goal({ title: 'x'.repeat(10_000), metric: 'publish', target: 99, due: '2026-11-19' });
    const found = goalSignals([...many, ...many, late, goal({ title: ' ' })], behaviour, NOW);
    expect(found.map(({ title }) => title.length)).toEqual([500, ...Array.from({ length: 9 }, () => 6)]);
    expect(new Set(found.map(({ title }) => title)).size).toBe(10);
  });
});

describe('a streak as a signal', () => {
  const days = (count: number, ago: number) =>
    fold(
      ...series(count, { ago, contentType: 'lesson' }),
      interaction({ occurredAt: NOW - ago - 1000, contentType: 'video' }),
      interaction({ occurredAt: NOW - ago - 2000, contentType: 'spam', type: 'dismiss' }),
    );

  it('is there while today has nothing, with what carried it', () => {
    expect(signalsOf({}, days(3, DAY)).streak).toEqual({ days: 3, carriedBy: { lesson: 0.75, video: 0.25 } });
  });

  it.each([
    ['today has something already', days(3, 0)],
    ['it is one day only', days(1, DAY)],
    ['it is over', days(3, 2 * DAY)],
    ['nothing of it had a content type', fold(...series(3, { ago: DAY }))],
    ['nothing was done ever', fold()],
  ])('is not where %s', (_, behaviour) => {
    expect(signalsOf({}, behaviour)).not.toHaveProperty('streak');
  });

  it('goes by the days of the zone', () => {
    const behaviour = fold(...series(3, { ago: 13 * 3_600_000, contentType: 'lesson' }));
    expect(signalsOf({ timezone: 'Pacific/Honolulu' }, behaviour).streak?.days).toBe(3);
    expect(signalsOf({ timezone: 'America/New_York' }, behaviour).streak?.days).toBe(3);
    const newDay = NOW + 12 * 3_600_000;
    expect(signalsOf({ timezone: 'UTC' }, behaviour, newDay)).not.toHaveProperty('streak');
    expect(signalsOf({ timezone: 'Pacific/Honolulu' }, behaviour, newDay).streak?.days).toBe(3);
  });

  it('and goals are nobody’s without consent', () => {
    const privacy = {
      level: 'strict' as const,
      consents: { analytics: true, personalization: true, ai: true },
      optOut: false,
    };
    const signals = signalsOf({ goals: [goal()], privacy }, days(3, DAY));
    expect(signals).not.toHaveProperty('goals');
    expect(signals).not.toHaveProperty('streak');
  });
});

describe('answers of a questionnaire', () => {
  it('are interests, and the sentences among them are marked as such', () => {
    const { interests, sentences } = signalsOf({
      questionnaire: {
        data: { format: 'documentary', logline: ' A baker looks back. ', description: 'Four generations.' },
        score: 40,
        answeredAt: NOW,
      },
    });
    expect(interests).toEqual(['documentary', 'A baker looks back.', 'Four generations.']);
    expect(sentences).toEqual(new Set(['A baker looks back.', 'Four generations.']));
    expect(signalsOf({ preferences: { interests: ['gardens'] } })).not.toHaveProperty('sentences');
  });
});
