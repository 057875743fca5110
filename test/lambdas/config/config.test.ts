import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECOND } from '../../support/clock.ts';
import { configAsks } from '../../support/config-asks.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
let ask: ReturnType<typeof configAsks>['ask'];
let good: ReturnType<typeof configAsks>['good'];
let rule: ReturnType<typeof configAsks>['rule'];
let tracked: ReturnType<typeof configAsks>['tracked'];

beforeAll(async () => {
  engine = await startEngine();
  ({ ask, good, rule, tracked } = configAsks(engine));
});
afterAll(() => engine.close());

describe('the config of a user', () => {
  it('is what is right for a new one where nobody is known, and every slot says why', async () => {
    const body = await good('nobody');
    expect(body).toMatchObject({
      config: {
        theme: 'simplified',
        layout: 'spacious',
        features: { visible: [], hidden: [] },
        settings: {},
      },
      segments: [{ name: 'new_user', confidence: 1 }],
      appliedRules: [],
      experiments: [],
      source: 'computed',
      ttlSeconds: 60,
    });
    expect(Object.keys(body.reasons).sort()).toEqual([
      'content.difficulty',
      'features.hidden',
      'features.highlighted',
      'features.visible',
      'layout',
      'navigation',
      'shortcuts',
      'theme',
    ]);
  });

  it('follows what the user states and does from the next call on', async () => {
    await good('bea');
    await tracked('bea', 6, { feature: 'export' });
    expect((await good('bea')).config).toMatchObject({
      theme: 'simplified',
      features: { visible: ['export'] },
      shortcuts: ['export'],
    });
    const body = { preferences: { theme: 'dark', layout: 'compact' } };
    await engine.good('updateProfile', { claims: asUser('bea'), params: { userId: 'bea' }, body });
    const stated = await good('bea');
    expect(stated.config).toMatchObject({ theme: 'dark', layout: 'compact' });
    expect(stated.reasons.theme).toMatchObject({ source: 'stated' });
  });

  it('discloses the declared features by what is in use', async () => {
    const items = [
      { itemId: 'feat-search', level: 'beginner', attributes: { feature: 'search', navigation: 1 } },
      { itemId: 'feat-filter', level: 'beginner', attributes: { feature: 'filter', navigation: 2 } },
      { itemId: 'export', level: 'intermediate', attributes: { navigation: 3 } },
      { itemId: 'audit', level: 'advanced', attributes: {} },
    ].map((item) => ({ type: 'feature', title: item.itemId, ...item }));
    await engine.good('putCatalogItems', { claims: asAdmin(), body: { items } });
    engine.clock.advance(61 * SECOND);
    expect((await good('carl')).config.features).toEqual({
      visible: ['search', 'filter'],
      hidden: ['export', 'audit'],
      highlighted: ['search', 'filter'],
    });
    await tracked('carl', 3, { feature: 'filter' });
    await tracked('carl', 3, { feature: 'search' });
    expect((await good('carl')).config).toMatchObject({
      features: { visible: ['search', 'filter', 'export'], hidden: ['audit'], highlighted: ['export'] },
    });
    await engine.good('putCatalogItems', {
      claims: asAdmin(),
      body: { items: items.map((item) => ({ ...item, expiresAt: engine.clock.iso(SECOND) })) },
    });
    engine.clock.advance(61 * SECOND);
  });
});

describe('a user who opted out', () => {
  const optOut = async (userId: string) => {
    const { profileStore } = await import('../../../adapters/dynamodb/stores/profile-store.ts');
    const store = profileStore(engine.database);
    const profile = (await store.get(userId))!;
    const privacy = { ...profile.privacy, optOut: true };
    await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
  };

  it('gets the same as everybody, nothing of theirs is read, and no trace is kept', async () => {
    const body = { attributes: { plan: 'pro' }, preferences: { theme: 'dark' }, timezone: 'Asia/Tokyo' };
    await engine.good('upsertProfile', { claims: asUser('nic'), body: { userId: 'nic', ...body } });
    await tracked('nic', 30, { feature: 'export' });
    await rule({
      condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
      actions: { settings: { pro: 1 } },
    });
    await rule({ condition: { '==': [{ var: 'locale' }, 'nl-NL'] }, actions: { settings: { dutch: 1 } } });
    const asked = { body: { context: 'privacy', locale: 'nl-NL', attributes: { plan: 'pro' } } };
    expect((await good('nic', asked)).config.settings).toEqual({ pro: 1, dutch: 1 });
    await optOut('nic');
    const stored = await engine.scan();
    const out = await good('nic', asked);
    expect(out).toMatchObject({
      source: 'fallback',
      reason: expect.stringContaining('opted out'),
      segments: [],
      experiments: [],
    });
    expect(out.config).toMatchObject({ theme: 'light', shortcuts: [], settings: { dutch: 1 } });
    expect(out.config.features.visible).not.toContain('export');
    expect(await engine.scan()).toEqual(stored);
    const { etag } = (await ask('nic', asked)).headers as { etag: string };
    expect((await ask('nic', { ...asked, headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('who may ask', () => {
  it('is the user, a service and an administrator, never another user', async () => {
    const body = { userId: 'olaf', context: 'login' };
    for (const claims of [asUser('olaf'), asService(), asAdmin()])
      expect((await ask('olaf', { claims, body })).status).toBe(200);
    expectProblem(await ask('olaf', { claims: asUser('mallory'), body }), 'forbidden');
    expectProblem(await ask('olaf', { claims: undefined, body }), 'unauthorized');
  });
});

describe('bad input', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  it.each([
    ['nothing', '{}', 'context'],
    ['no context', '{"context": ""}', 'context'],
    ['a context that is no word', '{"context": {"page": 1}}', 'context'],
    ['a field that is not known', '{"context": "login", "theme": "dark"}', 'theme'],
    [
      'prototypes among the attributes',
      '{"context": "login", "attributes": {"__proto__": {"plan": "pro"}}}',
      'attributes',
    ],
    [
      'a constructor deeper down',
      '{"context": "login", "attributes": {"a": {"constructor": 1}}}',
      'attributes',
    ],
    ['attributes 1,000 levels deep', `{"context": "login", "attributes": ${deep(1_000)}}`, 'attributes'],
    ['attributes that are a list', '{"context": "login", "attributes": [1]}', 'attributes'],
    [
      'more than 4 KB of attributes',
      `{"context": "login", "attributes": {"a": "${'x'.repeat(4_096)}"}}`,
      'attributes',
    ],
    [
      'more than 4 KB of attributes in fewer letters',
      `{"context": "login", "attributes": {"a": "${'é'.repeat(2_048)}"}}`,
      'attributes',
    ],
    ['a locale that is none', '{"context": "login", "locale": "../../etc"}', 'locale'],
    ['a device without a type', '{"context": "login", "device": {}}', 'device'],
  ])('%s is refused, naming the field', async (_, rawBody, path) => {
    expectRefused(await ask('pat', { body: undefined, rawBody }), path);
  });

  it('is too large from 256 KB on', async () => {
    const rawBody = JSON.stringify({ context: 'login', attributes: { a: 'x'.repeat(300_000) } });
    expectProblem(await ask('pat', { body: undefined, rawBody }), 'payload-too-large');
  });
});
