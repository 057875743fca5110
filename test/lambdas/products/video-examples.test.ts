import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decideUiSettings } from '../../../contracts/config/ui-settings.ts';
import {
  decideGenerationParams,
  integrateContentAnalysis,
  recordVideoGeneration,
} from '../../../contracts/generation/endpoints.ts';
import {
  getFeatureRecommendations,
  getStyleRecommendations,
  getTemplateRecommendations,
} from '../../../contracts/recommendations/by-kind.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';
import { withoutIds } from '../../support/without-ids.ts';

const catalog = JSON.parse(
  readFileSync(new URL('../../../domains/video/catalog.json', import.meta.url), 'utf8'),
) as object[];

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'video' });
  const video = { itemId: 'video-101', type: 'video', title: 'A launch', topics: ['branding'] };
  await engine.good('putCatalogItems', { body: { items: [...catalog, video] }, claims: asAdmin() });
  engine.clock.advance(10_000);
});
afterAll(() => engine.close());

const good = async (operationId: string, request: object, claims = asUser('ada')) =>
  withoutIds(await engine.good(operationId, { ...request, claims }));

describe('the example answers of the video product are what the engine gives', () => {
  it('for the parameters of a generation and its outcome', async () => {
    const { example } = decideGenerationParams;
    const answer = await engine.good('decideGenerationParams', { body: example.body, claims: asUser('ada') });
    expect(withoutIds(answer)).toEqual(withoutIds(example.response));
    const { body, response } = recordVideoGeneration.example;
    const told = { body: { ...(body as object), generationId: answer.generationId } };
    expect(await good('recordVideoGeneration', told, asService())).toEqual(withoutIds(response));
  });

  it('for the analysis of a content', async () => {
    const { body, response } = integrateContentAnalysis.example;
    expect(await good('integrateContentAnalysis', { body }, asService())).toEqual(response);
  });

  it('for templates, styles and features', async () => {
    await good('upsertProfile', { body: { userId: 'bea', interests: ['branding'] } }, asUser('bea'));
    for (const { operationId, example } of [
      getTemplateRecommendations,
      getStyleRecommendations,
      getFeatureRecommendations,
    ]) {
      const request = { params: { userId: 'bea' }, query: example.query as Record<string, string> };
      expect(await good(operationId, request, asUser('bea'))).toEqual(withoutIds(example.response));
    }
  });

  it('for the look of the application', async () => {
    await good('updateProfile', {
      params: { userId: 'ada' },
      body: { preferences: { theme: 'dark', layout: 'compact' } },
    });
    for (let n = 0; n < 8; n += 1) await good('recordFeatureUsage', { body: { feature: 'captions' } });
    const { body, response } = decideUiSettings.example;
    expect(await good('decideUiSettings', { body })).toEqual(withoutIds(response));
  });
});
