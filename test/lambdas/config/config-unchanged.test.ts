import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECOND } from '../../support/clock.ts';
import { configAsks } from '../../support/config-asks.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asUser } from '../../support/http-event.ts';

let engine: Engine;
let ask: ReturnType<typeof configAsks>['ask'];
let good: ReturnType<typeof configAsks>['good'];
let tracked: ReturnType<typeof configAsks>['tracked'];

beforeAll(async () => {
  engine = await startEngine();
  ({ ask, good, tracked } = configAsks(engine));
});
afterAll(() => engine.close());

describe('an unchanged decision', () => {
  it('keeps its id and writes nothing, asked again in the same minute or much later', async () => {
    await tracked('jon', 3, { feature: 'export' });
    const first = await good('jon');
    const stored = await engine.scan();
    const again = await good('jon');
    expect(again).toEqual({ ...first, source: 'cache', ttlSeconds: expect.any(Number) });
    engine.clock.advance(120 * SECOND);
    const later = await good('jon');
    expect(later).toMatchObject({ decisionId: first.decisionId, source: 'computed' });
    expect(await engine.scan()).toEqual(stored);
  });

  it('has one id for each context', async () => {
    const [login, settings] = [
      await good('kim', { context: 'login' }),
      await good('kim', { context: 'settings' }),
    ];
    expect(login.decisionId).not.toBe(settings.decisionId);
    engine.clock.advance(120 * SECOND);
    const stored = await engine.scan();
    expect((await good('kim', { context: 'login' })).decisionId).toBe(login.decisionId);
    expect((await good('kim', { context: 'settings' })).decisionId).toBe(settings.decisionId);
    expect(await engine.scan()).toEqual(stored);
  });

  it('is answered 304 without a body to who holds it', async () => {
    const first = await ask('lea');
    const { etag } = first.headers as { etag: string };
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const held = await ask('lea', { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([held.status, held.text, held.headers.etag]).toEqual([304, '', etag]);
    expect(held.headers['content-type']).toBeUndefined();
    expect(await ask('lea', { headers: { 'if-none-match': '*' } })).toMatchObject({ status: 304 });
    expect(await ask('lea', { headers: { 'if-none-match': '"other"' } })).toMatchObject({ status: 200 });
    await tracked('lea', 4, { feature: 'export' });
    const changed = await ask('lea', { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  it('is kept whole for a request that is sent twice under one key', async () => {
    const once = { headers: { 'idempotency-key': 'k-1' } };
    const first = await ask('mia', once);
    const held = await ask('mia', {
      headers: { ...once.headers, 'if-none-match': first.headers.etag as string },
    });
    expect(held.status).toBe(304);
    expect((await ask('mia', once)).body).toEqual(first.body);
  });
});

describe('what it costs', () => {
  const live = (userId: string, count: number) =>
    engine.good('trackInteractions', {
      claims: asUser(userId),
      body: {
        interactions: Array.from({ length: count }, (_, i) => ({
          type: i % 20 === 0 ? 'complete' : 'view',
          feature: `feature-${i % 17}`,
          contentId: `item-${i}`,
          contentType: ['article', 'video', 'course'][i % 3],
          device: i % 5 === 0 ? 'mobile' : 'desktop',
          sessionId: `s-${Math.floor(i / 9)}`,
          occurredAt: engine.clock.iso(-i * 3 * 3_600_000),
        })),
      },
    });

  it('is one request to the table of at most 1.5 read units, at any length of history', async () => {
    const { meterTotals, resetMeter } = await import('../../../lambdas/runtime/meter.ts');
    for (const count of [0, 20, 100, 500]) {
      const userId = `user-${count}`;
      if (count > 0) await live(userId, count);
      await engine.drainQueue();
      await good(userId);
      engine.clock.advance(61 * SECOND);
      await good(userId, { context: 'warm' });
      resetMeter();
      await good(userId);
      const totals = Object.values(meterTotals());
      expect(totals.reduce((sum, { calls }) => sum + calls, 0)).toBe(1);
      expect(totals.reduce((sum, { readUnits }) => sum + readUnits, 0)).toBeLessThanOrEqual(1.5);
      expect(totals.reduce((sum, { writeUnits }) => sum + writeUnits, 0)).toBe(0);
    }
  });
});
