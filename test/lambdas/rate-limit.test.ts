import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser, type Claims } from '../support/http-event.ts';

process.env.ATTUNE_CALLER_RATE = '2';
process.env.ATTUNE_CALLER_BURST = '5';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  engine.clock.stop();
});
afterAll(() => engine.close());

const ask = (claims: Claims | undefined): Promise<Answer> =>
  engine.call('listFrequentFeatures', { params: { userId: String(claims?.sub ?? 'x') }, claims });

/** Asks so often at the same moment; answers how many were let through. */
const letThrough = async (claims: Claims, times: number): Promise<number> => {
  let allowed = 0;
  for (let n = 0; n < times; n += 1) if ((await ask(claims)).status === 200) allowed += 1;
  return allowed;
};

describe('a caller who asks too often', () => {
  it('is told when to come back, and is let in then', async () => {
    expect(await letThrough(asUser('greedy'), 8)).toBe(5);
    const refused = await ask(asUser('greedy'));
    expectProblem(refused, 'rate-limited');
    expect(refused.headers['retry-after']).toBe('1');
    engine.clock.advance(1_000);
    expect(await letThrough(asUser('greedy'), 4)).toBe(2);
    engine.clock.advance(60_000);
    expect(await letThrough(asUser('greedy'), 8)).toBe(5);
  });

  it('takes nothing from anybody else, nor from itself under another kind of token', async () => {
    expect(await letThrough(asUser('modest'), 3)).toBe(3);
    expect(await letThrough(asService('greedy'), 12)).toBe(12);
    expect(await letThrough(asUser('greedy'), 1)).toBe(0);
  });

  it('may ask ten times as often as a service or an admin', async () => {
    expect(await letThrough(asService('busy'), 60)).toBe(50);
    expect(await letThrough(asAdmin('busy'), 60)).toBe(50);
  });

  it('is counted over all functions of one process, whatever comes of the request', async () => {
    const claims = asUser('wide');
    for (let n = 0; n < 3; n += 1) {
      expectProblem(await engine.call('getProfile', { params: { userId: 'ada' }, claims }), 'forbidden');
    }
    expectProblem(await engine.call('listModels', { claims }), 'forbidden');
    expectProblem(await engine.call('trackInteraction', { rawBody: '{', claims }), 'validation');
    expectProblem(await engine.call('trackInteraction', { rawBody: '{', claims }), 'rate-limited');
  });

  it('is forgotten, with a full bucket, once ten thousand others have asked since', async () => {
    const { secondsToWait } = await import('../../lambdas/runtime/http/rate-limit.ts');
    const now = engine.clock.now();
    const ask = (sub: string) => secondsToWait({ kind: 'user', sub }, now);
    for (let n = 0; n < 6; n += 1) ask('early');
    for (let n = 1; n < 10_000; n += 1) ask(`other-${n}`);
    expect(ask('early')).toBe(1);
    for (let n = 0; n < 10_000; n += 1) ask(`later-${n}`);
    expect(ask('early')).toBe(0);
  });

  it('is not counted where nobody is asked for a token, nor without one', async () => {
    for (let n = 0; n < 8; n += 1) expect((await engine.call('getHealth', {})).status).toBe(200);
    for (let n = 0; n < 8; n += 1) expectProblem(await ask(undefined), 'unauthorized');
  });
});
