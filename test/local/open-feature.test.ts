import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { type EvaluationContext, OpenFeature as ServerSdk } from '@openfeature/server-sdk';
import { ProviderEvents, OpenFeature as WebSdk } from '@openfeature/web-sdk';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';
import { until } from './support/until.ts';

/** OpenFeature's own SDKs and OFREP providers, server and web, against the local server over HTTP. */

const dataDir = newDataDir();
let server: RunningServer;
let [admin, service] = ['', ''];

/** A user may ask forty times at once, a service four hundred times. */
const LIMITS = { ATTUNE_CALLER_RATE: '1', ATTUNE_CALLER_BURST: '40' };

const proRule = {
  name: 'Pro settings',
  enabled: true,
  priority: 5,
  contexts: ['dashboard'],
  condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
  actions: { layout: 'compact', settings: { beta: true, rows: 25, banner: { text: 'Hi' } } },
};
const experiment = {
  key: 'quiet-mode',
  name: 'A quieter dashboard',
  kind: 'ab',
  variants: [
    { key: 'control', weight: 0.5 },
    { key: 'quiet', weight: 0.5 },
  ],
  coverage: 1,
  metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
  status: 'running',
};

const make = async (method: string, path: string, body: unknown) => {
  const answer = await server.send(method, path, { token: admin, body });
  if (answer.status >= 300) throw new Error(`${path} answered ${JSON.stringify(answer.body)}`);
  return answer.body;
};

let ruleId = '';
beforeAll(async () => {
  server = await startServer(dataDir, LIMITS);
  admin = await server.token('boss', 'personalization/admin');
  service = await server.token('backend', 'personalization/service');
  const feature = { type: 'feature', title: 'Export', level: 'beginner', attributes: { navigation: 1 } };
  await make('PUT', '/catalog/items/export', feature);
  ({ ruleId } = await make('POST', '/personalization/rules', proRule));
  await make('POST', '/personalization/experiments', experiment);
});
afterAll(async () => {
  await Promise.all([ServerSdk.close(), WebSdk.close()]);
  await server.kill('SIGTERM');
  removeDataDir(dataDir);
});

const bearer = (token: string) => [['Authorization', `Bearer ${token}`]] as [string, string][];

/** A client of the server SDK whose provider asks with this token. */
const serverClient = async (token: string) => {
  const domain = `server-${randomUUID()}`;
  const provider = new OFREPProvider({ baseUrl: server.url, headers: bearer(token) });
  await ServerSdk.setProviderAndWait(domain, provider);
  return ServerSdk.getClient(domain);
};

const ada: EvaluationContext = { targetingKey: 'ada', context: 'dashboard', plan: 'pro' };

describe('the server SDK', () => {
  let client: Awaited<ReturnType<typeof serverClient>>;
  beforeAll(async () => {
    client = await serverClient(service);
  });

  it('gets booleans, numbers, strings, objects and lists, each with variant, reason and metadata', async () => {
    expect(await client.getBooleanDetails('settings.beta', false, ada)).toMatchObject({
      value: true,
      variant: 'true',
      reason: 'TARGETING_MATCH',
      flagMetadata: { from: 'rule', ruleId, decisionId: expect.any(String), source: expect.any(String) },
    });
    expect(await client.getBooleanValue('feature.export', false, ada)).toBe(true);
    expect(await client.getNumberValue('settings.rows', 10, ada)).toBe(25);
    expect(await client.getStringDetails('layout', 'none', ada)).toMatchObject({
      value: 'compact',
      variant: 'compact',
    });
    expect(await client.getObjectValue('settings.banner', {}, ada)).toEqual({ text: 'Hi' });
    expect(await client.getObjectValue('navigation', [], ada)).toEqual(['export']);
    expect(await client.getObjectValue('config', {}, ada)).toMatchObject({ layout: 'compact' });
  });

  it('sees the context: other attributes and places get other flags', async () => {
    const free = { ...ada, plan: 'free' };
    expect(await client.getBooleanValue('settings.beta', false, free)).toBe(false);
    expect(await client.getNumberValue('settings.rows', 10, { ...ada, context: 'settings' })).toBe(10);
  });

  it('serves the default of the application, with the reason, where there is nothing to serve', async () => {
    expect(await client.getStringDetails('no-such-flag', 'mine', ada)).toMatchObject({
      value: 'mine',
      reason: 'ERROR',
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(await client.getStringDetails('layout', 'mine')).toMatchObject({
      value: 'mine',
      errorCode: 'TARGETING_KEY_MISSING',
    });
    expect(await client.getBooleanDetails('layout', false, ada)).toMatchObject({
      value: false,
      errorCode: 'TYPE_MISMATCH',
    });
    expect(await client.getStringDetails('layout', 'mine', { ...ada, device: 7 })).toMatchObject({
      value: 'mine',
      errorCode: 'INVALID_CONTEXT',
      errorMessage: expect.stringContaining('context.device'),
    });
  });

  it('never sees flags of another user with the token of a user', async () => {
    const own = await serverClient(await server.token('ada'));
    expect((await own.getStringDetails('layout', 'mine', ada)).errorCode).toBeUndefined();
    const foreign = await own.getStringDetails('layout', 'mine', { ...ada, targetingKey: 'bob' });
    expect(foreign).toMatchObject({ value: 'mine', reason: 'ERROR' });
  });

  it('gets the same arm of an experiment every time, and both arms among many users', async () => {
    const arms = new Set<string>();
    for (let user = 0; user < 12; user += 1) {
      const context = { targetingKey: `user-${user}` };
      const first = await client.getStringDetails('quiet-mode', 'none', context);
      expect(first).toMatchObject({ reason: 'SPLIT', variant: first.value });
      expect(await client.getStringValue('quiet-mode', 'none', context)).toBe(first.value);
      arms.add(first.value);
    }
    expect([...arms].sort()).toEqual(['control', 'quiet']);
  });

  it('gets recommendations as a list, whose ids feedback takes', async () => {
    const { value, variant } = await client.getObjectDetails('recommendations.hybrid', [], ada);
    const items = value as unknown as { id: string; recommendationId: string; reason: string }[];
    expect(items.length).toBeGreaterThan(2);
    expect(variant).toBeTruthy();
    const feedback = { recommendationId: items[0]?.recommendationId, feedback: 'clicked' };
    const answer = await server.send('POST', '/recommendations/ada/feedback', {
      token: service,
      body: feedback,
    });
    expect(answer).toMatchObject({ status: 201, body: { contentId: items[0]?.id } });
  });

  it('holds back by itself once the server says when to ask again', async () => {
    const greedy = await serverClient(await server.token('greedy'));
    const context = { targetingKey: 'greedy' };
    const details = [];
    for (let n = 0; n < 60; n += 1) details.push(await greedy.getStringDetails('layout', 'mine', context));
    const refused = details.filter(({ errorCode }) => errorCode !== undefined);
    expect(details.length - refused.length).toBeGreaterThanOrEqual(40);
    expect(refused[0]).toMatchObject({ value: 'mine', errorMessage: expect.stringContaining('rate limit') });
    // Later ones were not even sent: the provider waits for the moment of Retry-After.
    expect(refused.at(-1)?.errorMessage).toMatch(/paused due to TooManyRequests until/);
    const back = await until(
      () => greedy.getStringDetails('layout', 'mine', context),
      ({ errorCode }) => errorCode === undefined,
    );
    expect(back.value).not.toBe('mine');
  });
});

/** A client of the web SDK, with the statuses of its provider's requests. */
const webClient = async (token: string, context: EvaluationContext, pollInterval = 0) => {
  const domain = `web-${randomUUID()}`;
  const statuses: number[] = [];
  const provider = new OFREPWebProvider({
    baseUrl: server.url,
    headers: bearer(token),
    pollInterval,
    cacheMode: 'disabled',
    fetchImplementation: async (...request: Parameters<typeof fetch>) => {
      const response = await fetch(...request);
      statuses.push(response.status);
      return response;
    },
  });
  await WebSdk.setContext(domain, context);
  await WebSdk.setProviderAndWait(domain, provider);
  return { client: WebSdk.getClient(domain), statuses, domain };
};

const sum = (numbers: number[], of: number) => numbers.filter((one) => one === of).length;

describe('the web SDK', () => {
  afterEach(() => WebSdk.clearProviders());

  it('gets every flag in one request', async () => {
    const { client, statuses } = await webClient(service, ada);
    expect(client.getBooleanDetails('settings.beta', false)).toMatchObject({
      value: true,
      reason: 'TARGETING_MATCH',
      flagMetadata: { ruleId },
    });
    expect(client.getStringValue('layout', 'none')).toBe('compact');
    expect(client.getNumberValue('settings.rows', 10)).toBe(25);
    expect(client.getObjectValue('settings.banner', {})).toEqual({ text: 'Hi' });
    expect(client.getStringDetails('quiet-mode', 'none')).toMatchObject({ reason: 'SPLIT' });
    expect(client.getStringDetails('no-such-flag', 'mine')).toMatchObject({
      value: 'mine',
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(client.getBooleanDetails('layout', false)).toMatchObject({ errorCode: 'TYPE_MISMATCH' });
    expect(client.getObjectDetails('recommendations.hybrid', [])).toMatchObject({
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(statuses).toEqual([200]);
  });

  it('gets recommendations along where the context asks for them', async () => {
    const { client } = await webClient(service, { ...ada, recommendations: ['hybrid'] });
    expect((client.getObjectValue('recommendations.hybrid', []) as unknown[]).length).toBeGreaterThan(2);
  });

  it('is told 304 while nothing changes, and hears of a change', async () => {
    const { client, statuses } = await webClient(service, { ...ada, targetingKey: 'eve' }, 100);
    const changed: string[][] = [];
    client.addHandler(ProviderEvents.ConfigurationChanged, (event) => {
      changed.push(event?.flagsChanged ?? []);
    });
    await until(
      async () => sum(statuses, 304),
      (times) => times >= 3,
    );
    expect(sum(statuses, 200)).toBe(1);
    expect(changed).toEqual([]);
    const body = { userId: 'eve', preferences: { theme: 'simplified' } };
    expect((await server.send('POST', '/profile', { token: service, body })).status).toBe(200);
    await until(
      async () => changed.flat(),
      (flags) => flags.includes('theme'),
    );
    expect(client.getStringValue('theme', 'none')).toBe('simplified');
  });

  it('asks again when the context changes', async () => {
    const { client, domain, statuses } = await webClient(service, ada);
    await WebSdk.setContext(domain, { ...ada, plan: 'free' });
    expect(client.getBooleanValue('settings.beta', false)).toBe(false);
    await WebSdk.setContext(domain, { ...ada, targetingKey: 'zoe' });
    expect(client.getBooleanValue('settings.beta', false)).toBe(true);
    expect(statuses).toEqual([200, 200, 200]);
  });

  it('does not start without a targeting key, nor for another user', async () => {
    await expect(webClient(service, { context: 'dashboard' })).rejects.toThrow(/400/);
    const eve = await server.token('eve');
    await expect(webClient(eve, ada)).rejects.toThrow();
  });

  it('stops polling while it may not ask', async () => {
    const token = await server.token('eager');
    const { client, statuses } = await webClient(token, { targetingKey: 'eager' }, 20);
    await until(
      async () => sum(statuses, 429),
      (times) => times >= 1,
    );
    const asked = statuses.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(statuses.length).toBeLessThanOrEqual(asked + 1);
    expect(client.getStringValue('layout', 'none')).not.toBe('none');
  });
});
