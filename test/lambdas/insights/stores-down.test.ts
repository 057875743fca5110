import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asUser } from '../../support/http-event.ts';

const NOBODY = 'http://127.0.0.1:9';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({
    ATTUNE_BEDROCK_MODEL: 'amazon.nova-micro-v1:0',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: NOBODY,
    ATTUNE_INSIGHTS_QUEUE_URL: `${NOBODY}/000000000000/insights`,
  });
});
afterAll(() => engine.close());

const timed = async (operation: string, request: object) => {
  const begin = performance.now();
  const answer = await engine.call(operation, { ...request, claims: asUser('ada') });
  return { ...answer, ms: performance.now() - begin };
};

describe('with the queue down and a model that nobody can reach', () => {
  it('every answer comes in its time, by rules', async () => {
    await engine.good('putGoals', { body: { shortTerm: ['Publish five listings'] }, claims: asUser('ada') });
    const params = { userId: 'ada' };
    for (const [operation, request] of [
      ['getDashboard', { params }],
      ['getInsights', { params }],
      ['suggest', { body: { context: { currentPage: 'home' } } }],
      ['getDashboard', { params }],
    ] as const) {
      const { status, body, ms } = await timed(operation, request);
      expect([operation, status, body.writtenBy]).toEqual([operation, 200, 'rules']);
      expect([operation, ms < 2_500]).toEqual([operation, true]);
    }
    expect((await timed('getRealtimeUpdates', { params })).status).toBe(200);
  });
});
