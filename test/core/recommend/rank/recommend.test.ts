import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentModel } from '../../../../core/learn/lists/content-model.ts';
import type { HybridWeights } from '../../../../core/learn/types.ts';
import { diversify } from '../../../../core/recommend/rank/diversify.ts';
import { rankGiven } from '../../../../core/recommend/rank/rank-given.ts';
import { recommend } from '../../../../core/recommend/rank/recommend.ts';
import { similarItems } from '../../../../core/recommend/rank/similar-items.ts';
import type { Strategy } from '../../../../core/recommend/types.ts';
import { catalogItem, NOW, neighbours, request, sourcesOf, userSignals } from '../recommend-world.ts';

type Scored = [string, number][];
type BlendVector = {
  tolerance: number;
  history: string[];
  neighbours: Record<string, { collaborative: Scored; sequential: Scored; content: Scored }>;
  weights: HybridWeights;
  expected: { itemId: string; score: number; scores: Record<string, number>; through: string }[];
  diversity: {
    candidates: { itemId: string; score: number; tags: string[] }[];
    expected: Record<string, string[]>;
  };
};
const vector: BlendVector = JSON.parse(
  readFileSync(new URL('../../../vectors/blend.json', import.meta.url), 'utf8'),
);

const ids = (items: readonly { itemId: string }[]): string[] => items.map(({ itemId }) => itemId);
const world = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    catalogItem(`i${at}`, { type: at % 2 === 0 ? 'article' : 'video', tags: [`tag${at % 3}`] }),
  );
const items = world(12);
const fromFirst = new Map([
  [
    'i0',
    neighbours({
      collaborative: [
        ['i1', 0.9],
        ['i2', 0.5],
      ],
      sequential: [['i3', 0.8]],
      content: [['i6', 0.4]],
    }),
  ],
]);
const popular = [
  { itemId: 'i10', score: 1, count: 1204 },
  { itemId: 'i1', score: 0.5, count: 7 },
];
const trending = [{ itemId: 'i11', score: 0.6, count: 64, growth: 3.2 }];
const favourites = { power_user: [{ itemId: 'i9', score: 1, count: 12 }] };
const sources = sourcesOf(items, { neighbours: fromFirst, popular, trending, segmentFavourites: favourites });

describe('blend vectors', () => {
  it('weighs history and sources as worked by hand', () => {
    const known = [...vector.history, 'x', 'y'].map((id) => catalogItem(id));
    const lists = new Map(Object.entries(vector.neighbours).map(([id, all]) => [id, neighbours(all)]));
    const answer = recommend(
      request(),
      userSignals({
        history: vector.history.map((itemId) => ({ itemId, weight: 1, at: NOW })),
        interactionCount: 2,
      }),
      sourcesOf(known, { neighbours: lists, weights: vector.weights, newest: [] }),
    );
    const found = answer.items.slice(0, vector.expected.length);
    expect(ids(found)).toEqual(ids(vector.expected));
    found.forEach(({ score, scores, reason }, at) => {
      const expected = vector.expected[at]!;
      expect(Math.abs(score - expected.score)).toBeLessThanOrEqual(vector.tolerance);
      expect(Object.keys(scores).sort()).toEqual(Object.keys(expected.scores).sort());
      for (const [source, part] of Object.entries(expected.scores)) {
        expect(Math.abs(scores[source as 'content']! - part)).toBeLessThanOrEqual(vector.tolerance);
      }
      expect(reason).toContain(`'Title of ${expected.through}'`);
    });
  });

  it.each(Object.entries(vector.diversity.expected))('diversity %s', (diversity, expected) => {
    const candidates = vector.diversity.candidates.map(({ itemId, score, tags }) => ({
      itemId,
      score,
      item: catalogItem(itemId, { tags }),
    }));
    expect(ids(diversify(candidates, Number(diversity), new Map(), 3))).toEqual(expected);
  });
});

describe('the ladder', () => {
  it('names the mix of three or more last items the personalised hybrid', () => {
    const answer = recommend(request(), userSignals({ chosen: ['i0', 'i4', 'i5'] }), sources);
    expect([answer.rung, answer.nextRung, answer.items[0]!.rung]).toEqual([
      'personalised hybrid',
      '',
      'personalised hybrid',
    ]);
  });

  it('climbs down rung by rung and says what would lead up', () => {
    const rungs = [
      recommend(request(), userSignals({ chosen: ['i0'] }), sources),
      recommend(request(), userSignals({ segment: 'power_user' }), sources),
      recommend(request(), userSignals(), sources),
      recommend(request(), userSignals(), { ...sources, trending: [] }),
      recommend(request(), userSignals(), sourcesOf(items)),
    ];
    expect(rungs.map(({ rung }) => rung)).toEqual([
      'similar to the last items',
      'segment favourites',
      'trending',
      'popular',
      'newest',
    ]);
    expect(rungs[0]!.nextRung).toBe('Interactions with 2 more items unlock the personalised hybrid.');
    expect(rungs.every(({ nextRung }) => nextRung !== '')).toBe(true);
  });

  it('fills what the upper rungs leave, each item once, and never above them in score', () => {
    const answer = recommend(
      request({ limit: 100 }),
      userSignals({ chosen: ['i0'], segment: 'power_user' }),
      sources,
    );
    expect(ids(answer.items).slice(0, 7)).toEqual(['i3', 'i1', 'i2', 'i6', 'i9', 'i11', 'i10']);
    expect(new Set(ids(answer.items)).size).toBe(11);
    const scores = answer.items.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('starts from words where there is no history', () => {
    const garden = catalogItem('g', { title: 'Garden design', tags: ['garden'] });
    const withText = sourcesOf([...items, garden], {
      popular,
      contentModel: () => contentModel([...items, garden]),
    });
    const answer = recommend(request(), userSignals({ interests: ['gardens'] }), withText);
    expect([answer.items[0]!.itemId, answer.items[0]!.reason]).toEqual([
      'g',
      "Matches your interest in 'gardens'",
    ]);
    expect(answer.rung).toBe('personalised hybrid');
  });

  it('names an interest by its first 50 characters, and quotes no sentence about a project', () => {
    const garden = catalogItem('g', { title: 'Garden design', tags: ['garden'] });
    const withText = sourcesOf([...items, garden], {
      popular,
      contentModel: () => contentModel([...items, garden]),
    });
    const reasonOf = (term: string, sentences: string[]) =>
      recommend(request(), { ...userSignals({ interests: [term] }), sentences: new Set(sentences) }, withText)
        .items[0]!.reason;
    const sentence = 'Four generations, one garden. Who will water it now?';
    expect(reasonOf(sentence, [sentence])).toBe('Matches what you told about your project');
    expect(reasonOf(sentence, [])).toBe(
      "Matches your interest in 'Four generations, one garden. Who will water it n…'",
    );
  });

  it('follows the text of an item that came after the training', () => {
    const like = [
      catalogItem('old', { tags: ['roof', 'attic'] }),
      catalogItem('new', { tags: ['roof', 'attic'] }),
    ];
    const withText = sourcesOf([...items, ...like], {
      contentModel: () => contentModel([...items, like[0]!]),
    });
    const answer = recommend(request({ limit: 1 }), userSignals({ chosen: ['new'] }), withText);
    expect(answer.items[0]!.itemId).toBe('old');
    expect(answer.items[0]!.reason).toBe("Because you chose 'Title of new': both about roof, attic");
  });

  it('says why a list is empty', () => {
    expect(recommend(request(), userSignals(), sourcesOf([])).reason).toBe('The catalogue is empty.');
    expect(recommend(request({ types: ['none'] }), userSignals(), sources).reason).toMatch(
      /does not pass the filter/,
    );
    expect(recommend(request({ offset: 90 }), userSignals(), sources).reason).toBe(
      'The list ends before this page.',
    );
    expect(recommend(request(), userSignals(), sources).reason).toBe('');
  });
});

describe('history', () => {
  const two = new Map([
    ['i0', neighbours({ collaborative: [['i5', 0.5]] })],
    ['i1', neighbours({ collaborative: [['i6', 0.5]] })],
  ]);
  const first = (history: { itemId: string; weight: number; at: number }[]) =>
    recommend(request(), userSignals({ history }), sourcesOf(items, { neighbours: two })).items[0]!.itemId;

  it('counts the newest most: one click changes the next answer', () => {
    expect(
      first([
        { itemId: 'i0', weight: 1, at: NOW },
        { itemId: 'i1', weight: 1, at: NOW },
      ]),
    ).toBe('i5');
    expect(
      first([
        { itemId: 'i1', weight: 1, at: NOW },
        { itemId: 'i0', weight: 1, at: NOW },
      ]),
    ).toBe('i6');
  });

  it('counts strong feedback more than weak', () => {
    expect(
      first([
        { itemId: 'i0', weight: 1, at: NOW },
        { itemId: 'i1', weight: 5, at: NOW },
      ]),
    ).toBe('i6');
  });

  it('ignores negative feedback and repetitions', () => {
    expect(
      first([
        { itemId: 'i0', weight: -1, at: NOW },
        { itemId: 'i1', weight: 1, at: NOW },
      ]),
    ).toBe('i6');
    const repeated = Array.from({ length: 9 }, () => ({ itemId: 'i0', weight: 1, at: NOW }));
    const answer = recommend(
      request(),
      userSignals({ history: [...repeated, { itemId: 'i1', weight: 1, at: NOW }] }),
      sourcesOf(items, { neighbours: two }),
    );
    expect(answer.items.find(({ itemId }) => itemId === 'i6')!.scores.collaborative).toBeGreaterThan(0);
  });

  it('lets a preferred type rise and an avoided one fall, as a part of the score', () => {
    const likes = userSignals({ chosen: ['i0'], contentTypeAffinity: { video: 1, article: -1 } });
    const answer = recommend(request(), likes, sources).items;
    const byId = new Map(answer.map((one) => [one.itemId, one]));
    expect(byId.get('i1')!.scores.affinity).toBeGreaterThan(0);
    expect(byId.get('i2')!.scores.affinity).toBeLessThan(0);
  });
});

describe('consent', () => {
  it('reads nothing about a user who opted out', () => {
    const fail = (): never => {
      throw new Error('read something about the user');
    };
    const silent = { personalised: false, seen: fail, completed: fail, dismissed: fail };
    const optedOut = userSignals({
      chosen: ['i0', 'i4', 'i5'],
      segment: 'power_user',
      interests: ['tag1'],
      ...silent,
    });
    const answer = recommend(request(), optedOut, sources);
    expect(answer.items[0]!.rung).toBe('trending');
    expect(ids(answer.items)).toEqual(ids(recommend(request(), userSignals(), sources).items));
    expect(answer.reason).toMatch(/Personalisation is off/);
    expect(answer.nextRung).toMatch(/Allowing personalisation/);
    expect(rankGiven(['i1', 'i3'], optedOut, sources, NOW).map(({ itemId }) => itemId)).toEqual(['i1', 'i3']);
  });
});

describe('reasons', () => {
  const reasonOf = (strategy: Strategy, user = userSignals()) =>
    recommend(request({ strategy, limit: 1 }), user, sources).items[0]!.reason;
  const reader = userSignals({ chosen: ['i0'] });

  it('name the title or the number that carried the item', () => {
    expect(reasonOf('trending')).toBe(
      'Rising: 3.2 times as many views as in the same hours of the days before',
    );
    expect(reasonOf('popular')).toBe('Popular: chosen by 1,204 users');
    expect(reasonOf('hybrid', userSignals({ segment: 'power_user' }))).toBe(
      'A favourite of users like you (power user): chosen by 12 users',
    );
    expect(reasonOf('collaborative', reader)).toBe(
      "Because you chose 'Title of i0': others who did chose this too",
    );
    expect(reasonOf('sequential', reader)).toBe("Because you chose 'Title of i0': often chosen next");
    expect(reasonOf('content_based', reader)).toBe("Because you chose 'Title of i0': both about tag0");
  });
});

describe('any request', () => {
  const link = fc.tuple(
    fc.integer({ min: 0, max: 39 }).map((n) => `i${n}`),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
  );
  const lists = fc.record({
    collaborative: fc.array(link, { maxLength: 6 }),
    sequential: fc.array(link, { maxLength: 6 }),
    content: fc.array(link, { maxLength: 6 }),
  });
  const someIds = fc.uniqueArray(
    fc.integer({ min: 0, max: 39 }).map((n) => `i${n}`),
    { maxLength: 10 },
  );
  const situation = fc.record({
    chosen: someIds,
    completed: someIds,
    dismissed: someIds,
    exclude: someIds,
    expired: someIds,
    perItem: fc.array(lists, { minLength: 40, maxLength: 40 }),
    popular: someIds,
    trending: someIds,
    diversity: fc.constantFrom(0, 0.3, 1),
    strategy: fc.constantFrom<Strategy>(
      'hybrid',
      'collaborative',
      'content_based',
      'trending',
      'sequential',
      'popular',
    ),
    types: fc.constantFrom(undefined, ['video']),
    includeSeen: fc.boolean(),
  });
  const ranked = (list: readonly string[]) =>
    list.map((itemId, at) => ({ itemId, score: 1 / (at + 1), count: 9 }));
  type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

  function build(given: Situation) {
    const all = world(40).map((item) =>
      given.expired.includes(item.itemId) ? { ...item, expiresAt: '2020-01-01T00:00:00Z' } : item,
    );
    const user = userSignals({
      chosen: given.chosen,
      completed: (id) => given.completed.includes(id),
      dismissed: (id) => given.dismissed.includes(id),
    });
    const stored = new Map(given.perItem.map((one, at) => [`i${at}`, neighbours(one)]));
    const from = sourcesOf(all, {
      neighbours: stored,
      popular: ranked(given.popular),
      trending: ranked(given.trending),
    });
    const { diversity, strategy, types, includeSeen, exclude } = given;
    return { all, user, from, base: request({ diversity, strategy, types, includeSeen, exclude }) };
  }

  it('gets only eligible items, each once, with parts that add up to a score in 0-1', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { user, from, base } = build(given);
        const answer = recommend({ ...base, limit: 40 }, user, from);
        const found = ids(answer.items);
        const over = [...given.dismissed, ...given.exclude, ...given.expired];
        const done = given.includeSeen ? [] : [...given.chosen, ...given.completed];
        expect(found.filter((id) => over.includes(id) || done.includes(id))).toEqual([]);
        expect(new Set(found).size).toBe(found.length);
        for (const { item, score, scores, confidence, reason } of answer.items) {
          const sum = Object.values(scores).reduce((total, part) => total + part, 0);
          expect(sum).toBeCloseTo(score, 9);
          expect(score >= 0 && score <= 1 && confidence >= 0 && confidence <= 1 && reason !== '').toBe(true);
          expect(given.types === undefined || item.type === 'video').toBe(true);
        }
        expect(found.length > 0 || answer.reason !== '').toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('leaves out nothing eligible and pages without gaps or repetitions', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 1, max: 15 }), (given, limit) => {
        const { user, from, base } = build(given);
        const whole = recommend({ ...base, limit: 40 }, user, from);
        const pages: string[] = [];
        for (let offset = 0; offset < 45; offset += limit) {
          pages.push(...ids(recommend({ ...base, limit, offset }, user, from).items));
        }
        expect(pages).toEqual(ids(whole.items));
        const done = given.includeSeen ? [] : [...given.chosen, ...given.completed];
        const over = new Set([...given.dismissed, ...given.exclude, ...given.expired, ...done]);
        const eligible = world(40).filter(
          ({ itemId, type }) => !over.has(itemId) && (given.types === undefined || type === 'video'),
        );
        expect(pages).toHaveLength(eligible.length);
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it('ranks a given list without losing, adding or inventing', () => {
    fc.assert(
      fc.property(
        situation,
        fc.array(
          fc.integer({ min: 0, max: 45 }).map((n) => `i${n}`),
          { maxLength: 30 },
        ),
        (given, list) => {
          const { user, from } = build(given);
          const answer = rankGiven(list, user, from, NOW);
          expect(ids(answer).sort()).toEqual([...list].sort());
          const known = answer.map((one) => one.known);
          expect(known).toEqual([...known].sort((a, b) => Number(b) - Number(a)));
          for (const { itemId, score, scores, ...one } of answer) {
            expect(one.known).toBe(Number(itemId.slice(1)) < 40);
            expect(Object.values(scores).reduce((total, part) => total + part, 0)).toBeCloseTo(score, 9);
          }
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('rankGiven', () => {
  it('puts personal evidence first, then what is popular, then the rest as given, the unknown last', () => {
    const answer = rankGiven(
      ['nope', 'i8', 'i7', 'i10', 'i3'],
      userSignals({ chosen: ['i0'] }),
      sources,
      NOW,
    );
    expect(ids(answer)).toEqual(['i3', 'i10', 'i8', 'i7', 'nope']);
    expect(answer.map(({ known }) => known)).toEqual([true, true, true, true, false]);
  });
});

describe('similarItems', () => {
  it('mixes the stored lists, with reasons, without the item itself and expired ones', () => {
    const some = [
      ...items.slice(0, 3),
      catalogItem('i3', { expiresAt: '2020-01-01T00:00:00Z' }),
      ...items.slice(4),
    ];
    const answer = similarItems('i0', 5, sourcesOf(some, { neighbours: fromFirst }), NOW);
    expect(ids(answer.items)).toEqual(['i1', 'i2', 'i6']);
    expect(answer.items.map(({ reason }) => reason)).toEqual([
      "Chosen by those who chose 'Title of i0'",
      "Chosen by those who chose 'Title of i0'",
      'Both about tag0',
    ]);
  });

  it('says so where nothing is similar', () => {
    expect(similarItems('i5', 5, sources, NOW)).toEqual({
      items: [],
      reason: 'No item shares users or content with this one yet.',
    });
  });
});
