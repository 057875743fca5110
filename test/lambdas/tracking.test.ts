import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { asService, asUser } from '../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const track = (sub: string, body: object, route = 0) =>
  engine.good('trackInteraction', { body, route, claims: asUser(sub) });
const list = (sub: string, query?: Record<string, string>) =>
  engine.good('listInteractions', { params: { userId: sub }, query, claims: asUser(sub) });
const profile = (sub: string) => engine.good('getProfile', { params: { userId: sub }, claims: asUser(sub) });
const bulk = (body: object, claims = asService()) => engine.good('trackInteractions', { body, claims });
const ids = ({ items }: { items: { interactionId: string }[] }) =>
  items.map(({ interactionId }) => interactionId);

describe('one interaction', () => {
  it('is seen by the next read, by each of the three routes', async () => {
    for (const route of [0, 1, 2]) {
      const tracked = await track('ada', { type: 'view', contentId: `c-${route}` }, route);
      const known = await profile('ada');
      expect(known.analytics.interactions).toBe(route + 1);
      expect(tracked.updatedProfile).toEqual({
        engagementLevel: known.engagementLevel,
        personalizationScore: known.personalizationScore,
      });
      expect(ids(await list('ada'))[0]).toBe(tracked.interactionId);
    }
  });

  it('is read back as it was sent, in the words of the engine', async () => {
    const occurredAt = engine.clock.iso(-HOUR);
    const sent = {
      interactionId: 'full',
      contentId: 'c-1',
      feature: 'player',
      value: 3.5,
      rating: 4,
      completionRate: 0.5,
      scrollDepth: 0.8,
      clicksCount: 2,
      feedback: 'positive',
      sessionId: 's-1',
      context: { page: 'home', deep: { a: [1, null] } },
      recommendationId: 'r-1',
      position: 3,
      occurredAt,
    };
    const clients = {
      action: 'Video Watched',
      timeSpent: 42,
      contentType: 'Video',
      device: { type: 'Mobile', os: 'x' },
      later: 'field',
    };
    await track('bob', { ...sent, ...clients });
    const stored = {
      type: 'video_watched',
      durationMs: 42_000,
      contentType: 'video',
      device: 'mobile',
      sentiment: 1,
      userId: 'bob',
    };
    expect((await list('bob')).items).toEqual([{ ...sent, ...stored }]);
  });

  it('shows more engagement the more was done', async () => {
    const engagement = async (body: object) => (await track('cat', body)).engagement;
    const plain = await engagement({ type: 'view', durationMs: 1_000, scrollDepth: 0.1 });
    const long = await engagement({ type: 'view', durationMs: 90_000, scrollDepth: 0.9 });
    const whole = await engagement({
      type: 'complete',
      durationMs: 90_000,
      scrollDepth: 0.9,
      completionRate: 1,
      rating: 5,
    });
    expect(0 < plain && plain < long && long < whole && whole <= 1).toBe(true);
  });

  it('is counted beside others of the same user at the same moment', async () => {
    const calls = Array.from({ length: 8 }, (_, at) =>
      track('many', { interactionId: `p-${at}`, type: 'view' }),
    );
    expect(new Set((await Promise.all(calls)).map(({ interactionId }) => interactionId)).size).toBe(8);
    expect((await profile('many')).analytics.interactions).toBe(8);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'may carry the name "%s" anywhere',
    async (name) => {
      const sub = `user-of-${name}`;
      const body = {
        type: name,
        contentId: name,
        contentType: name,
        feature: name,
        device: name,
        feedback: name,
        sessionId: name,
      };
      await track(sub, body);
      await engine.good('recordContentPreference', {
        body: { contentType: name, success: true },
        claims: asUser(sub),
      });
      await engine.good('recordFeatureUsage', { body: { feature: name }, claims: asUser(sub) });
      expect((await profile(sub)).analytics.interactions).toBe(3);
      const { features } = await engine.good('listFrequentFeatures', {
        params: { userId: sub },
        claims: asUser(sub),
      });
      expect(features).toEqual([name]);
      expect((await list(sub)).items).toHaveLength(3);
      expect(
        await engine.call('getRecommendations', { params: { userId: sub }, claims: asUser(sub) }),
      ).toMatchObject({ status: 200 });
    },
  );
});

describe('the list of interactions', () => {
  const at = (hoursAgo: number) => engine.clock.iso(-hoursAgo * HOUR);
  let noon: string;

  beforeAll(async () => {
    noon = at(12);
    const interactions = Array.from({ length: 25 }, (_, hour) => ({
      interactionId: `h-${String(hour).padStart(2, '0')}`,
      type: hour % 2 === 0 ? 'view' : 'click',
      contentType: hour % 5 === 0 ? 'video' : 'course',
      occurredAt: hour === 12 ? noon : at(hour),
    }));
    const mixed = [...interactions].sort(
      (a, b) => a.interactionId.charCodeAt(3) - b.interactionId.charCodeAt(3),
    );
    await bulk({ userId: 'dan', interactions: mixed });
    expect(await engine.drainQueue()).toBe(0);
  });
  const hours = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => `h-${String(from + at).padStart(2, '0')}`);

  it('is newest first, in pages', async () => {
    const first = await list('dan', { limit: '10' });
    expect(ids(first)).toEqual(hours(0, 9));
    await track('dan', { interactionId: 'meanwhile', type: 'view' });
    const second = await list('dan', { limit: '10', cursor: first.nextCursor });
    const third = await list('dan', { limit: '10', cursor: second.nextCursor });
    expect([ids(second), ids(third), third.nextCursor]).toEqual([hours(10, 19), hours(20, 24), null]);
    expect(ids(await list('dan', { limit: '1' }))).toEqual(['meanwhile']);
  });

  it('is filtered by type in any case, kind of content, and time, bounds included', async () => {
    expect(ids(await list('dan', { type: 'Click', limit: '3' }))).toEqual(['h-01', 'h-03', 'h-05']);
    expect(ids(await list('dan', { contentType: 'Video' }))).toEqual([
      'h-00',
      'h-05',
      'h-10',
      'h-15',
      'h-20',
    ]);
    expect(ids(await list('dan', { to: noon, limit: '2' }))).toEqual(['h-12', 'h-13']);
    expect(ids(await list('dan', { from: noon, type: 'view' }))).toContain('h-12');
    expect(ids(await list('dan', { from: noon }))).not.toContain('h-13');
    expect(await list('dan', { type: 'purchase' })).toMatchObject({
      items: [],
      nextCursor: null,
      reason: expect.any(String),
    });
  });

  it('pages within a filter', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { interactionId: string }[]; nextCursor: string | null } = await list('dan', {
        type: 'click',
        limit: '5',
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...ids(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(hours(0, 24).filter((_, hour) => hour % 2 === 1));
  });

  it('is empty, with a reason, for a user about whom nothing is known', async () => {
    expect(await list('stranger')).toMatchObject({ items: [], nextCursor: null, reason: expect.any(String) });
  });
});

describe('a bulk call', () => {
  it('is accepted before it is counted, and counted by the worker', async () => {
    const interactions = [
      { type: 'view', userId: 'eve' },
      { type: 'view', rating: 7 },
      'nonsense',
      { type: 'click', userId: 'fay' },
    ];
    const answer = await bulk({ interactions });
    expect(answer).toMatchObject({ accepted: 2, batchId: expect.any(String) });
    expect(answer.rejected.map(({ index }: { index: number }) => index)).toEqual([1, 2]);
    expect((await list('eve')).items).toEqual([]);
    expect(await engine.drainQueue()).toBe(0);
    expect([(await list('eve')).items.length, (await list('fay')).items.length]).toEqual([1, 1]);
  });

  it('carries every character there is', async () => {
    const feedback = 'Grün 😀 𐀀 \u0000\u001f\u2028 \ufffd "quoted" \\';
    const interactions = Array.from({ length: 60 }, (_, at) => ({
      interactionId: `u-${String(at).padStart(2, '0')}`,
      type: 'feedback',
      feedback: feedback + '😀'.repeat(1_200),
    }));
    expect(await bulk({ userId: 'uma', interactions })).toMatchObject({ accepted: 60 });
    expect(await engine.drainQueue()).toBe(0);
    const { items } = await list('uma', { limit: '100' });
    expect(items).toHaveLength(60);
    expect(items[0].feedback).toBe(feedback + '😀'.repeat(1_200));
  });

  it('of a user may name only that user', async () => {
    const interactions = [{ type: 'view', userId: 'gil' }, { type: 'view', userId: 'ada' }, { type: 'view' }];
    const { accepted, rejected } = await bulk({ interactions }, asUser('gil'));
    expect([accepted, rejected.map(({ index }: { index: number }) => index)]).toEqual([2, [1]]);
  });

  it('takes 5,000 at once and counts each once, delivered twice', async () => {
    const interactions = Array.from({ length: 5_000 }, (_, at) => ({
      interactionId: `b-${at}`,
      userId: `bulk-${at % 10}`,
      type: 'view',
      contentId: `c-${at % 50}`,
    }));
    for (let time = 0; time < 2; time += 1) {
      expect(await bulk({ interactions })).toMatchObject({ accepted: 5_000, rejected: [] });
      expect(await engine.drainQueue()).toBe(0);
    }
    for (const user of [0, 9]) expect((await profile(`bulk-${user}`)).analytics.interactions).toBe(500);
  });
});

describe('features', () => {
  it('are ordered by recency-weighted use, with how often each was used', async () => {
    const use = (feature: string, daysAgo: number) => ({
      type: 'feature_use',
      feature,
      occurredAt: engine.clock.iso(-daysAgo * DAY),
    });
    await bulk({
      userId: 'hal',
      interactions: [...Array(4).fill(use('once loved', 120)), use('new', 1), use('new', 0)],
    });
    await engine.drainQueue();
    await engine.good('recordFeatureUsage', { body: { feature: 'tried' }, claims: asUser('hal') });
    const frequent = (limit?: string) =>
      engine.good('listFrequentFeatures', {
        params: { userId: 'hal' },
        query: limit ? { limit } : undefined,
        claims: asUser('hal'),
      });
    expect(await frequent()).toEqual({
      features: ['new', 'tried', 'once loved'],
      counts: { new: 2, tried: 1, 'once loved': 4 },
    });
    expect((await frequent('1')).features).toEqual(['new']);
    const none = await engine.good('listFrequentFeatures', {
      params: { userId: 'stranger' },
      claims: asUser('stranger'),
    });
    expect(none).toMatchObject({ features: [], reason: expect.any(String) });
  });
});

describe('content preferences', () => {
  it('score what works above what does not, and above what is not known', async () => {
    const say = async (contentType: string, success: boolean) =>
      (
        await engine.good('recordContentPreference', {
          body: { contentType, success },
          claims: asUser('ida'),
        })
      ).contentPreference;
    await say('Video', true);
    await say('video', true);
    const video = await say('video', false);
    const text = await say('text', false);
    expect(video).toMatchObject({ contentType: 'video', successes: 2, failures: 1 });
    expect(text).toMatchObject({ contentType: 'text', successes: 0, failures: 1 });
    expect(text.score).toBeLessThan(0.5);
    expect(video.score).toBeGreaterThan(0.5);
    expect((await profile('ida')).contentPreferences).toEqual([video, text]);
  });
});

describe('feedback', () => {
  const say = (body: object) =>
    engine.good('recordFeedback', {
      body: { target: { kind: 'course', id: 'c-1' }, ...body },
      claims: asUser('jan'),
    });

  it('gets a sentiment from its words, unless one is stated', async () => {
    expect(await say({ text: 'Clear and well paced, I love it' })).toMatchObject({
      sentiment: { label: 'positive' },
    });
    expect(await say({ text: 'Terrible, boring and a waste of time' })).toMatchObject({
      sentiment: { label: 'negative' },
    });
    expect(await say({ text: 'It is a course about types' })).toMatchObject({
      sentiment: { label: 'neutral' },
    });
    expect(await say({ text: 'I love it', sentiment: 'negative' })).toMatchObject({
      sentiment: { score: -1, label: 'negative' },
    });
    expect(await say({ rating: 5 })).toMatchObject({ sentiment: null });
    const { items } = await list('jan');
    expect(items[0]).toMatchObject({ type: 'feedback', contentId: 'c-1', contentType: 'course', rating: 5 });
    expect(items.map(({ sentiment }: { sentiment?: number }) => Math.sign(sentiment ?? 9))).toEqual([
      1, -1, 0, -1, 1,
    ]);
    expect(items[1]).toMatchObject({ feedback: 'negative', context: { text: 'I love it' } });
  });
});
