import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const ask = (userId: string, context?: unknown) =>
  engine.call('decideUiSettings', {
    body: { userId, ...(context !== undefined && { context }) },
    claims: asUser(userId),
  });

const prefer = (userId: string, preferences: object) =>
  engine.good('updateProfile', { params: { userId }, body: { preferences }, claims: asUser(userId) });

describe('POST /personalization/ui-settings', () => {
  it('begins simply, with a reason for every setting and a decision that can be explained', async () => {
    const { body } = await ask('ada');
    expect(body).toMatchObject({
      settings: {
        theme: 'simplified',
        layout: 'spacious',
        density: 'comfortable',
        shortcuts: [],
        hiddenFeatures: [],
      },
      source: 'computed',
    });
    expect(Object.keys(body.reasons).sort()).toEqual([
      'density',
      'hiddenFeatures',
      'layout',
      'shortcuts',
      'theme',
    ]);
    const { body: explained } = await engine.call('getDecision', {
      params: { decisionId: body.decisionId },
      claims: asUser('ada'),
    });
    expect(explained).toMatchObject({ kind: 'config', context: 'ui-settings' });
  });

  it('follows what was stated and what is used', async () => {
    await prefer('bob', { theme: 'dark', layout: 'compact', hiddenFeatures: ['export'] });
    for (let n = 0; n < 4; n += 1)
      await engine.good('recordFeatureUsage', { body: { feature: 'captions' }, claims: asUser('bob') });
    const { body } = await ask('bob', 'editor');
    expect(body.settings).toEqual({
      theme: 'dark',
      layout: 'compact',
      density: 'compact',
      shortcuts: ['captions'],
      hiddenFeatures: ['export'],
    });
    expect(body.reasons.density.reason).toContain('Follows the layout "compact"');
  });

  it('understands a context that is an object: place, device, and what the application knows', async () => {
    await prefer('cleo', {});
    await engine.good('createRule', {
      body: {
        name: 'Dense editor for professionals',
        enabled: true,
        priority: 5,
        contexts: ['editor'],
        condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
        actions: { settings: { density: 'compact' } },
      },
      claims: asAdmin(),
    });
    engine.clock.advance(10_000);
    const { body } = await ask('cleo', { page: 'editor', device: { type: 'mobile' }, plan: 'pro' });
    expect(body.settings).toMatchObject({ layout: 'comfortable', density: 'compact' });
    expect(body.reasons.density).toMatchObject({ source: 'rule' });
    const { body: elsewhere } = await ask('cleo', { page: 'export', device: 'mobile', plan: 'pro' });
    expect(elsewhere.settings.density).toBe('normal');
  });

  it('gives a user who opted out what is right for everybody', async () => {
    await prefer('dora', { theme: 'dark' });
    const store = profileStore(engine.database);
    const profile = (await store.get('dora'))!;
    const privacy = { ...profile.privacy, optOut: true };
    await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
    const before = await engine.scan();
    const { body } = await ask('dora');
    expect(body).toMatchObject({ source: 'fallback', reason: expect.stringContaining('opted out') });
    expect(body.settings.theme).not.toBe('dark');
    expect(await engine.scan()).toEqual(before);
  });

  it('refuses contexts that are no words and no objects', async () => {
    for (const context of [7, '', ['editor'], { deep: 'a'.repeat(5_000) }])
      expectProblem(await ask('ada', context), 'validation');
  });
});
