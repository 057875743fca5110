import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { DAY } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';
import { someItems } from '../../support/sample-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: someItems(12) }, claims: asAdmin() });
});
afterAll(() => engine.close());

const metricsOf = (userId: string) =>
  engine.good('getUserMetrics', { params: { userId }, claims: asUser(userId) });

const track = (userId: string, body: object) =>
  engine.good('trackInteraction', { body, claims: asUser(userId) });

const shownTo = async (userId: string): Promise<string[]> => {
  const list = await engine.good('getRecommendations', {
    params: { userId },
    query: { limit: '5' },
    claims: asUser(userId),
  });
  return list.map(({ recommendationId }: { recommendationId: string }) => recommendationId);
};

const respond = (userId: string, recommendationId: string, feedback: string) =>
  engine.good('recordRecommendationFeedback', {
    params: { userId },
    body: { recommendationId, feedback },
    claims: asUser(userId),
  });

describe('GET /personalization/metrics/{userId}', () => {
  it('says of an unknown user that nothing is known, and invents no rates', async () => {
    expect(await metricsOf('nobody')).toMatchObject({
      engagement: { level: 1, mean: null, interactions: 0, trend: 'new' },
      clickThrough: { rate: null, shown: 0, reason: 'No recommendation was shown in the last 30 days' },
      satisfaction: { score: null, ratings: 0, feedbacks: 0 },
      since: null,
      reason: 'Nothing is known of this user yet',
    });
  });

  it('counts what was shown and what became of it, each element once', async () => {
    const [first, second, third] = (await shownTo('ada')) as [string, string, string];
    expect((await metricsOf('ada')).clickThrough).toMatchObject({ rate: 0, shown: 5, clicked: 0 });
    await respond('ada', first, 'clicked');
    await respond('ada', first, 'clicked');
    await respond('ada', second, 'converted');
    await respond('ada', third, 'dismissed');
    expect((await metricsOf('ada')).clickThrough).toEqual({
      rate: 0.4,
      shown: 5,
      clicked: 2,
      converted: 1,
      dismissed: 1,
    });
    expect((await metricsOf('bob')).clickThrough.shown).toBe(0);
  });

  it('measures satisfaction by ratings and by what feedback says', async () => {
    const rate = (rating: number) =>
      engine.good('recordFeedback', {
        body: { target: { kind: 'course', id: 'course-101' }, rating },
        claims: asUser('cleo'),
      });
    await rate(5);
    await rate(4);
    expect((await metricsOf('cleo')).satisfaction).toEqual({
      score: 0.875,
      averageRating: 4.5,
      ratings: 2,
      averageSentiment: null,
      feedbacks: 0,
    });
    await engine.good('recordFeedback', {
      body: { target: { kind: 'course', id: 'course-102' }, text: 'Awful, I hate it' },
      claims: asUser('cleo'),
    });
    const { score, feedbacks } = (await metricsOf('cleo')).satisfaction;
    expect(feedbacks).toBe(1);
    expect(score).toBeLessThan(0.875);
  });

  it('tells how much is done now, and forgets nothing of before', async () => {
    for (const days of [20, 12, 3, 2, 1])
      await track('dora', {
        type: 'view',
        contentId: 'course-101',
        contentType: 'course',
        occurredAt: engine.clock.iso(-days * DAY),
      });
    const { engagement, since } = await metricsOf('dora');
    expect(engagement).toMatchObject({ interactions: 5, interactionsLast7Days: 3, trend: 'steady' });
    expect(since.slice(0, 10)).toBe(engine.clock.iso(-20 * DAY).slice(0, 10));
  });

  it('reads nothing of a user who opted out', async () => {
    await track('eve', { type: 'view', contentId: 'course-101', contentType: 'course' });
    await engine.good('updateProfile', { params: { userId: 'eve' }, body: {}, claims: asUser('eve') });
    const store = profileStore(engine.database);
    const profile = (await store.get('eve'))!;
    const privacy = { ...profile.privacy, optOut: true };
    await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
    expect(await metricsOf('eve')).toMatchObject({
      engagement: { interactions: 0, mean: null },
      since: null,
      reason: expect.stringContaining('opted out'),
    });
  });
});
