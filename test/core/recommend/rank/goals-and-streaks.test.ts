import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { contentModel } from '../../../../core/learn/lists/content-model.ts';
import { recommend } from '../../../../core/recommend/rank/recommend.ts';
import { vectors } from '../../profile/vectors.ts';
import { catalogItem, neighbours, request, sourcesOf, userSignals, WEIGHTS } from '../recommend-world.ts';

const items = [
  catalogItem('paint', { type: 'course', title: 'Painting for all', tags: ['painting'] }),
  catalogItem('run', { type: 'course', title: 'Running for all', tags: ['running'] }),
  ...Array.from({ length: 8 }, (_, n) => catalogItem(`i${n}`, { type: n % 2 ? 'video' : 'article' })),
];
const model = contentModel(items);
const lists = new Map([
  [
    'i0',
    neighbours({
      collaborative: [
        ['i1', 0.5],
        ['i2', 0.5],
        ['i3', 0.3],
      ],
    }),
  ],
]);
const sources = sourcesOf(items, { contentModel: () => model, neighbours: lists });
const only = sourcesOf(items, { neighbours: lists, newest: [] });

describe('goals in the ranking', () => {
  const serving = (behind: string, onTrack: string) =>
    userSignals({
      goals: [
        { title: behind, weight: 1.5 },
        { title: onTrack, weight: 1 },
      ],
    });

  it('put what serves a goal that is behind above what serves one on track', () => {
    const firstOf = (user: ReturnType<typeof serving>) =>
      recommend(request(), user, sources).items[0]?.itemId;
    expect(firstOf(serving('painting', 'running'))).toBe('paint');
    expect(firstOf(serving('running', 'painting'))).toBe('run');
  });

  it('are a part of the score and say so', () => {
    const { items: found, rung } = recommend(request(), serving('painting', 'running'), sources);
    expect(found[0]?.reason).toBe("Serves your goal 'painting'");
    expect(Object.keys(found[0]?.scores ?? {})).toEqual(['goals']);
    expect(rung).toBe('personalised hybrid');
  });

  it('count as an interest of the same words does, times their weight', () => {
    const rawOf = (user: ReturnType<typeof userSignals>) => {
      const { score } = recommend(request(), user, sources).items[0]!;
      return (score * WEIGHTS.halfScore) / (1 - score);
    };
    const interest = rawOf(userSignals({ interests: ['painting'] }));
    expect(rawOf(userSignals({ goals: [{ title: 'painting', weight: 1 }] }))).toBeCloseTo(interest, 9);
    expect(rawOf(userSignals({ goals: [{ title: 'painting', weight: 1.5 }] }))).toBeCloseTo(
      1.5 * interest,
      9,
    );
  });

  it('are named by their beginning where they are long', () => {
    const long = userSignals({ goals: [{ title: `painting ${'🎨'.repeat(200)}`, weight: 1 }] });
    const [first] = recommend(request(), long, sources).items;
    expect(first?.itemId).toBe('paint');
    expect([...(first?.reason ?? '')].length).toBeLessThan(130);
  });

  it.each([
    ['Four this week', []],
    ['Become better every day', []],
    ['Four paintings this week', ['paint']],
    ['Start running by June', ['run']],
  ])('match by what they are about: %s', (title, found) => {
    const about = [
      ...items,
      catalogItem('week', { type: 'course', title: 'Four ideas for this week, better every day in June' }),
    ];
    const withWeek = sourcesOf(about, { contentModel: () => contentModel(about), newest: [] });
    const { items: shown } = recommend(request(), userSignals({ goals: [{ title, weight: 1 }] }), withWeek);
    expect(shown.map(({ itemId }) => itemId)).toEqual(found);
  });

  it('need more in common with an item than a word of a long text', () => {
    const words = Array.from({ length: 40 }, (_, n) => `word${n}`).join(' ');
    const long = (itemId: string, more: string) =>
      catalogItem(itemId, { type: 'article', title: 'Something else', description: `${words} ${more}` });
    const about = [...items, long('long', 'painting'), long('other', '')];
    const sourcesWithLong = sourcesOf(about, { contentModel: () => contentModel(about), newest: [] });
    const asked = request({ limit: 50 });
    const { items: shown } = recommend(
      asked,
      userSignals({ goals: [{ title: 'painting', weight: 1 }] }),
      sourcesWithLong,
    );
    const served = shown.filter(({ scores }) => (scores.goals ?? 0) > 0);
    expect(served.map(({ itemId }) => itemId)).toEqual(['paint']);
  });

  it('do not count for strategies without words', () => {
    const { items: found } = recommend(
      request({ strategy: 'collaborative' }),
      { ...serving('painting', 'running'), ...userSignals({ chosen: ['i0'] }) },
      sources,
    );
    expect(found.every(({ scores }) => scores.goals === undefined)).toBe(true);
  });
});

describe('streaks in the ranking', () => {
  it.each(
    vectors<{ streaks: { days: number; carried: number; share: number }[] }>('goals-and-streaks').streaks,
  )(
    'of $days days give a type that carried $carried of them $share of its score',
    ({ days, carried, share }) => {
      const user = userSignals({ chosen: ['i0'], streak: { days, carriedBy: { video: carried } } });
      const found = recommend(request(), user, only).items.find(({ itemId }) => itemId === 'i1');
      const { streak = 0, collaborative = 0 } = found?.scores ?? {};
      expect(streak / collaborative).toBeCloseTo(share, 9);
      expect(found?.reason).toMatch(new RegExp(`\\. Keeps your streak of ${days} days$`));
    },
  );

  it('decide between equals and do not overrule what is clearly wanted', () => {
    const user = (type: string) =>
      userSignals({ chosen: ['i0'], streak: { days: 7, carriedBy: { [type]: 1 } } });
    const idsOf = (type: string) =>
      recommend(request({ limit: 3 }), user(type), only).items.map(({ itemId }) => itemId);
    expect(idsOf('video')).toEqual(['i1', 'i2', 'i3']);
    expect(idsOf('article')).toEqual(['i2', 'i1', 'i3']);
  });

  it('name nothing by themselves', () => {
    const alone = userSignals({ streak: { days: 7, carriedBy: { video: 1 } } });
    expect(recommend(request(), alone, only).items).toEqual([]);
  });
});

describe('users without goals and streaks', () => {
  it('get what they got before, to the last digit, and parts always add up', () => {
    const anyUser = fc.record({
      chosen: fc.uniqueArray(fc.constantFrom('i0', 'i1', 'paint'), { maxLength: 3 }),
      interests: fc.subarray(['painting', 'running', 'nothing']),
      days: fc.integer({ min: 2, max: 40 }),
    });
    fc.assert(
      fc.property(anyUser, ({ chosen, interests, days }) => {
        const plain = recommend(request(), userSignals({ chosen, interests }), sources);
        expect(recommend(request(), userSignals({ chosen, interests, goals: [] }), sources)).toEqual(plain);
        const streak = { days, carriedBy: { course: 0.5, video: 0.5 } };
        const goals = [{ title: 'running', weight: 1.5 }];
        for (const { score, scores } of recommend(
          request(),
          userSignals({ chosen, interests, streak, goals }),
          sources,
        ).items) {
          const sum = Object.values(scores).reduce((total, part) => total + part, 0);
          expect(sum).toBeCloseTo(score, 9);
          expect(score).toBeLessThan(1);
        }
      }),
      { seed: 17, numRuns: 60 },
    );
  });
});
