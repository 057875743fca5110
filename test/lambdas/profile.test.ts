import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../support/http-event.ts';
import { someItems } from '../support/sample-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: someItems(6) }, claims: asAdmin() });
});
afterAll(() => engine.close());

/** Calls as the user and for the user. */
const as = (sub: string) => ({
  post: (operationId: string, body: unknown, route = 0) =>
    engine.call(operationId, { body, route, params: { userId: sub }, claims: asUser(sub) }),
  good: (operationId: string, body?: unknown) =>
    engine.good(operationId, { body, params: { userId: sub }, claims: asUser(sub) }),
  profile: () => engine.good('getProfile', { params: { userId: sub }, claims: asUser(sub) }),
});

const LEARNER = { learningStyle: 'visual', experienceLevel: 'beginner', interests: ['topic-1'], age: 29 };

/** Every field that api.md promises of a profile. */
const PROMISED = [
  ...['userId', 'attributes', 'preferences', 'questionnaire', 'learner', 'marketFocus', 'goals', 'features'],
  ...['contentPreferences', 'segments', 'skillLevel', 'engagementLevel', 'personalizationScore', 'churn'],
  ...['lifetimeValue', 'nextActions', 'workflowPatterns', 'sessions', 'devices', 'privacy', 'recentActivity'],
  ...['version', 'createdAt', 'updatedAt', 'analytics'],
];

describe('POST /profile', () => {
  it('creates from the learner shape, adds the questionnaire shape, and keeps what is not named again', async () => {
    const ada = as('ada');
    const created = await ada.good('upsertProfile', LEARNER);
    expect(created).toMatchObject({
      success: true,
      profileId: 'ada',
      personalization: { enabled: true, source: 'computed' },
    });
    expect(created.profile).toMatchObject({ learner: LEARNER, version: 1 });
    const questionnaireData = {
      logline: 'Two friends',
      materials: ['photos'],
      want_consult: true,
      budget: 5_000,
    };
    const updated = await ada.good('upsertProfile', { email: 'ada@example.com', questionnaireData });
    expect(updated.profile).toMatchObject({ learner: LEARNER, version: 2 });
    expect(updated.profile.questionnaire).toMatchObject({ ...questionnaireData, score: 34 });
    expect(updated.personalization.score).toBeGreaterThan(created.personalization.score);
    const read = await ada.profile();
    expect(Object.keys(read)).toEqual(expect.arrayContaining(PROMISED));
    expect([read.learner, read.questionnaire, read.version]).toEqual([
      updated.profile.learner,
      updated.profile.questionnaire,
      2,
    ]);
  });

  it('recommends by the interests that were named, with reasons', async () => {
    const { personalization } = await as('ira').good('upsertProfile', { interests: ['topic-1'] });
    const [first] = personalization.recommendations;
    expect(['course-101', 'course-106', 'project-101', 'project-106']).toContain(first.id);
    expect(first.reason).toMatch(/topic-1/);
    for (const { confidence } of personalization.recommendations) expect(confidence).toBeGreaterThan(0);
  });

  it('may be called by a service for a user, in the body or in the header', async () => {
    await engine.good('upsertProfile', { body: { userId: 'bob', age: 40 }, claims: asService() });
    const headers = { 'x-user-id': 'bob' };
    await engine.good('upsertProfile', { body: { age: 41 }, headers, claims: asService() });
    expect((await as('bob').profile()).learner.age).toBe(41);
    expectProblem(
      await engine.call('getProfile', { params: { userId: 'backend' }, claims: asService() }),
      'not-found',
    );
  });
});

describe('changing a profile', () => {
  it('merges, deletes by null, replaces lists, and counts the version', async () => {
    const cat = as('cat');
    await cat.good('updateProfile', {
      attributes: { a: { x: 1, y: 2 }, list: [1, 2] },
      preferences: { theme: 'dark' },
    });
    const changed = await cat.good('updateProfile', {
      attributes: { a: { y: null, z: 3 }, list: [9] },
      version: 1,
    });
    expect(changed).toMatchObject({
      attributes: { a: { x: 1, z: 3 }, list: [9] },
      preferences: { theme: 'dark' },
      version: 2,
    });
    expect((await cat.profile()).attributes).toEqual({ a: { x: 1, z: 3 }, list: [9] });
  });

  it('serves both routes', async () => {
    const answer = await as('cat').post('updateProfile', { attributes: { put: true } }, 1);
    expect([answer.status, answer.body.attributes.put]).toEqual([200, true]);
  });

  it('lets one of many win that name the same version, and all that name none', async () => {
    const dan = as('dan');
    await dan.good('updateProfile', {});
    const racing = (more: object) =>
      Promise.all([1, 2, 3].map((n) => dan.post('updateProfile', { attributes: { [`k${n}`]: n }, ...more })));
    const statuses = (await racing({ version: 1 })).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409]);
    expect((await racing({})).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await dan.profile()).toMatchObject({ attributes: { k1: 1, k2: 2, k3: 3 }, version: 5 });
  });

  it('sets goals, measured from then on, and focus, each once', async () => {
    const eve = as('eve');
    await eve.good('trackInteraction', { type: 'publish' });
    const set = await eve.good('putGoals', {
      shortTerm: [{ title: 'Five listings', metric: 'publish', target: 5 }],
      longTerm: ['Area expert'],
    });
    expect(set.shortTerm).toMatchObject([{ progress: { measured: true, current: 0, target: 5, ratio: 0 } }]);
    expect(set.longTerm).toMatchObject([
      { title: 'Area expert', progress: { measured: false, reason: expect.any(String) } },
    ]);
    await eve.good('trackInteraction', { type: 'Publish' });
    await eve.good('trackInteraction', { action: 'publish' });
    const read = await eve.good('getGoals');
    expect(read.shortTerm).toMatchObject([{ progress: { current: 2, ratio: 0.4 } }]);
    await eve.good('putMarketFocus', { focus: ['Noord', 'Zuid', 'Noord'] });
    const focused = await eve.good('putMarketFocus', { focus: ['Zuid', 'Zuid', 'West'] });
    expect(focused.marketFocus).toEqual(['Zuid', 'West']);
    const { marketFocus, goals, version } = await eve.profile();
    expect([marketFocus, goals.length, version]).toEqual([['Zuid', 'West'], 2, focused.version]);
    expect((await eve.good('putGoals', {})).reason).toBeTruthy();
  });
});

describe('learning preferences', () => {
  const project = (visualStyle: string, duration: number) => ({ visualStyle, category: 'ad', duration });

  it('adds up over calls', async () => {
    const fay = as('fay');
    const learn = (behaviorData: object) => fay.good('learnPreferences', { behaviorData });
    const first = await learn({
      projects: [project('cinematic', 30)],
      actions: [{ type: 'use', feature: 'captions' }],
    });
    expect(first.learned).toMatchObject({
      visualStyle: { value: 'cinematic', confidence: 0.25 },
      duration: { value: 30 },
    });
    const second = await learn({
      projects: [project('minimal', 60), project('minimal', 60)],
      actions: [
        { type: 'use', feature: 'captions' },
        { type: 'use', feature: 'music' },
      ],
      feedback: [
        { sentiment: 'positive', aspect: 'pacing' },
        { sentiment: 'negative', type: 'voice' },
      ],
    });
    expect(second.learned).toMatchObject({
      visualStyle: { value: 'minimal' },
      duration: { value: 50 },
      features: [
        { feature: 'captions', count: 2 },
        { feature: 'music', count: 1 },
      ],
      likedAspects: [{ aspect: 'pacing' }],
      dislikedAspects: [{ aspect: 'voice' }],
    });
    expect((await fay.profile()).preferences.learned).toBeDefined();
    const forgotten = await fay.good('updateProfile', { preferences: { learned: null, theme: 'dark' } });
    expect(forgotten.preferences).toEqual({ theme: 'dark' });
  });

  it('takes names that every object has as names', async () => {
    const body =
      '{"behaviorData":{"actions":[{"type":"use","feature":"constructor","__proto__":{"polluted":1}}]}}';
    const { status, body: answer } = await engine.call('learnPreferences', {
      rawBody: body,
      claims: asUser('gus'),
    });
    expect([status, answer.learned.features[0].feature]).toEqual([200, 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('sessions', () => {
  it('count once each, with their time, hour and device', async () => {
    const hal = as('hal');
    const session = (sessionId: string, hoursAgo: number, minutes: number, device: unknown) => ({
      sessionId,
      startedAt: engine.clock.iso(-hoursAgo * HOUR),
      endedAt: engine.clock.iso(-hoursAgo * HOUR + minutes * 60_000),
      device,
      pages: ['dashboard', { page: 'reports', durationMs: 5_000 }],
      actions: [{ type: 'click', feature: 'search' }, 'export'],
    });
    const first = session('s-1', 5, 10, 'Mobile');
    await hal.good('recordSession', first);
    await hal.good('recordSession', first);
    const { sessions, devices } = await hal.good(
      'recordSession',
      session('s-2', 2, 30, { type: 'desktop', os: 'x' }),
    );
    expect(sessions).toMatchObject({ count: 2, medianMinutes: 20 });
    expect(sessions.byHour).toHaveLength(24);
    expect(sessions.byHour[7]).toBeGreaterThan(0);
    expect(sessions.byHour[10]).toBeGreaterThan(0);
    expect(Object.keys(devices).sort()).toEqual(['desktop', 'mobile']);
    const profile = await hal.profile();
    expect([profile.sessions, profile.devices]).toEqual([sessions, devices]);
    expect(profile.features).toMatchObject([{ feature: 'search', count: 1 + 1 }]);
  });
});

describe('recompute', () => {
  it('gives what the incremental updates gave', async () => {
    const ida = as('ida');
    const types = ['view', 'click', 'complete', 'dismiss', 'purchase', 'like', 'feature_use', 'search'];
    const interactions = Array.from({ length: 160 }, (_, at) => ({
      interactionId: `i-${at % 150}`,
      type: types[at % types.length],
      contentId: at % 3 === 0 ? undefined : `course-10${1 + (at % 6)}`,
      contentType: at % 3 === 0 ? undefined : 'course',
      feature: at % 5 === 0 ? `feature-${at % 4}` : undefined,
      rating: at % 7 === 0 ? 1 + (at % 5) : undefined,
      value: at % 8 === 4 ? at : undefined,
      device: at % 2 === 0 ? 'mobile' : 'desktop',
      sessionId: `s-${Math.floor(at / 10)}`,
      durationMs: at * 100,
      feedback: at % 11 === 0 ? 'I love this' : undefined,
      occurredAt: engine.clock.iso(-at * 3 * HOUR),
    }));
    await ida.good('trackInteractions', { interactions: interactions.slice(0, 90) });
    await ida.good('trackInteractions', { interactions: interactions.slice(60) });
    expect(await engine.drainQueue()).toBe(0);
    for (const interaction of interactions.slice(0, 5)) await ida.good('trackInteraction', interaction);
    await ida.good('upsertProfile', LEARNER);
    engine.clock.stop();
    const before = await ida.profile();
    const recomputed = await ida.good('recomputeProfile');
    const after = await ida.profile();
    engine.clock.goOn();
    expect(before.analytics.interactions).toBe(150);
    expect(recomputed).toEqual(before);
    expect(after).toEqual(before);
  });
});

describe('reset', () => {
  it('forgets what was learned and said, keeps identity, consent and time zone', async () => {
    const jan = as('jan');
    await jan.good('upsertProfile', {
      ...LEARNER,
      email: 'jan@example.com',
      timezone: 'Europe/Berlin',
      attributes: { a: 1 },
    });
    await jan.good('trackInteraction', {
      interactionId: 'once',
      type: 'complete',
      contentId: 'course-101',
      contentType: 'course',
    });
    await jan.good('putGoals', { shortTerm: ['x'] });
    const before = await jan.profile();
    const { kept, profile } = await jan.good('resetProfile');
    expect(kept).toEqual(expect.arrayContaining(['identity', 'privacy']));
    expect(profile).toMatchObject({
      userId: 'jan',
      attributes: {},
      preferences: {},
      goals: [],
      recentActivity: [],
      privacy: before.privacy,
      createdAt: before.createdAt,
      analytics: { interactions: 0 },
    });
    expect(profile.learner).toBeUndefined();
    expect(profile.version).toBeGreaterThan(before.version);
    const params = { userId: 'jan' };
    expect((await engine.good('listInteractions', { params, claims: asUser('jan') })).items).toEqual([]);
    const shown = await engine.good('getRecommendations', { params, claims: asUser('jan') });
    expect(shown.map(({ contentId }: { contentId: string }) => contentId)).toContain('course-101');
    await jan.good('trackInteraction', { type: 'view', contentId: 'course-102' });
    engine.clock.advance(DAY);
    expect((await jan.profile()).analytics.interactions).toBe(1);
  });
});
