import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { DAY, HOUR, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const claims = asAdmin();
/** The id follows from the key, and who is held out from the id: the same in every run. */
const create = async (body: {
  readonly name: string;
  readonly [field: string]: unknown;
}): Promise<string> => {
  const headers = { 'idempotency-key': `rule-${body.name.replaceAll(' ', '-')}` };
  return (await engine.good('createRule', { body, claims, headers })).ruleId;
};
const performanceOf = (ruleId: string) => engine.good('getRulePerformance', { params: { ruleId }, claims });
const optimize = (body: object) => engine.good('optimizeRules', { body, claims });
const isOf = (group: string) => ({ '==': [{ var: 'user.attributes.group' }, group] });

const USERS = 300;
const AT_ONCE = 20;

type Shown = { buy?: boolean; noise?: boolean };

const shownTo = async (n: number): Promise<Shown> => {
  const attributes = { group: ['helped', 'harmed', 'other'][n % 3] };
  const body = { context: 'shop', attributes };
  return (await engine.good('decideConfig', { body, claims: asUser(`u${n}`) })).config.settings;
};

/** Everybody asks for a config once; who gets `buy` buys more often, who gets `noise` less often. */
const live = async () => {
  const random = seededRandom(11);
  const chance = ({ buy, noise }: Shown) => (buy ? 0.7 : noise ? 0.05 : 0.3);
  for (let first = 0; first < USERS; first += AT_ONCE) {
    const users = Array.from({ length: AT_ONCE }, (_, at) => first + at);
    const shown = await Promise.all(users.map(shownTo));
    engine.clock.advance(SECOND);
    const buyers = users.filter((_, at) => random() < chance(shown[at]!));
    const body = { type: 'purchase', value: 10 };
    await Promise.all(buyers.map((n) => engine.good('trackInteraction', { body, claims: asUser(`u${n}`) })));
  }
};

describe('rules with a holdout', () => {
  let [helping, harming, top, unused] = ['', '', '', ''];

  it('have no figures before the first count', async () => {
    helping = await create({
      name: 'Helps',
      priority: 1,
      condition: isOf('helped'),
      actions: { settings: { buy: true, banner: 'a' } },
      holdout: 0.5,
    });
    const found = await performanceOf(helping);
    expect(found).toMatchObject({ ruleId: helping, exposures: 0, conversions: 0, lift: null, asOf: null });
    expect(found.reason).toContain('aggregate');
    expect((await optimize({})).advice).toMatchObject([{ ruleId: helping, action: 'keep' }]);
    expect(await engine.good('optimizeRules', { claims })).toMatchObject({ advice: [{}], applied: [] });
  });

  it('are measured from the decisions and conversions of users', async () => {
    harming = await create({
      name: 'Harms',
      condition: isOf('harmed'),
      actions: { settings: { noise: true } },
      holdout: 0.5,
    });
    top = await create({
      name: 'Top',
      priority: 30,
      condition: isOf('helped'),
      actions: { settings: { banner: 'b' } },
    });
    unused = await create({ name: 'Unused', condition: isOf('nobody'), actions: { theme: 'dark' } });
    engine.clock.advance(10 * SECOND);
    await live();
    engine.clock.advance(HOUR);
    await engine.runJob('aggregate', 'run-1');

    const helped = await performanceOf(helping);
    expect(helped).toMatchObject({
      version: 1,
      comparison: 'held out',
      asked: USERS,
      matched: USERS / 3,
      reason: null,
      conflicts: { lost: helped.exposures, lostTo: [{ ruleId: top, users: helped.exposures }], silenced: 0 },
    });
    expect(helped.exposures + helped.control.exposures).toBe(USERS / 3);
    expect(helped.pending).toBe(helped.exposures);
    expect(helped.value).toBe(10 * helped.conversions);
    expect(helped.lift.interval[0]).toBeGreaterThan(0);
    expect(helped.lift.interval[0]).toBeLessThan(0.4);
    expect(helped.lift.interval[1]).toBeGreaterThan(0.4);
    expect(helped.bySegment).toMatchObject([{ segment: 'new_user', exposures: helped.exposures }]);

    const harmed = await performanceOf(harming);
    expect(harmed.lift.interval[1]).toBeLessThan(0);
    expect(harmed.lift.relative).toBeLessThan(-0.5);

    expect(await performanceOf(unused)).toMatchObject({ asked: USERS, matched: 0, exposures: 0, lift: null });
  });

  it('give the same figures when they are counted again', async () => {
    const before = await performanceOf(helping);
    await engine.runJob('aggregate', 'run-2');
    expect(await performanceOf(helping)).toEqual({
      ...before,
      asOf: expect.any(String),
      period: expect.anything(),
    });
  });

  it('are optimised only on request: harm ends, help goes up', async () => {
    const before = await engine.scan();
    const asked = await optimize({});
    const byName = Object.fromEntries(asked.advice.map((one: { name: string }) => [one.name, one]));
    expect(byName).toMatchObject({
      Helps: { action: 'raise', priority: { from: 1, to: 31 }, evidence: { tested: 2 } },
      Harms: { action: 'disable', evidence: { comparison: 'held out' } },
      Top: { action: 'keep', evidence: { comparison: 'not matched', adjustedPValue: null } },
      Unused: { action: 'keep' },
    });
    expect(asked.applied).toEqual([]);
    expect(await engine.scan()).toEqual(before);
  });

  it('keep who changed them and why, and can be put back', async () => {
    const { applied } = await optimize({ apply: true });
    expect(applied).toEqual([
      { ruleId: helping, action: 'raise', fromVersion: 1, toVersion: 2 },
      { ruleId: harming, action: 'disable', fromVersion: 1, toVersion: 2 },
    ]);
    expect((await optimize({ apply: true })).applied).toEqual([]);
    const { items } = await engine.good('listRuleVersions', { params: { ruleId: harming }, claims });
    expect(items[0]).toMatchObject({
      version: 2,
      changedBy: 'root',
      reason: expect.stringMatching(/^optimize: disable\. It lowers conversion: /),
      rule: { enabled: false, name: 'Harms' },
    });
    const rollback = { params: { ruleId: harming }, body: { version: applied[1].fromVersion }, claims };
    expect(await engine.good('rollbackRule', rollback)).toMatchObject({ version: 3, enabled: true });
    expect((await optimize({ apply: true })).applied).toEqual([]);
    expect(await performanceOf(harming)).toMatchObject({ version: 1, presentVersion: 3 });
  });

  it('are measured on users for whom nothing else changed, also where they are held out', async () => {
    const ruleId = await create({
      name: 'New',
      condition: true,
      actions: { layout: 'compact' },
      holdout: 0.5,
    });
    engine.clock.advance(10 * SECOND);
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => shownTo(n)));
    await engine.runJob('aggregate', 'run-new');
    const { exposures, control, matched, reason } = await performanceOf(ruleId);
    expect(exposures + control.exposures).toBe(AT_ONCE);
    expect(control.exposures).toBeGreaterThan(0);
    expect([matched, reason]).toEqual([AT_ONCE, expect.stringContaining('too little data')]);
    await engine.good('deleteRule', { params: { ruleId }, claims });
  });

  it('that are idle for 30 days are disabled', async () => {
    engine.clock.advance(31 * DAY);
    for (let n = 0; n < 100; n += 1) {
      await engine.good('decideConfig', { body: { context: 'shop' }, claims: asUser(`u${n}`) });
    }
    engine.clock.advance(HOUR);
    await engine.runJob('aggregate', 'run-3');
    const { advice } = await optimize({});
    const idle = advice.find(({ ruleId }: { ruleId: string }) => ruleId === unused);
    expect(idle).toMatchObject({ action: 'disable', evidence: { asked: 100, matched: 0 } });
  });
});

describe('what is refused', () => {
  it('is anybody but an administrator', async () => {
    for (const other of [asUser('ada'), asService()]) {
      const performance = await engine.call('getRulePerformance', { params: { ruleId: 'r' }, claims: other });
      expectProblem(performance, 'forbidden');
      expectProblem(await engine.call('optimizeRules', { body: {}, claims: other }), 'forbidden');
    }
    expectProblem(await engine.call('optimizeRules', { body: {} }), 'unauthorized');
  });

  it('is a rule that is not there, and names that only objects have', async () => {
    for (const ruleId of ['nothing', 'constructor', '__proto__']) {
      expectProblem(await engine.call('getRulePerformance', { params: { ruleId }, claims }), 'not-found');
    }
  });

  it.each([{ apply: 'yes' }, { apply: null }, { aply: true }, [], 'apply', 7])('is %j', async (body) => {
    expectRefused(await engine.call('optimizeRules', { body, claims }));
  });
});
