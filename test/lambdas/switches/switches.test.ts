import { afterEach, describe, expect, it } from '@jest/globals';
import { HOUR, SECOND } from '../../support/clock.ts';
import type { Answer, Engine } from '../../support/engine.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';
import { engineWith } from './turned.ts';

let engine: Engine;
let variable = '';

const turned = async (name: string, value: string): Promise<void> => {
  variable = name;
  engine = await engineWith(name, value);
};

afterEach(async () => {
  delete process.env[variable];
  await engine.close();
});

const REVALIDATED = 11 * SECOND;
const onOff = ['true', 'false'] as const;

const config = (userId: string): Promise<Answer['body']> =>
  engine.good('decideConfig', { claims: asUser(userId), body: { context: 'dashboard' } });

const items = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A catalogue, users who go from one content to the next, and a model trained on them. */
const trainedWorld = async (): Promise<void> => {
  await engine.good('putCatalogItems', {
    claims: asAdmin(),
    body: { items: items.map((itemId) => ({ itemId, type: 'article', title: `About ${itemId}` })) },
  });
  const interactions = Array.from({ length: 40 }, (_, n) =>
    [0, 1, 2].map((step) => ({
      userId: `user-${n}`,
      type: 'like',
      contentId: items[(n + step) % items.length],
      occurredAt: engine.clock.iso(-10 * HOUR + n * 60_000 + step * SECOND),
    })),
  ).flat();
  await engine.good('trackInteractions', { claims: asService(), body: { interactions } });
  expect(await engine.drainQueue()).toBe(0);
  await engine.runJob('retrain', 'run-1');
  engine.clock.advance(5 * 60 * SECOND);
};

const recommended = (userId: string): Promise<Answer> =>
  engine.call('getRecommendations', { claims: asUser(userId), params: { userId }, query: { limit: '3' } });

describe.each(onOff)('PERSONALIZATION_ML_ENABLED=%s', (value) => {
  it('decides whether learned models take part', async () => {
    await turned('PERSONALIZATION_ML_ENABLED', value);
    await trainedWorld();
    const { status, body, headers } = await recommended('user-1');
    expect(status).toBe(200);
    expect(body.length).toBeGreaterThan(0);
    const learned = body.some(
      ({ scores }: { scores: object }) => 'collaborative' in scores || 'sequential' in scores,
    );
    expect(learned || headers['Attune-Source'] === 'precomputed').toBe(value === 'true');
    const profile = await engine.good('getProfile', {
      claims: asUser('user-1'),
      params: { userId: 'user-1' },
    });
    expect(profile.churn.detail).toMatch(value === 'true' ? /no churn model|learned/ : /no model of users/);
  });
});

describe.each(onOff)('PERSONALIZATION_REALTIME_ENABLED=%s', (value) => {
  it('decides whether the last click changes the next answer', async () => {
    await turned('PERSONALIZATION_REALTIME_ENABLED', value);
    await trainedWorld();
    const before = await recommended('user-2');
    expect(before.headers['Attune-Source']).toBe('precomputed');
    await engine.good('trackInteraction', {
      claims: asUser('user-2'),
      body: { type: 'like', contentId: before.body[1].contentId },
    });
    const after = await recommended('user-2');
    expect(after.headers['Attune-Source']).toBe(value === 'true' ? 'computed' : 'precomputed');

    const first = await config('user-2');
    for (let n = 0; n < 3; n += 1) {
      const body = { type: 'click', feature: 'export' };
      await engine.good('trackInteraction', { claims: asUser('user-2'), body });
    }
    const next = await config('user-2');
    expect(next.config.shortcuts).toEqual(value === 'true' ? ['export'] : []);
    expect(next.source).toBe(value === 'true' ? 'computed' : 'cache');
    expect(first.config.shortcuts).toEqual([]);
    engine.clock.advance(61 * SECOND);
    expect((await config('user-2')).config.shortcuts).toEqual(['export']);
  });

  it('never brings back what the user dismissed', async () => {
    await turned('PERSONALIZATION_REALTIME_ENABLED', value);
    await trainedWorld();
    const [{ contentId }] = (await recommended('user-3')).body;
    await engine.good('trackInteraction', { claims: asUser('user-3'), body: { type: 'dismiss', contentId } });
    const shown = (await recommended('user-3')).body.map((row: { contentId: string }) => row.contentId);
    expect(shown).not.toContain(contentId);
  });
});

describe.each(onOff)('PERSONALIZATION_AB_TESTING_ENABLED=%s', (value) => {
  it('decides whether experiments assign arms and rules hold users out', async () => {
    await turned('PERSONALIZATION_AB_TESTING_ENABLED', value);
    await engine.good('createExperiment', {
      claims: asAdmin(),
      body: {
        key: 'all-bold',
        name: 'Everybody gets the second arm',
        kind: 'ab',
        coverage: 1,
        variants: [
          { key: 'plain', weight: 0 },
          { key: 'bold', weight: 1, payload: { config: { settings: { hero: 'bold' } } } },
        ],
        metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
        status: 'running',
      },
    });
    const rule = { name: 'held', condition: true, actions: { theme: 'dark' }, holdout: 0.5 };
    await engine.good('createRule', { claims: asAdmin(), body: rule });
    engine.clock.advance(REVALIDATED);
    const bodies = await Promise.all(Array.from({ length: 20 }, (_, n) => config(`person-${n}`)));
    const inArm = bodies.filter((body) => body.config.settings.hero === 'bold').length;
    const dark = bodies.filter((body) => body.config.theme === 'dark').length;
    if (value === 'true') {
      expect(inArm).toBe(20);
      expect(dark).toBeGreaterThan(3);
      expect(dark).toBeLessThan(17);
    } else {
      expect([inArm, dark]).toEqual([0, 20]);
      expect(bodies.flatMap((body) => body.experiments)).toEqual([]);
    }
  });
});

describe.each([
  ['0', 'computed', 0],
  ['30', 'cache', 30],
] as const)('PERSONALIZATION_CACHE_TTL=%s', (value, source, ttl) => {
  it('decides how long an answer may be reused', async () => {
    await turned('PERSONALIZATION_CACHE_TTL', value);
    engine.clock.stop();
    const first = await config('ada');
    const second = await config('ada');
    expect([first.source, second.source]).toEqual(['computed', source]);
    expect(first.ttlSeconds).toBe(ttl);
    expect(second.decisionId).toBe(first.decisionId);
    engine.clock.advance((ttl + 1) * SECOND);
    expect((await config('ada')).source).toBe('computed');
  });
});

describe.each(onOff)('PERSONALIZATION_DEBUG=%s', (value) => {
  it('decides whether services and administrators are told how an answer came about; users never are', async () => {
    await turned('PERSONALIZATION_DEBUG', value);
    const asked = (claims: ReturnType<typeof asUser>) =>
      engine.call('decideConfig', { claims, body: { userId: 'ada', context: 'dashboard' } });
    const told = (await asked(asService())).headers['attune-debug'];
    if (value === 'true') {
      const { milliseconds, table } = JSON.parse(told ?? '{}');
      expect(milliseconds).toBeGreaterThanOrEqual(0);
      const calls = Object.values(table as Record<string, { calls: number }>).reduce(
        (sum, { calls }) => sum + calls,
        0,
      );
      expect(calls).toBeGreaterThan(0);
    } else {
      expect(told).toBeUndefined();
    }
    expect((await asked(asUser('ada'))).headers['attune-debug']).toBeUndefined();
  });
});

describe('a switch that is neither on nor off', () => {
  it('stops the function, naming the variable', async () => {
    await turned('PERSONALIZATION_ML_ENABLED', 'perhaps');
    const { switches } = await import('../../../lambdas/runtime/environment.ts');
    expect(switches).toThrow(/PERSONALIZATION_ML_ENABLED/);
    expect((await recommended('ada')).status).toBe(500);
  });
});
