import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REVALIDATED } from '../../support/config-asks.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

const EXPERIMENTS = 50;
let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const config = (userId: string) =>
  engine.good('decideConfig', { claims: asUser(userId), body: { context: 'dashboard' } });

/** Calls to the table by one config. */
const measured = async (userId: string) => {
  const { meterTotals, resetMeter } = await import('../../../lambdas/runtime/meter.ts');
  resetMeter();
  const answer = await config(userId);
  return { answer, totals: structuredClone(meterTotals()) };
};

describe('fifty experiments at once', () => {
  it('cost a config no request more than none: the arms come with the user, the experiments from memory', async () => {
    for (const userId of ['before', 'after']) await config(userId);
    engine.clock.advance(61_000);
    await config('warm');
    const none = await measured('before');
    expect(none.answer).toMatchObject({ source: 'computed', experiments: [] });
    for (let n = 0; n < EXPERIMENTS; n += 1) {
      const variants = [
        { key: 'control', weight: 0.5 },
        { key: 'treated', weight: 0.5, payload: { config: { settings: { [`s${n}`]: n } } } },
      ];
      const body = { key: `e${n}`, name: `Experiment ${n}`, variants, status: 'running' };
      await engine.good('createExperiment', { claims: asAdmin(), body });
    }
    engine.clock.advance(REVALIDATED);
    await config('warm');
    const first = await measured('after');
    expect(first.answer.experiments).toHaveLength(EXPERIMENTS);
    expect(first.totals.loadUserForConfig).toMatchObject({ calls: 1 });
    engine.clock.advance(61_000);
    await config('warm');
    const fifty = await measured('after');
    expect(fifty.answer).toMatchObject({ source: 'computed', experiments: first.answer.experiments });
    const calls = (totals: typeof none.totals) =>
      Object.fromEntries(Object.entries(totals).map(([name, one]) => [name, one.calls]));
    expect(calls(fifty.totals)).toEqual(calls(none.totals));
    expect(calls(fifty.totals)).toEqual({ loadUserForConfig: 1 });
  });
});
