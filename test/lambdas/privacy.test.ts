import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import type { Privacy } from '../../core/profile/stored-profile.ts';
import { SECOND } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { asUser, type TestRequest } from '../support/http-event.ts';
import { seedWorld } from '../support/sample-world.ts';

let engine: Engine;
let before: Map<string, string>;

const GIVEN = { analytics: true, personalization: true, ai: true };
const STANDARD: Privacy = { level: 'standard', consents: GIVEN, optOut: false };

const set = async (privacy: Partial<Privacy>) => {
  const store = profileStore(engine.database);
  const profile = (await store.get('ada'))!;
  await store.put(
    { ...profile, privacy: { ...STANDARD, ...privacy }, version: profile.version + 1 },
    profile.version,
  );
};

beforeAll(async () => {
  engine = await startEngine();
  await seedWorld(engine);
  engine.clock.advance(6 * SECOND);
});
afterAll(() => engine.close());

const ask = (operationId: string, request: TestRequest = {}) =>
  engine.call(operationId, { params: { userId: 'ada' }, claims: asUser('ada'), ...request });

const WITHOUT: readonly (readonly [string, Partial<Privacy>])[] = [
  ['who opted out', { optOut: true }],
  ['at the strict level', { level: 'strict' }],
  ['without any consent', { consents: { analytics: false, personalization: false, ai: false } }],
];

describe.each(WITHOUT)('a user %s', (_, privacy) => {
  beforeEach(async () => {
    await set(privacy);
    before = await engine.scan();
  });

  const nothingStored = async () => {
    expect(await engine.drainQueue()).toBe(0);
    expect(await engine.scan()).toEqual(before);
  };

  it('gets the answer for everybody, with the reason, and no trace of it is kept', async () => {
    const stranger = await engine.call('getRecommendations', {
      params: { userId: 'x' },
      claims: asUser('x'),
    });
    before = await engine.scan();
    const { body, headers } = await ask('getRecommendations');
    expect(headers).toMatchObject({
      'Attune-Source': 'fallback',
      'Attune-Reason': expect.stringMatching(/same for everybody/),
    });
    const ids = (some: { contentId: string }[]) => some.map(({ contentId }) => contentId);
    expect(ids(body)).toEqual(ids(stranger.body));
    const [content, requested, ranked] = [
      await ask('getContentRecommendations'),
      await ask('requestRecommendations', { body: {} }),
      await ask('rankContent', { body: { contentIds: ['course-101', 'course-103'] } }),
    ];
    for (const answer of [content, requested, ranked]) {
      expect(answer.body).toMatchObject({ source: 'fallback', reason: expect.stringMatching(/./) });
    }
    await nothingStored();
  });

  it('leaves nothing by what is tracked, with the reason', async () => {
    const session = { sessionId: 's', startedAt: engine.clock.iso(-60 * SECOND), device: 'mobile' };
    const calls: [string, object][] = [
      ['trackInteraction', { type: 'view', contentId: 'course-101' }],
      ['recordFeatureUsage', { feature: 'search' }],
      ['recordContentPreference', { contentType: 'video', success: true }],
      ['recordFeedback', { target: { kind: 'course', id: 'course-101' }, text: 'good' }],
      [
        'recordRecommendationFeedback',
        { recommendationId: 'r-1', contentId: 'course-101', feedback: 'clicked' },
      ],
      ['recordSession', session],
      ['learnPreferences', { behaviorData: { projects: [{ category: 'ad' }] } }],
    ];
    for (const [operationId, body] of calls) {
      const answer = await ask(operationId, { body });
      expect([operationId, answer.status < 300, typeof answer.body.reason]).toEqual([
        operationId,
        true,
        'string',
      ]);
    }
    await nothingStored();
  });

  it('sees no achievements, and can claim none', async () => {
    const { body } = await ask('getAchievements');
    expect(body).toMatchObject({ streak: { length: 0, longest: 0 }, reason: expect.stringMatching(/./) });
    expect(new Set(body.achievements.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['locked']),
    );
    const params = { userId: 'ada', achievementId: body.achievements[0].id };
    expect((await ask('claimAchievement', { params })).status).toBe(409);
    expect((await ask('getBadge', { params })).status).toBe(409);
    await nothingStored();
  });

  it('leaves nothing by a bulk call either', async () => {
    const interactions = [
      { type: 'view', contentId: 'course-101' },
      { type: 'click', contentId: 'course-102' },
    ];
    expect((await ask('trackInteractions', { body: { interactions } })).status).toBe(202);
    await nothingStored();
  });
});

describe('a user without consent to analytics', () => {
  it('is not tracked, but still gets what was known before', async () => {
    await set({ consents: { ...GIVEN, analytics: false } });
    before = await engine.scan();
    expect((await ask('trackInteraction', { body: { type: 'view' } })).body.reason).toBeTruthy();
    expect(await engine.scan()).toEqual(before);
    expect((await ask('getRecommendations')).headers['Attune-Source']).toBe('computed');
  });
});

describe('a user without consent to personalization', () => {
  it('is tracked, but gets the answer for everybody', async () => {
    await set({ consents: { ...GIVEN, personalization: false } });
    expect((await ask('trackInteraction', { body: { type: 'view' } })).body.reason).toBeUndefined();
    expect((await ask('getRecommendations')).headers['Attune-Source']).toBe('fallback');
  });
});

describe('what a user chose', () => {
  it('stays through changes and a reset', async () => {
    await set({ optOut: true, level: 'strict' });
    const chosen = { ...STANDARD, optOut: true, level: 'strict' };
    await ask('upsertProfile', { body: { age: 30 } });
    await ask('updateProfile', { body: { attributes: { a: 1 } } });
    await ask('resetProfile');
    expect((await ask('getProfile')).body.privacy).toEqual(chosen);
  });
});
