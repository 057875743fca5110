import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';

const folder = new URL('../../../events/http/', import.meta.url);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'video' });
});
afterAll(() => engine.close());

/** Hands a sample to its function, as `aws lambda invoke` does. */
const invoke = async (operation: string) => {
  const event = JSON.parse(readFileSync(new URL(`${operation}.json`, folder), 'utf8'));
  const { statusCode, body } = (await engine.invoke(`api/${operation}.ts`, event)) as {
    statusCode: number;
    body: string;
  };
  return { statusCode, json: JSON.parse(body) };
};

describe('the samples of the products', () => {
  beforeAll(async () => {
    await invoke('put-catalog-items');
    await invoke('upsert-profile');
    await invoke('track-interaction');
    engine.clock.advance(6 * SECOND);
  });

  it('ask for the figures of the user', async () => {
    expect(await invoke('get-user-metrics')).toMatchObject({ statusCode: 200, json: { userId: 'ada' } });
  });

  it('ask for parameters, and tell the outcome of a video that was made elsewhere', async () => {
    const { statusCode, json } = await invoke('decide-generation-params');
    expect([statusCode, typeof json.generationId]).toEqual([200, 'string']);
    expect(await invoke('record-video-generation')).toMatchObject({
      statusCode: 200,
      json: { success: true, known: false, learned: { visualStyle: 'cinematic' } },
    });
  });

  it('enrich an item of the catalogue', async () => {
    const { statusCode, json } = await invoke('integrate-content-analysis');
    expect([statusCode, json.contentId]).toEqual([200, 'course-101']);
    expect(json.topics).toContain('type systems');
  });

  it('ask for a homepage, for settings of the interface, and for templates', async () => {
    expect(await invoke('get-homepage')).toMatchObject({ statusCode: 200, json: { userId: 'ada' } });
    expect((await invoke('decide-ui-settings')).json.settings.theme).toBeTruthy();
    const { statusCode, json } = await invoke('get-template-recommendations');
    expect([statusCode, Array.isArray(json.recommendations)]).toEqual([200, true]);
  });
});
