import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';
import { recommendationId as anId, someItems } from '../../support/sample-world.ts';

let engine: Engine;

type Found = {
  contentId: string;
  recommendationId: string;
  rung: string;
  reason: string;
  contentType: string;
};

const admin = asAdmin();
const track = (sub: string, type: string, contentId: string) =>
  engine.good('trackInteraction', { body: { type, contentId }, claims: asUser(sub) });
const get = async (sub: string, query?: Record<string, string>) =>
  engine.call('getRecommendations', { params: { userId: sub }, query, claims: asUser(sub) });
const request = (sub: string, options: object = {}) =>
  engine.good('requestRecommendations', { body: { options }, claims: asUser(sub) });
const idsOf = (found: Found[]) => found.map(({ contentId }) => contentId);
const all = async (sub: string, options: object = {}) =>
  idsOf((await request(sub, { limit: 100, ...options })).recommendations);

beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: someItems(12) }, claims: admin });
});
afterAll(() => engine.close());

describe('GET /recommendations/{userId}', () => {
  it('answers a bare array with its provenance in the headers, every element with rung, reason and score parts', async () => {
    await track('ada', 'view', 'course-103');
    const { body, headers } = await get('ada', { limit: '5' });
    expect(body).toHaveLength(5);
    for (const found of body) {
      expect(found.reason.length).toBeGreaterThan(5);
      expect(found.rung).toBeTruthy();
      const parts = Object.values(found.scores as Record<string, number>).reduce(
        (sum, part) => sum + part,
        0,
      );
      expect(parts).toBeCloseTo(found.relevanceScore, 1);
      expect(found.recommendationId.startsWith(headers['Attune-Decision-Id'])).toBe(true);
    }
    expect(headers).toMatchObject({ 'Attune-Source': 'computed', 'Attune-Rung': body[0].rung });
    expect(Date.parse(headers['Attune-Generated-At'] ?? '')).toBeGreaterThan(0);
  });

  it('keeps its decision while nothing changes, and makes a new one after a click', async () => {
    await track('bob', 'view', 'course-103');
    const [first, second] = [await get('bob'), await get('bob')];
    expect(second.headers['Attune-Decision-Id']).toBe(first.headers['Attune-Decision-Id']);
    expect(second.body).toEqual(first.body);
    const clicked = first.body[3] as Found;
    await engine.good('recordRecommendationFeedback', {
      params: { userId: 'bob' },
      body: { recommendationId: clicked.recommendationId, feedback: 'clicked' },
      claims: asUser('bob'),
    });
    const third = await get('bob');
    expect(third.headers['Attune-Decision-Id']).not.toBe(first.headers['Attune-Decision-Id']);
    expect(idsOf(third.body)).not.toContain(clicked.contentId);
    expect(idsOf(third.body)).not.toEqual(idsOf(first.body));
    expect(third.body[0].reason).toContain(clicked.contentId.replace(/-/, ' number '));
  });

  it('keeps one decision for each place that asks', async () => {
    const id = async (context: string) => (await get('bob', { context })).headers['Attune-Decision-Id'];
    const [home, page] = [await id('home'), await id('page')];
    expect(home).not.toBe(page);
    expect(await id('home')).toBe(home);
  });

  it.each(['content_based', 'collaborative', 'trending', 'sequential', 'popular', 'hybrid'])(
    'knows the type %s',
    async (type) => {
      const { status, body } = await get('ada', { type });
      expect([status, body.length > 0, body.every((found: { type: string }) => found.type === type)]).toEqual(
        [200, true, true],
      );
    },
  );

  it('falls back to the newest for a user about whom nothing is known', async () => {
    const { body, headers } = await get('stranger');
    expect([body.length, headers['Attune-Rung']]).toEqual([20, 'newest']);
  });
});

describe('what is recommended', () => {
  it('is not what was seen, completed or dismissed; seen comes back when asked for, dismissed never', async () => {
    await track('cat', 'view', 'course-101');
    await track('cat', 'complete', 'course-102');
    await track('cat', 'dismiss', 'course-103');
    const fresh = await all('cat');
    expect(fresh).toHaveLength(21);
    for (const gone of ['course-101', 'course-102', 'course-103']) expect(fresh).not.toContain(gone);
    const withSeen = await all('cat', { include_seen: true });
    expect(withSeen).toEqual(expect.arrayContaining(['course-101', 'course-102']));
    expect(withSeen).not.toContain('course-103');
  });

  it('is of the wanted types, tags and attributes, without what is excluded', async () => {
    const projects = await all('dan', { types: ['project'] });
    expect([projects.length, projects.every((id) => id.startsWith('project-'))]).toEqual([12, true]);
    expect((await all('dan', { filter: { tags: ['tag-0'] } })).length).toBe(8);
    expect((await all('dan', { filter: { attributes: { language: 'en' } } })).length).toBe(12);
    expect((await all('dan', { filter: { attributes: { language: ['en', 'nl'] } } })).length).toBe(24);
    expect(await all('dan', { filter: { attributes: { constructor: 'x' } } })).toEqual([]);
    expect(await all('dan', { types: ['project'], exclude: projects.slice(2) })).toEqual(
      projects.slice(0, 2),
    );
  });

  it('comes in pages without gaps and repetitions', async () => {
    await track('dan', 'view', 'course-104');
    const whole = await all('dan');
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await request('dan', { limit: 5, ...(cursor ? { cursor } : {}) });
      paged.push(...idsOf(page.recommendations));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  it('says why it is empty', async () => {
    const none = await request('dan', { types: ['no-such-type'] });
    expect(none).toMatchObject({
      recommendations: [],
      nextCursor: null,
      reason: expect.stringMatching(/filter/),
    });
    const { recommendations, reason } = await engine.good('getContentRecommendations', {
      query: { type: 'no-such-type' },
      claims: asUser('dan'),
    });
    expect([recommendations, typeof reason]).toEqual([[], 'string']);
  });

  it('follows the catalogue: new items come, deleted and expired ones go, within seconds', async () => {
    const soon = engine.clock.iso(60 * SECOND);
    const body = { type: 'course', title: 'Short-lived', expiresAt: soon };
    await engine.good('putCatalogItem', { params: { itemId: 'short-lived' }, body, claims: admin });
    await engine.good('putCatalogItem', {
      params: { itemId: 'doomed' },
      body: { type: 'course', title: 'Doomed' },
      claims: admin,
    });
    engine.clock.advance(6 * SECOND);
    expect(await all('eve')).toEqual(expect.arrayContaining(['short-lived', 'doomed']));
    await engine.good('deleteCatalogItem', { params: { itemId: 'doomed' }, claims: admin });
    engine.clock.advance(6 * SECOND);
    expect(await all('eve')).not.toContain('doomed');
    expect(await all('eve')).toContain('short-lived');
    engine.clock.advance(60 * SECOND);
    expect(await all('eve')).not.toContain('short-lived');
  });

  it('is diverse when asked for, and still the same set', async () => {
    await track('fay', 'view', 'course-101');
    const [plain, diverse] = [await all('fay'), await all('fay', { diversity: 1 })];
    expect(new Set(diverse)).toEqual(new Set(plain));
    expect(diverse).not.toEqual(plain);
  });
});

describe('GET /personalization/recommendations', () => {
  it('answers content of the named types, in the words of a page', async () => {
    const { recommendations, rung, source } = await engine.good('getContentRecommendations', {
      query: { type: 'project, nothing', limit: '3' },
      claims: asUser('gil'),
    });
    expect([recommendations.length, rung, source]).toEqual([3, 'newest', 'computed']);
    for (const found of recommendations) {
      expect(found).toMatchObject({
        type: 'project',
        title: expect.any(String),
        matchReason: expect.any(String),
        engagementRate: 0,
      });
    }
  });

  it('may be asked by a service for a user', async () => {
    await track('hal', 'view', 'course-105');
    const headers = { 'x-user-id': 'hal' };
    const { recommendations } = await engine.good('getContentRecommendations', {
      query: { limit: '100' },
      headers,
      claims: asService(),
    });
    expect(recommendations.map(({ id }: { id: string }) => id)).not.toContain('course-105');
  });
});

describe('feedback on a recommendation', () => {
  const say = (sub: string, body: object) =>
    engine.call('recordRecommendationFeedback', { params: { userId: sub }, body, claims: asUser(sub) });

  it('finds its content by the recommendation alone, for each word', async () => {
    const words = ['clicked', 'dismissed', 'converted', 'liked', 'disliked'];
    const { body: shown } = await get('ida', { limit: '5' });
    for (const [at, feedback] of words.entries()) {
      const { recommendationId, contentId } = shown[at] as Found;
      expect(await say('ida', { recommendationId, feedback })).toMatchObject({
        status: 201,
        body: { success: true, contentId },
      });
    }
    const { items } = await engine.good('listInteractions', {
      params: { userId: 'ida' },
      claims: asUser('ida'),
    });
    expect(items.map(({ type }: { type: string }) => type)).toEqual([
      'dislike',
      'like',
      'converted',
      'dismiss',
      'click',
    ]);
    expect(items[4]).toMatchObject({
      recommendationId: shown[0].recommendationId,
      position: 0,
      contentType: shown[0].contentType,
    });
    const later = idsOf((await get('ida')).body);
    for (const { contentId } of shown as Found[]) expect(later).not.toContain(contentId);
  });

  it('is refused for another content than was shown there, and unknown to another user', async () => {
    const { body: shown } = await get('jan');
    const { recommendationId, contentId } = shown[0] as Found;
    const other = (shown[1] as Found).contentId;
    expectRefused(await say('jan', { recommendationId, contentId: other, feedback: 'clicked' }), 'contentId');
    expect((await say('jan', { recommendationId, contentId, feedback: 'clicked' })).status).toBe(201);
    expectProblem(await say('kim', { recommendationId, feedback: 'clicked' }), 'not-found');
    const beyond = recommendationId.replace(/\d+$/, '99');
    expectProblem(await say('jan', { recommendationId: beyond, feedback: 'clicked' }), 'not-found');
    expect(
      (await say('kim', { recommendationId: anId, contentId, feedback: 'liked', rating: 5 })).status,
    ).toBe(201);
  });
});

describe('ranking a list that the caller brings', () => {
  it('gives back the same ids, the unknown last and marked', async () => {
    await track('lea', 'view', 'course-101');
    const contentIds = ['nothing-1', 'course-105', 'course-106', 'nothing-2', 'project-101', 'course-106'];
    const { items, source, decisionId } = await engine.good('rankContent', {
      body: { contentIds },
      claims: asUser('lea'),
    });
    const ranked: string[] = items.map(({ contentId }: { contentId: string }) => contentId);
    expect([...new Set(ranked)].sort()).toEqual([...new Set(contentIds)].sort());
    expect(items.slice(-2).map(({ known }: { known: boolean }) => known)).toEqual([false, false]);
    expect(items.slice(0, -2).every(({ known }: { known: boolean }) => known)).toBe(true);
    const scores: number[] = items.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect([source, typeof decisionId]).toEqual(['computed', 'string']);
    expect(ranked[0]).toMatch(/course-106|project-101/);
  });
});

describe('similar items', () => {
  it('come with reasons, best first, without the item itself', async () => {
    const { items } = await engine.good('listSimilar', {
      params: { contentId: 'course-101' },
      query: { limit: '5' },
      claims: asUser('x'),
    });
    expect(items).toHaveLength(5);
    const ids = items.map(({ contentId }: { contentId: string }) => contentId);
    expect(ids).not.toContain('course-101');
    expect(ids).toContain('project-101');
    for (const { reason, similarity } of items) {
      expect(reason.length).toBeGreaterThan(5);
      expect(similarity).toBeGreaterThan(0);
    }
    const values: number[] = items.map(({ similarity }: { similarity: number }) => similarity);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});
