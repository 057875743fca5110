import { describe, expect, it } from '@jest/globals';
import { factSheet } from '../../../../core/insights/facts/fact-sheet.ts';
import type { FactKind } from '../../../../core/insights/facts/types.ts';
import type { Behaviour } from '../../../../core/profile/behaviour.ts';
import {
  DAY,
  domain,
  fold,
  HOUR,
  interaction,
  known,
  NOW,
  ofKind,
  profileOf,
  series,
} from './facts-world.ts';

const factsOf = (behaviour: Behaviour, kind: FactKind, timezone = 'UTC') =>
  ofKind(factSheet(known({ profile: profileOf({ timezone }), behaviour }), domain).facts, kind);

describe('activity', () => {
  const old = series(6, { ago: 40 * DAY });
  it.each([
    ['new', fold(...series(5, { every: HOUR })), { thisWeek: 5, lastWeek: 0 }],
    ['away', fold(...series(5, { ago: 8 * DAY, every: HOUR })), { thisWeek: 0, lastWeek: 5, daysSince: 8 }],
    [
      'rising',
      fold(...old, ...series(8, { every: HOUR }), ...series(2, { ago: 8 * DAY })),
      { thisWeek: 8, lastWeek: 2 },
    ],
    [
      'falling',
      fold(...old, ...series(2, { every: HOUR }), ...series(8, { ago: 8 * DAY, every: HOUR })),
      { thisWeek: 2, lastWeek: 8 },
    ],
    [
      'steady',
      fold(...old, ...series(5, { every: HOUR }), ...series(6, { ago: 8 * DAY, every: HOUR })),
      { thisWeek: 5, lastWeek: 6 },
    ],
  ])('is %s', (trend, behaviour, numbers) => {
    const [only] = factsOf(behaviour, 'activity');
    expect([only?.words.trend, only?.numbers]).toEqual([trend, expect.objectContaining(numbers)]);
  });

  it('of many a day is counted by weeks, not by the 24 that are remembered', () => {
    const behaviour = fold(...series(210, { every: DAY / 10 }));
    const [only] = factsOf(behaviour, 'activity');
    expect(only?.numbers.thisWeek).toBeGreaterThan(60);
    expect(only?.numbers.thisWeek).toBeLessThan(80);
    expect(only?.words.trend).toBe('steady');
  });
});

describe('features', () => {
  it('are frequent, occasional or lapsed; five and three of them', () => {
    const often = Array.from({ length: 7 }, (_, n) =>
      series(4 + n, { feature: `often ${n}`, every: HOUR }),
    ).flat();
    const gone = Array.from({ length: 5 }, (_, n) =>
      series(3 + n, { feature: `gone ${n}`, ago: 20 * DAY, every: HOUR }),
    ).flat();
    const rare = interaction({ feature: 'rare' });
    const tried = interaction({ feature: 'tried', occurredAt: NOW - 30 * DAY });
    const facts = factsOf(fold(...often, ...gone, rare, tried), 'feature');
    expect(facts.map(({ names, words }) => [names.feature, words.use])).toEqual([
      ...[6, 5, 4, 3, 2].map((n) => [`often ${n}`, 'frequent']),
      ...[4, 3, 2].map((n) => [`gone ${n}`, 'lapsed']),
    ]);
    expect(factsOf(fold(rare), 'feature').map(({ words }) => words.use)).toEqual(['occasional']);
  });
});

describe('content', () => {
  it('is liked, disliked or mixed', () => {
    const behaviour = fold(
      ...series(4, { contentType: 'listing', type: 'like' }),
      ...series(4, { contentType: 'advert', type: 'dismiss' }),
      ...series(2, { contentType: 'guide', type: 'view' }),
      ...series(2, { contentType: 'guide', type: 'skip' }),
    );
    const facts = factsOf(behaviour, 'content').map(({ names, words, numbers }) => [
      names.contentType,
      words.liking,
      numbers.percent,
    ]);
    expect(facts).toEqual(
      expect.arrayContaining([
        ['listing', 'liked', 100],
        ['advert', 'disliked', 0],
        ['guide', 'mixed', 50],
      ]),
    );
  });

  it('is not judged by fewer than three successes and failures', () => {
    const advert = { contentType: 'advert', type: 'dismiss' };
    expect(factsOf(fold(...series(2, advert)), 'content')).toEqual([]);
    expect(factsOf(fold(...series(2, { contentType: 'guide', type: 'like' })), 'content')).toEqual([]);
    expect(factsOf(fold(...series(3, advert)), 'content').map(({ words }) => words.liking)).toEqual([
      'disliked',
    ]);
  });
});

describe('the busiest hour', () => {
  const at = (hour: number) => fold(...series(12, { ago: (12 - hour) * HOUR }));
  it.each([
    ['UTC', 9, 9],
    ['Europe/Amsterdam', 9, 10],
    ['Asia/Tokyo', 11, 20],
    ['Pacific/Honolulu', 9, 23],
    ['Asia/Kathmandu', 9, 15],
  ])('in %s is %d in UTC and %d on the clock', (timezone, utc, local) => {
    expect(factsOf(at(utc), 'hour', timezone)[0]?.numbers).toEqual({ hour: local, percent: 100 });
  });
});

describe('predictions', () => {
  it('tell the risk, what speaks for it, and the money expected', () => {
    const gone = fold(...series(6, { ago: 60 * DAY, type: 'purchase', value: 50, firstOfSession: true }));
    const [churn] = factsOf(gone, 'churn');
    expect(churn?.words).toEqual({ risk: 'high', factor: 'silence' });
    expect(churn?.numbers.percent).toBeGreaterThan(60);
    const paying = fold(...series(6, { type: 'purchase', value: 50, every: 10 * DAY }));
    const [value] = factsOf(paying, 'value');
    expect(value?.numbers).toMatchObject({ days: 365 });
    expect(value?.numbers.expected).toBeGreaterThan(1000);
  });
});

describe('workflows', () => {
  it('tell what is repeated and what comes next', () => {
    const steps = ['open', 'edit', 'publish'].flatMap((type, step) =>
      series(5, { type, ago: (3 - step) * 60_000, every: DAY }),
    );
    const behaviour = fold(...steps);
    expect(factsOf(behaviour, 'pattern').map(({ names, numbers }) => [names, numbers])).toEqual([
      [
        { sequence: 'open, then edit', next: 'publish' },
        { times: 5, percent: 100 },
      ],
    ]);
    const going = fold(...steps, interaction({ type: 'open', occurredAt: NOW }));
    expect(factsOf(going, 'next')[0]?.names.action).toBe('edit');
  });
});
