import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import { outcomeStore } from '../../../adapters/dynamodb/stores/outcome-store.ts';
import { precomputedStore } from '../../../adapters/dynamodb/stores/precomputed-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { lineOf } from '../../../core/experiments/rounds.ts';
import { DEFAULT_WEIGHTS } from '../../../core/learn/hybrid/training-params.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { REVALIDATED } from '../../support/config-asks.ts';
import { type Answer, type Engine, startEngine } from '../../support/engine.ts';
import { expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';
import { someItems } from '../../support/sample-world.ts';

let engine: Engine;

type Found = { contentId: string; recommendationId: string; type: string };

const idsOf = (found: readonly Found[]) => found.map(({ contentId }) => contentId);
const users = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** Only these users are in an experiment, so that the tests of this file keep out of each other's way. */
const onlyFor = (prefix: string) => ({ in: [prefix, { var: 'user.userId' }] });

const bodyOf = (key: string, variants: readonly object[], given: object = {}) => ({
  key,
  name: key,
  variants: variants.map((recommendations, at) => ({
    key: `arm-${at}`,
    weight: 1 / variants.length,
    payload: { recommendations },
  })),
  metrics: [{ name: 'click', type: 'count', attribution: 'recommendation' }],
  condition: onlyFor(key),
  status: 'running',
  ...given,
});

const experiment = async (...given: Parameters<typeof bodyOf>): Promise<Answer['body']> => {
  const made = await engine.good('createExperiment', { claims: asAdmin(), body: bodyOf(...given) });
  engine.clock.advance(REVALIDATED);
  return made;
};

const track = (userId: string, body: object) =>
  engine.good('trackInteraction', { body: { type: 'view', ...body }, claims: asUser(userId) });

const get = async (userId: string, query: Record<string, string> = {}) => {
  const { body, headers } = await engine.call('getRecommendations', {
    params: { userId },
    query: { limit: '8', ...query },
    claims: asUser(userId),
  });
  return { found: body as Found[], arms: headers['Attune-Experiments'], headers };
};

const post = (userId: string, body: object = {}) =>
  engine.good('requestRecommendations', { body: { options: { limit: 8 }, ...body }, claims: asUser(userId) });

const rowOf = ({ experimentId, key }: Answer['body'], userId: string) =>
  outcomeStore(engine.database).get(lineOf(experimentId, key), userId);

/** One user in each of two arms, after one view of the same item. */
const oneOfEach = async (key: string) => {
  const byArm = new Map<string, string>();
  for (const userId of users(key, 12)) {
    await track(userId, { contentId: 'course-103' });
    const { arms = '' } = await get(userId);
    byArm.set(arms.replace(`${key}=`, ''), userId);
  }
  expect([...byArm.keys()].sort()).toEqual(['arm-0', 'arm-1']);
  return [byArm.get('arm-0') ?? '', byArm.get('arm-1') ?? ''] as const;
};

beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: someItems(12) }, claims: asAdmin() });
});
afterAll(() => engine.close());

describe('a recommender strategy as an arm', () => {
  it('gives each arm its list, the control that of no experiment, and tells it with every answer', async () => {
    await track('nobody', { contentId: 'course-103' });
    const without = await get('nobody');
    expect(without.arms).toBeUndefined();
    const made = await experiment('popular', [{}, { strategy: 'popular' }]);
    const [control, treated] = await oneOfEach('popular');
    const [plain, changed] = [await get(control), await get(treated)];
    expect(idsOf(plain.found)).toEqual(idsOf(without.found));
    expect(idsOf(changed.found)).not.toEqual(idsOf(without.found));
    expect([plain.found[0]?.type, changed.found[0]?.type]).toEqual(['hybrid', 'popular']);
    expect([plain.arms, changed.arms]).toEqual(['popular=arm-0', 'popular=arm-1']);
    const posted = await post(treated);
    expect(posted.experiments).toEqual([{ key: 'popular', variant: 'arm-1' }]);
    expect(posted.recommendations[0].type).toBe('popular');
    expect(await rowOf(made, treated)).toMatchObject({ variant: 'arm-1', propensity: 0.5 });
    const content = await engine.good('getContentRecommendations', { claims: asUser(control) });
    expect(content.experiments).toEqual([{ key: 'popular', variant: 'arm-0' }]);
    const slot = await engine.good('evaluateFlag', {
      params: { key: 'recommendations' },
      body: { context: { targetingKey: treated } },
      claims: asUser(treated),
    });
    expect(slot.metadata.experiments).toBe('popular=arm-1');
  });

  it('stays with the user, in every place, whatever becomes of the weights', async () => {
    const made = await experiment('sticky', [{}, { diversity: 0.9 }]);
    const before = new Map<string, string | undefined>();
    for (const userId of users('sticky', 8)) before.set(userId, (await get(userId)).arms);
    const {
      experimentId,
      version,
      createdAt: _,
      updatedAt: __,
      changedBy: ___,
      changes: ____,
      ...body
    } = made;
    const variants = body.variants.map((one: object, at: number) => ({
      ...one,
      weight: at === 0 ? 0.01 : 0.99,
    }));
    const changed = { ...body, version, variants };
    await engine.good('replaceExperiment', { params: { experimentId }, body: changed, claims: asAdmin() });
    engine.clock.advance(REVALIDATED);
    for (const userId of users('sticky', 8)) {
      const variant = before.get(userId)?.replace('sticky=', '');
      expect((await post(userId, { context: 'elsewhere' })).experiments).toEqual([
        { key: 'sticky', variant },
      ]);
    }
  });

  it('is not for who asks for something else: no arm, nobody counted', async () => {
    const made = await experiment('named', [{}, { strategy: 'popular' }]);
    const [userId] = users('named', 1) as [string];
    await track(userId, { contentId: 'course-103' });
    expect((await get(userId, { type: 'hybrid' })).arms).toBeUndefined();
    expect((await post(userId, { options: { strategy: 'sequential' } })).experiments).toEqual([]);
    expect(await rowOf(made, userId)).toBeUndefined();
    expect((await post(userId, { options: { diversity: 0.2 } })).experiments).toHaveLength(1);
    expect(await rowOf(made, userId)).toMatchObject({ userId });
  });

  it('acts in its contexts alone', async () => {
    await experiment('placed', [{}, { weights: { content: 0 }, contexts: ['home'] }]);
    const [userId] = users('placed', 1) as [string];
    expect((await get(userId)).arms).toBeUndefined();
    expect((await get(userId, { context: 'page' })).arms).toBeUndefined();
    expect((await get(userId, { context: 'home' })).arms).toMatch(/^placed=/);
    expect((await post(userId, { context: { page: 'home' } })).experiments).toEqual([]);
    expect((await post(userId, { context: 'home' })).experiments).toHaveLength(1);
  });

  it('is asked with what the request says: context and device', async () => {
    const condition = { and: [onlyFor('asked'), { '==': [{ var: 'device' }, 'mobile'] }] };
    await experiment('asked', [{}, { diversity: 1 }], { condition });
    expect((await post('asked-1')).experiments).toEqual([]);
    const mobile = await post('asked-1', { options: { device: { type: 'Mobile' } } });
    expect(mobile.experiments).toHaveLength(1);
  });

  it('is nothing to a user who allows no personalisation', async () => {
    const made = await experiment('private', [{}, { diversity: 1 }]);
    const profile = newProfile('private-1', engine.clock.now());
    const privacy = { ...profile.privacy, optOut: true };
    await profileStore(engine.database).put({ ...profile, privacy }, 0);
    expect((await get('private-1')).arms).toBeUndefined();
    expect(await rowOf(made, 'private-1')).toBeUndefined();
  });

  it('is told by the explanation of the decision', async () => {
    await experiment('explained', [{}, { diversity: 0.5 }]);
    const { headers, arms = '' } = await get('explained-1');
    const told = await engine.good('getDecision', {
      params: { decisionId: headers['Attune-Decision-Id'] ?? '' },
      claims: asUser('explained-1'),
    });
    const variant = arms.replace('explained=', '');
    expect(told.experiments).toEqual([
      { key: 'explained', variant, inExperiment: true, reason: expect.stringContaining(variant) },
    ]);
  });

  it('makes another decision where the same list comes from another arm', async () => {
    const first = await get('late-1');
    await experiment('late', [{}, {}]);
    const second = await get('late-1');
    expect(idsOf(second.found)).toEqual(idsOf(first.found));
    expect(second.headers['Attune-Decision-Id']).not.toBe(first.headers['Attune-Decision-Id']);
    expect((await get('late-1')).headers['Attune-Decision-Id']).toBe(second.headers['Attune-Decision-Id']);
  });
});

describe('what follows from a recommendation', () => {
  it('counts for the arm that it was made under, and nothing else does', async () => {
    const made = await experiment('clicks', [{}, { weights: { content: 0 } }]);
    const before = await get('clicks-1', { type: 'hybrid' });
    engine.clock.advance(60_000);
    const { found, arms = '' } = await get('clicks-1');
    expect(before.arms).toBeUndefined();
    engine.clock.advance(60_000);
    const metrics = async () => (await rowOf(made, 'clicks-1'))?.metrics;
    const click = (recommendationId?: string) =>
      track('clicks-1', { type: 'click', contentId: 'course-101', recommendationId });
    await click();
    await click(before.found[0]?.recommendationId);
    await click('a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0');
    await click((await get('clicks-2')).found[0]?.recommendationId);
    expect(await metrics()).toEqual({});
    await click(found[0]?.recommendationId);
    await engine.good('recordRecommendationFeedback', {
      params: { userId: 'clicks-1' },
      body: { recommendationId: found[1]?.recommendationId, feedback: 'clicked' },
      claims: asUser('clicks-1'),
    });
    expect(await metrics()).toEqual({ click: [2, 2] });
    const interactions = found.slice(2, 5).map(({ contentId, recommendationId }) => ({
      type: 'click',
      contentId,
      recommendationId,
    }));
    await engine.good('trackInteractions', { body: { interactions }, claims: asUser('clicks-1') });
    expect(await engine.drainQueue()).toBe(0);
    expect(await metrics()).toEqual({ click: [5, 5] });
    expect(await rowOf(made, 'clicks-1')).toMatchObject({ variant: arms.replace('clicks=', '') });
  });
});

describe('experiments of recommendations and the config', () => {
  const config = (userId: string) =>
    engine.good('decideConfig', { claims: asUser(userId), body: { context: 'dashboard' } });

  it('are not counted by a config, unless a rule shows the arm there', async () => {
    const made = await experiment('elsewhere', [{}, { diversity: 1 }]);
    const answer = await config('elsewhere-1');
    expect(answer.experiments).toEqual([]);
    expect(await rowOf(made, 'elsewhere-1')).toBeUndefined();
    const rule = {
      name: 'for an arm',
      condition: true,
      experimentKey: 'elsewhere',
      actions: { theme: 'dark' },
    };
    await engine.good('createRule', { claims: asAdmin(), body: rule });
    engine.clock.advance(REVALIDATED);
    const [{ variant }] = (await config('elsewhere-1')).experiments;
    expect(await rowOf(made, 'elsewhere-1')).toMatchObject({ variant });
    expect((await get('elsewhere-1')).arms).toBe(`elsewhere=${variant}`);
  });

  it('of a config are not counted by recommendations', async () => {
    const variants = [
      { key: 'a', weight: 0.5 },
      { key: 'b', weight: 0.5, payload: { config: { theme: 'dark' } } },
    ];
    const made = await experiment('theme', [], { variants, metrics: [] });
    expect((await get('theme-1')).arms).toBeUndefined();
    expect(await rowOf(made, 'theme-1')).toBeUndefined();
    expect((await config('theme-1')).experiments).toMatchObject([{ key: 'theme' }]);
    expect(await rowOf(made, 'theme-1')).toBeDefined();
  });
});

describe('the requests that arms cost', () => {
  it('are none but the first showing: arms come with the user', async () => {
    const { meterTotals, resetMeter } = await import('../../../lambdas/runtime/meter.ts');
    const measured = async (userId: string) => {
      resetMeter();
      await get(userId);
      return structuredClone(meterTotals());
    };
    await experiment('metered', [{}, { diversity: 0.4 }]);
    for (const userId of ['other-1', 'metered-1']) await track(userId, { contentId: 'course-103' });
    const { arms } = await get('metered-warm');
    expect(arms).toBeDefined();
    const without = await measured('other-1');
    const first = await measured('metered-1');
    expect(Object.keys(first).filter((name) => !Object.hasOwn(without, name))).toHaveLength(2);
    expect(first).toMatchObject(Object.fromEntries(Object.keys(without).map((name) => [name, { calls: 1 }])));
    const [again, plain] = [await measured('metered-1'), await measured('other-1')];
    expect(Object.keys(again)).toEqual(Object.keys(plain));
    expect(again.loadUser).toEqual(plain.loadUser);
  });
});

describe('arms that are refused when they are written', () => {
  it.each<[string, object, string]>([
    ['an unknown option', { model: 'x' }, 'variants.1.payload.recommendations'],
    ['an unknown strategy', { strategy: 'best' }, 'variants.1.payload.recommendations.strategy'],
    ['a diversity above 1', { diversity: 1.5 }, 'variants.1.payload.recommendations.diversity'],
    ['a part that is none', { weights: { trending: 1 } }, 'variants.1.payload.recommendations.weights'],
    ['a negative weight', { weights: { content: -1 } }, 'variants.1.payload.recommendations.weights.content'],
    ['a weight above 10', { weights: { content: 11 } }, 'variants.1.payload.recommendations.weights.content'],
    ['no context at all', { contexts: [] }, 'variants.1.payload.recommendations.contexts'],
    ['no options', 'popular' as never, 'variants.1.payload.recommendations'],
    ['null', null as never, 'variants.1.payload.recommendations'],
    [
      'weights beside another strategy',
      { strategy: 'popular', weights: { content: 1 } },
      'variants.1.payload.recommendations.weights',
    ],
  ])('%s', async (_, options, path) => {
    const answer = await engine.call('createExperiment', {
      claims: asAdmin(),
      body: bodyOf('refused', [{}, options]),
    });
    expectRefused(answer, path);
  });
});

describe("the night's list", () => {
  it('serves the arm that ranks as without the experiment, and no other', async () => {
    const { database, clock } = engine;
    const model = { version: 1, slot: 1, weights: DEFAULT_WEIGHTS, trainedAt: 0 };
    await modelStore(database).putModel({ ...model, counts: { users: 1, items: 1, interactions: 1 } });
    await experiment('night', [{}, { weights: { content: 2 } }]);
    const [control, treated] = await oneOfEach('night');
    for (const userId of [control, treated]) {
      const { journal } = await usersStore(database).load(userId);
      const entries = someItems(12).map(({ itemId }) => [
        itemId,
        900,
        900,
        'made by night',
        'personalised hybrid',
        {},
      ]);
      const list = { modelVersion: 1, behaviourSeq: journal.seq, computedAt: clock.now(), entries };
      await precomputedStore(database).put(userId, list);
    }
    expect((await get(control)).headers).toMatchObject({ 'Attune-Source': 'precomputed' });
    expect((await get(treated)).headers).toMatchObject({ 'Attune-Source': 'computed' });
  });
});
