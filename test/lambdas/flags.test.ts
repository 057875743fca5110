import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import { type Answer, type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser, type Claims } from '../support/http-event.ts';
import { seedWorld } from '../support/sample-world.ts';

let engine: Engine;
const ada = asUser('ada');
const GIVEN = { analytics: true, personalization: true, ai: true };

const proRule = {
  name: 'Pro settings',
  enabled: true,
  priority: 5,
  contexts: ['dashboard'],
  condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
  actions: { settings: { beta: true, rows: 25, banner: { text: 'Hi' } } },
};
const experiment = {
  key: 'quiet-mode',
  name: 'A quieter dashboard',
  kind: 'ab',
  variants: [
    { key: 'control', weight: 0.5, payload: { value: false } },
    { key: 'quiet', weight: 0.5, payload: { value: true } },
  ],
  coverage: 1,
  metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
  status: 'running',
};

let ruleId = '';
beforeAll(async () => {
  engine = await startEngine();
  await seedWorld(engine);
  ({ ruleId } = await engine.good('createRule', { body: proRule, claims: asAdmin() }));
  await engine.good('createExperiment', { body: experiment, claims: asAdmin() });
  await engine.good('createExperiment', {
    body: { ...experiment, key: 'halted', status: 'paused' },
    claims: asAdmin(),
  });
  const feature = { type: 'feature', title: 'Export', level: 'beginner', attributes: { navigation: 1 } };
  await engine.good('putCatalogItem', { params: { itemId: 'export' }, body: feature, claims: asAdmin() });
});
afterAll(() => engine.close());

const pro = { targetingKey: 'ada', context: 'dashboard', plan: 'pro' };

const one = (key: string, context: unknown = pro, claims: Claims | undefined = ada): Promise<Answer> =>
  engine.call('evaluateFlag', { params: { key }, body: { context }, claims });
const all = (context: unknown = pro, headers = {}, claims: Claims = ada): Promise<Answer> =>
  engine.call('evaluateFlags', { body: { context }, headers, claims });

const listed = async (context: unknown, claims = ada): Promise<Map<string, Answer['body']>> => {
  const { status, body } = await all(context, {}, claims);
  expect([status, body]).toEqual([200, expect.anything()]);
  return new Map(body.flags.map((flag: { key: string }) => [flag.key, flag]));
};

describe('a flag', () => {
  it('is a slot of the config, with the rule that set it', async () => {
    expect((await one('settings.rows')).body).toMatchObject({
      key: 'settings.rows',
      value: 25,
      reason: 'TARGETING_MATCH',
      variant: '25',
      metadata: { from: 'rule', ruleId, source: expect.stringMatching(/computed|cache/) },
    });
    expect((await one('settings.beta')).body.value).toBe(true);
    expect((await one('settings.banner')).body.value).toEqual({ text: 'Hi' });
    expect((await one('theme')).body.value).toMatch(/light|dark|simplified/);
    expect((await one('feature.export')).body).toMatchObject({ value: true, variant: /visible|highlighted/ });
  });

  it('holds what the config endpoint says, under the same decision', async () => {
    const config = await engine.good('decideConfig', {
      body: { context: 'dashboard', attributes: { plan: 'pro' } },
      claims: ada,
    });
    const { body } = await one('config');
    expect(body.value).toEqual(config.config);
    expect(body.metadata.decisionId).toBe(config.decisionId);
  });

  it('follows the place that asks and the attributes that are given', async () => {
    expectProblem(await one('settings.rows', { targetingKey: 'ada', plan: 'pro' }), 'not-found');
    expectProblem(await one('settings.rows', { ...pro, plan: 'free' }), 'not-found');
  });

  it('is the arm of an experiment, the same for a user every time', async () => {
    const seen = new Map<string, unknown>();
    for (const user of ['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6', 'u-7', 'u-8']) {
      const { body } = await one('quiet-mode', { targetingKey: user }, asService());
      expect(body).toMatchObject({ reason: 'SPLIT', value: body.variant === 'quiet' });
      seen.set(user, body.variant);
      const again = await one('quiet-mode', { targetingKey: user, context: 'elsewhere' }, asService());
      expect(again.body.variant).toBe(body.variant);
    }
    expect(new Set(seen.values()).size).toBe(2);
    expect((await one('halted')).body).toMatchObject({
      reason: 'DISABLED',
      variant: 'control',
      value: false,
    });
  });

  it('is a list of recommendations with ids that feedback takes', async () => {
    const { body } = await one('recommendations.hybrid');
    expect(body.value.length).toBeGreaterThan(2);
    expect(body.value[0]).toMatchObject({ id: expect.any(String), reason: expect.any(String) });
    const { id, recommendationId } = body.value[0];
    const feedback = { recommendationId, feedback: 'clicked' };
    const clicked = await engine.good('recordRecommendationFeedback', {
      params: { userId: 'ada' },
      body: feedback,
      claims: ada,
    });
    expect(clicked.contentId).toBe(id);
  });
});

describe('all flags', () => {
  it('come in one answer, each as it comes alone', async () => {
    const flags = await listed(pro);
    for (const key of ['config', 'theme', 'settings.rows', 'feature.export', 'quiet-mode', 'halted']) {
      const { metadata, ...alone } = (await one(key)).body;
      expect(flags.get(key)).toMatchObject(alone);
      expect(flags.get(key)?.metadata.decisionId).toBe(metadata.decisionId);
    }
    expect([...flags.keys()].filter((key) => key.startsWith('recommendations'))).toEqual([]);
  });

  it('bring recommendations along where they are asked for', async () => {
    const flags = await listed({ ...pro, recommendations: ['trending', 'hybrid', 'magic'] });
    const slots = [...flags.keys()].filter((key) => key.startsWith('recommendations'));
    expect(slots).toEqual(['recommendations.hybrid', 'recommendations.trending']);
  });

  it('are not sent again to who holds them, and are when they changed', async () => {
    const first = await all();
    const { etag = '' } = first.headers;
    expect(etag).toMatch(/^"[\w-]+"$/);
    const held = await all(pro, { 'if-none-match': `"other", W/${etag}` });
    expect([held.status, held.text ?? '']).toEqual([304, '']);
    expect(held.headers.etag).toBe(etag);
    expect((await all({ ...pro, plan: 'free' }, { 'if-none-match': etag })).status).toBe(200);
    await engine.good('updateProfile', { body: { preferences: { theme: 'dark' } }, claims: ada });
    const changed = await all(pro, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  it('cost one request to the table, and no write while nothing changes', async () => {
    const { meterTotals, resetMeter } = await import('../../lambdas/runtime/meter.ts');
    await all();
    await one('quiet-mode');
    for (const ask of [
      () => all(),
      () => one('theme'),
      () => one('quiet-mode'),
      () => one('feature.export'),
    ]) {
      resetMeter();
      expect((await ask()).status).toBe(200);
      const totals = Object.values(meterTotals());
      expect(totals.map(({ calls, writeUnits }) => [calls, writeUnits])).toEqual([[1, 0]]);
    }
  });

  it('of a user who opted out hold nothing about them, and say so', async () => {
    const off = asUser('opted-out');
    await engine.good('upsertProfile', { body: { preferences: { theme: 'dark' } }, claims: off });
    await optOut('opted-out');
    const context = { targetingKey: 'opted-out', context: 'dashboard' };
    const { body, headers } = await all(context, {}, off);
    expect(body.metadata).toMatchObject({ source: 'fallback', reason: expect.any(String) });
    const arms = body.flags.filter(({ key }: { key: string }) => key === 'quiet-mode');
    expect(arms).toEqual([expect.objectContaining({ reason: 'DEFAULT', variant: 'control' })]);
    expect((await all(context, { 'if-none-match': headers.etag }, off)).status).toBe(304);
  });
});

const optOut = async (userId: string): Promise<void> => {
  const store = profileStore(engine.database);
  const profile = (await store.get(userId))!;
  const privacy = { level: 'standard', consents: GIVEN, optOut: true } as const;
  await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
};

describe('a failure', () => {
  const cases = [
    ['TARGETING_KEY_MISSING', { body: {} }],
    ['TARGETING_KEY_MISSING', { body: { context: {} } }],
    ['TARGETING_KEY_MISSING', { body: { context: { targetingKey: '' } } }],
    ['INVALID_CONTEXT', { body: { context: { targetingKey: 'two words' } } }],
    ['INVALID_CONTEXT', { body: { context: [] } }],
    ['INVALID_CONTEXT', { rawBody: '{"context":{"targetingKey":"ada","__proto__":{"a":1}}}' }],
    ['INVALID_CONTEXT', { body: { context: { targetingKey: 'ada', device: 7 } } }],
    ['PARSE_ERROR', { rawBody: '{' }],
    ['PARSE_ERROR', { rawBody: '[]' }],
    ['PARSE_ERROR', { rawBody: '' }],
    ['GENERAL', { body: { context: { targetingKey: 'ada' }, flags: ['theme'] } }],
  ] as const;
  it.each(cases)('is a problem and a failure of OFREP in one document: %s %j', async (errorCode, request) => {
    const single = await engine.call('evaluateFlag', { params: { key: 'theme' }, claims: ada, ...request });
    expectProblem(single, 'validation');
    expect(single.body).toMatchObject({ key: 'theme', errorCode, errorDetails: expect.any(String) });
    const bulk = await engine.call('evaluateFlags', { claims: ada, ...request });
    expectProblem(bulk, 'validation');
    expect(bulk.body).toMatchObject({ errorCode, errorDetails: expect.any(String) });
    expect(bulk.body).not.toHaveProperty('key');
  });

  it('names the flag that nobody knows, whatever it is called', async () => {
    for (const key of [
      'nothing',
      'has space',
      'ü',
      '__proto__',
      'settings.constructor',
      '<b>',
      'a/b',
      'k'.repeat(256),
    ]) {
      const answer = await one(key);
      expectProblem(answer, 'not-found');
      expect(answer.body).toMatchObject({ key, errorCode: 'FLAG_NOT_FOUND' });
    }
  });

  it("keeps users away from each other's flags, and lets services ask for any", async () => {
    for (const request of [{ params: { key: 'theme' } }, {}]) {
      const operationId = 'params' in request ? 'evaluateFlag' : 'evaluateFlags';
      const ask = (claims: Claims, targetingKey: string) =>
        engine.call(operationId, { ...request, body: { context: { targetingKey } }, claims });
      const refused = await ask(ada, 'bob');
      expectProblem(refused, 'forbidden');
      expect(refused.body.errorCode).toBe('GENERAL');
      expectProblem(await ask(ada, 'nobody-at-all'), 'forbidden');
      expect((await ask(asService(), 'bob')).status).toBe(200);
      expect((await ask(asAdmin(), 'nobody-at-all')).status).toBe(200);
    }
  });

  it('of a body that is too large is told before anything is read', async () => {
    const rawBody = JSON.stringify({ context: { targetingKey: 'ada', padding: 'x'.repeat(2 ** 20) } });
    for (const operationId of ['evaluateFlag', 'evaluateFlags'])
      expectProblem(
        await engine.call(operationId, { params: { key: 'theme' }, rawBody, claims: ada }),
        'payload-too-large',
      );
  });

  it('is never a fault, whatever is in the context and whichever flag is asked for', async () => {
    const keys = fc.oneof(
      fc.constantFrom('theme', 'config', 'settings.beta', 'quiet-mode', 'recommendations', 'feature.export'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    );
    const attributes = fc.dictionary(
      fc.oneof(
        fc.constantFrom('plan', 'context', 'device', 'locale', 'recommendations', '__proto__'),
        fc.string(),
      ),
      fc.jsonValue({ maxDepth: 3 }),
      { maxKeys: 4 },
    );
    const property = fc.asyncProperty(keys, attributes, async (key, given) => {
      const rawBody = JSON.stringify({ context: { ...given, targetingKey: 'ada' } });
      const single = await engine.call('evaluateFlag', { params: { key }, rawBody, claims: ada });
      const bulk = await engine.call('evaluateFlags', { rawBody, claims: ada });
      expect([200, 400, 404]).toContain(single.status);
      expect([200, 400]).toContain(bulk.status);
    });
    await fc.assert(property, { seed: 20261121, numRuns: 100 });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
