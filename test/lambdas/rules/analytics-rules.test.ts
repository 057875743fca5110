import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

/** Decisions, exposures and conversions through the whole pipe: rules, configs, traces, the job, the answer. */
let engine: Engine;
const PAID = { '==': [{ var: 'user.attributes.plan' }, 'pro'] };
const rule = (changes: object = {}) => ({
  name: 'Pro users get the dense layout',
  enabled: true,
  priority: 10,
  contexts: ['dashboard'],
  condition: PAID,
  actions: { layout: 'compact' },
  ...changes,
});

const configOf = (userId: string, context = 'dashboard') =>
  engine.good('decideConfig', { body: { userId, context }, claims: asUser(userId) });
const buy = (userId: string) =>
  engine.good('trackInteraction', { body: { type: 'purchase', value: 9 }, claims: asUser(userId) });
const join = (userId: string, plan: string) =>
  engine.good('upsertProfile', { body: { userId, attributes: { plan } }, claims: asUser(userId) });
const rules = async () =>
  (await engine.good('getAnalytics', { query: { period: '30d', metric: 'rules' }, claims: asAdmin() })).totals
    .rules;

beforeAll(async () => {
  engine = await startEngine();
  await engine.good('createRule', { body: rule(), claims: asAdmin() });
  for (const [userId, plan] of [
    ['ada', 'pro'],
    ['bob', 'pro'],
    ['eve', 'free'],
  ] as const)
    await join(userId, plan);
  engine.clock.advance(6 * SECOND);
});
afterAll(() => engine.close());

describe('config decisions', () => {
  it('are counted by what their rules did, converted within seven days', async () => {
    for (const userId of ['ada', 'bob', 'eve']) await configOf(userId);
    await configOf('ada', 'settings');
    engine.clock.advance(HOUR);
    await buy('ada');
    await buy('eve');
    engine.clock.advance(SECOND);
    await engine.runJob('aggregate', 'run-1');
    expect(await rules()).toEqual({ decisions: 4, exposures: 2, conversions: 1, conversion: 0.5 });
  });

  it('are judged by the rules of their time, whatever became of these', async () => {
    const [{ ruleId, version }] = (await engine.good('listRules', { claims: asAdmin() })).items;
    const body = { ...rule({ condition: { '!': [PAID] } }), version };
    await engine.good('replaceRule', { params: { ruleId }, body, claims: asAdmin() });
    engine.clock.advance(6 * SECOND);
    await engine.runJob('aggregate', 'run-2');
    expect(await rules()).toEqual({ decisions: 4, exposures: 2, conversions: 1, conversion: 0.5 });
  });

  it('do not convert by what came more than a week later, and stay counted once their traces are gone', async () => {
    engine.clock.advance(8 * DAY);
    await buy('bob');
    engine.clock.advance(SECOND);
    await engine.runJob('aggregate', 'run-3');
    const before = await rules();
    expect(before).toEqual({ decisions: 4, exposures: 2, conversions: 1, conversion: 0.5 });
    engine.clock.advance(25 * DAY);
    await engine.runJob('aggregate', 'run-4');
    const { totals } = await engine.good('getAnalytics', {
      query: { period: '90d', metric: 'rules' },
      claims: asAdmin(),
    });
    expect(totals.rules).toEqual(before);
  });
});
