import { describe, expect, it } from '@jest/globals';
import { failedText, pauseAfter } from '../../../../core/insights/generate/back-off.ts';
import {
  insightsSlot,
  suggestionsHash,
  suggestionsSlot,
} from '../../../../core/insights/generate/text-slots.ts';
import { NOON } from '../../../support/interactions.ts';

const MINUTE = 60_000;

describe('the pause after failures in a row', () => {
  it('is 5 minutes, three times as long after each, a day at most', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((attempts) => pauseAfter(attempts) / MINUTE);
    expect(minutes).toEqual([5, 15, 45, 135, 405, 1_215, 1_440, 1_440, 1_440]);
  });

  it('counts the failures, but for those of a budget, which last until the next day (UTC)', () => {
    const failure = { hash: 'h', attempts: 1, now: NOON };
    expect(failedText({ ...failure, why: 'malformed' })).toEqual({
      state: 'failed',
      hash: 'h',
      why: 'malformed',
      attempts: 2,
      until: NOON + 15 * MINUTE,
    });
    for (const why of ['budget of the user', 'budget of the stack'] as const)
      expect(failedText({ ...failure, why })).toMatchObject({ attempts: 1, until: NOON + 720 * MINUTE });
  });
});

describe('the place of suggestions', () => {
  const context = {
    currentPage: 'listings',
    recentActions: ['a', 'b', 'c', 'd', 'e', 'f'],
    timeOfDay: 'morning',
  };
  const place = (change: object = {}) => suggestionsSlot({ name: 'saas' }, { ...context, ...change }).place;

  it('is that of the page, the time of day and the last five actions', () => {
    expect(place({ recentActions: ['z', 'b', 'c', 'd', 'e', 'f'] })).toBe(place());
    const others = [
      place({ currentPage: 'leads' }),
      place({ timeOfDay: 'evening' }),
      place({ timeOfDay: undefined }),
      place({ recentActions: ['a', 'z', 'c', 'd', 'e', 'f'] }),
      place({ recentActions: [] }),
    ];
    expect(new Set([place(), ...others]).size).toBe(6);
    expect(place()).toMatch(/^[0-9a-f]{16}$/);
    expect(insightsSlot({ name: 'saas' })).toEqual({ purpose: 'insights', domain: 'saas', place: '' });
  });

  it('has another text where the profile is ten percent further', () => {
    const hash = (profileCompletion?: number) => suggestionsHash('facts', { ...context, profileCompletion });
    expect(hash(60)).toBe(hash(63));
    expect(new Set([hash(), hash(0), hash(60), hash(70), hash(100)]).size).toBe(5);
  });
});
