import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

let engine: Engine;

const kinds = [
  ['getTemplateRecommendations', 'template'],
  ['getStyleRecommendations', 'style'],
  ['getFeatureRecommendations', 'feature'],
] as const;

const item = (type: string, n: number) => ({
  itemId: `${type}-${n}`,
  type,
  title: `${type} ${n}`,
  description: n === 3 ? 'For bold and fast films' : 'For anything',
  tags: n === 3 ? ['bold'] : ['calm'],
  attributes: type === 'feature' && n === 2 ? { feature: 'captions' } : {},
});

const named = (answer: { recommendations: { id: string }[] }) => answer.recommendations.map(({ id }) => id);

const ask = (operationId: string, userId: string, limit = '10') =>
  engine.good(operationId, { params: { userId }, query: { limit }, claims: asUser(userId) });

beforeAll(async () => {
  engine = await startEngine();
  for (const userId of ['ada', 'fay'])
    expect(await ask('getStyleRecommendations', userId)).toMatchObject({
      recommendations: [],
      reason: expect.stringMatching(/./),
    });
  const types = ['template', 'style', 'feature', 'video'];
  const items = types.flatMap((type) => [1, 2, 3, 4].map((n) => item(type, n)));
  await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
  engine.clock.advance(10_000);
});
afterAll(() => engine.close());

describe('a style', () => {
  it('is found by the visual style that it is of, as generations name it', async () => {
    const retro = { ...item('style', 5), attributes: { visualStyle: 'Retro' } };
    await engine.good('putCatalogItems', { body: { items: [retro] }, claims: asAdmin() });
    engine.clock.advance(10_000);
    await engine.good('learnPreferences', {
      body: { userId: 'rita', behaviorData: { projects: [{ visualStyle: 'retro' }] } },
      claims: asUser('rita'),
    });
    const { recommendations } = await ask('getStyleRecommendations', 'rita');
    expect(recommendations[0]).toMatchObject({
      id: 'style-5',
      matchReason: "Matches your interest in 'retro'",
    });
    await engine.good('deleteCatalogItem', { params: { itemId: 'style-5' }, claims: asAdmin() });
    engine.clock.advance(10_000);
  });
});

describe.each(kinds)('%s', (operationId, type) => {
  it('holds that type alone, with reasons, ladder and provenance', async () => {
    const answer = await ask(operationId, 'ada');
    expect(named(answer).sort()).toEqual([1, 2, 3, 4].map((n) => `${type}-${n}`));
    expect(answer).toMatchObject({ source: 'computed', rung: 'newest' });
    for (const { matchReason, confidence } of answer.recommendations) {
      expect(matchReason).not.toBe('');
      expect(confidence).toBeLessThanOrEqual(1);
    }
    const { body } = await engine.call('getDecision', {
      params: { decisionId: answer.decisionId },
      claims: asUser('ada'),
    });
    expect(body).toMatchObject({ kind: 'recommendations', shown: 4 });
  });

  it('puts first what suits the preferences that were stated and learned', async () => {
    const userId = `bob-${type}`;
    await engine.good('learnPreferences', {
      body: { behaviorData: { projects: [{ visualStyle: 'bold' }, { visualStyle: 'bold' }] } },
      claims: asUser(userId),
    });
    expect(named(await ask(operationId, userId, '1'))).toEqual([`${type}-3`]);
  });

  it('refuses other users and limits without sense', async () => {
    const foreign = { params: { userId: 'ada' }, claims: asUser('mallory') };
    expectProblem(await engine.call(operationId, foreign), 'forbidden');
    const zero = { params: { userId: 'ada' }, query: { limit: '0' }, claims: asUser('ada') };
    expectProblem(await engine.call(operationId, zero), 'validation');
  });
});

describe('features', () => {
  const use = (userId: string, feature: string) =>
    engine.good('recordFeatureUsage', { body: { feature }, claims: asUser(userId) });

  it('are not recommended once they were used, by their id or by the name that they declare', async () => {
    await use('cleo', 'captions');
    await use('cleo', 'feature-4');
    expect(named(await ask('getFeatureRecommendations', 'cleo')).sort()).toEqual(['feature-1', 'feature-3']);
    await use('cleo', 'feature-1');
    await use('cleo', 'feature-3');
    const nothing = await ask('getFeatureRecommendations', 'cleo');
    expect(nothing).toMatchObject({
      recommendations: [],
      reason: 'The user knows every feature that the application declares',
    });
  });

  it('are recommended without looking at what was used to a user who opted out', async () => {
    await use('dora', 'captions');
    await engine.good('updateProfile', { params: { userId: 'dora' }, body: {}, claims: asUser('dora') });
    const store = profileStore(engine.database);
    const profile = (await store.get('dora'))!;
    const privacy = { ...profile.privacy, optOut: true };
    await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
    const answer = await ask('getFeatureRecommendations', 'dora');
    expect(named(answer)).toHaveLength(4);
    expect(answer.reason).toBeTruthy();
  });
});
