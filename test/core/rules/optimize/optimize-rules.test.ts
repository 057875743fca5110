import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { adviseRules } from '../../../../core/rules/optimize/advice.ts';
import { optimizeRules } from '../../../../core/rules/optimize/optimize-rules.ts';
import { rulePerformance } from '../../../../core/rules/performance/rule-performance.ts';
import type { ArmCounts, RuleCounts, RulesCounts } from '../../../../core/rules/performance/types.ts';
import type { Rule, RuleBody } from '../../../../core/rules/types.ts';
import { memoryDefinitions } from '../../../support/definitions.ts';
import { NOW, ruleOf, WINDOW } from '../performance/support.ts';

const arm = (users: number, converted: number): ArmCounts => ({ users, converted });
const arms = (applied: ArmCounts, heldOut: ArmCounts): RuleCounts => ({
  arms: { applied, 'held out': heldOut },
});

const HELP = arms(arm(800, 160), arm(200, 10));
const HARM = arms(arm(800, 40), arm(200, 40));
const NEITHER = arms(arm(800, 80), arm(200, 20));

const OVERRIDDEN = { lost: 300, lostTo: { top: 300 } };
const OVERRIDING = { won: 200, wonOver: { bottom: 200 } };

const held = (id: string, change: Partial<RuleBody> = {}) => ruleOf(id, { holdout: 0.2, ...change });

const advise = (cases: readonly (readonly [Rule, RuleCounts?])[], asOf: number | null = NOW) =>
  adviseRules(
    cases.map(([rule, counts]) => ({
      rule,
      performance: rulePerformance(rule, { asOf, versions: counts ? { 1: counts } : {} }, NOW),
    })),
  );

const one = (counts: RuleCounts | undefined, rule = held('r'), asOf: number | null = NOW) =>
  advise([[rule, counts], [ruleOf('top', { priority: 40 })], [ruleOf('bottom', { priority: -7 })]], asOf)[0]!;

describe('advice', () => {
  it('disables a rule that surely does harm, with the figures', () => {
    const advice = one(HARM);
    expect(advice.action).toBe('disable');
    expect(advice.reason).toContain('5 % of 800 users converted, 20 % of 200 held out');
    expect(advice.evidence).toMatchObject({ asked: 1000, tested: 1, lift: { absolute: -0.15 } });
    expect(advice.evidence.adjustedPValue).toBe(advice.evidence.lift!.pValue);
  });

  it('raises one that surely helps where others take its slots, just above them', () => {
    expect(one({ ...HELP, ...OVERRIDDEN })).toMatchObject({ action: 'raise', priority: { from: 0, to: 41 } });
    expect(one(HELP)).toMatchObject({ action: 'keep' });
    const highest = held('r', { priority: 1000 });
    expect(one({ ...HELP, ...OVERRIDDEN }, highest)).toMatchObject({ action: 'keep' });
    const gone = { ...HELP, lost: 5, lostTo: { deleted: 5 } };
    expect(one(gone)).toMatchObject({ action: 'keep' });
  });

  it('lowers one that may do harm and takes slots of others, where many were tested', () => {
    const maybe = { ...arms(arm(800, 80), arm(200, 31)), ...OVERRIDING };
    const alone = one(maybe);
    expect(alone.action).toBe('disable');
    const others = Array.from({ length: 20 }, (_, n) => [held(`n${n}`), NEITHER] as const);
    const [among] = advise([[held('r'), maybe], ...others, [ruleOf('bottom', { priority: -7 })]]);
    expect(among).toMatchObject({ action: 'lower', priority: { from: 0, to: -8 } });
    const [quiet] = advise([[held('r'), arms(arm(800, 80), arm(200, 31))], ...others]);
    expect(quiet!.action).toBe('keep');
  });

  it('keeps one without a difference, with too little data, or without a holdout', () => {
    expect(one(NEITHER)).toMatchObject({ action: 'keep', reason: expect.stringContaining('No clear') });
    expect(one(arms(arm(800, 0), arm(10, 9))).reason).toContain('too little data');
    const unmatched = { arms: { applied: arm(800, 8), 'not matched': arm(800, 400) } };
    const advice = one(unmatched, ruleOf('r'));
    expect(advice).toMatchObject({ action: 'keep', evidence: { adjustedPValue: null } });
    expect(advice.reason).toContain('holdout');
  });

  it('disables one that matched nobody in the whole time, and waits where it is young or seldom asked', () => {
    const nobody = (users: number) => ({ arms: { 'not matched': arm(users, 9) } });
    expect(one(nobody(100))).toMatchObject({ action: 'disable' });
    expect(one(nobody(99))).toMatchObject({ action: 'keep' });
    const young = { ...held('r'), changedAt: WINDOW.from + 1 };
    expect(one(nobody(100), young)).toMatchObject({ action: 'keep' });
    expect(one({ arms: { 'held out': arm(50, 9), 'not matched': arm(500, 9) } }).action).toBe('keep');
  });

  it('disables one that others silence for everybody', () => {
    expect(one({ ...HELP, silenced: 800 })).toMatchObject({ action: 'disable' });
    expect(one({ ...HELP, silenced: 799 })).toMatchObject({ action: 'keep' });
    expect(one({ ...HELP, silenced: 800 }, { ...held('r'), changedAt: NOW }).action).toBe('keep');
  });

  it('says nothing about what is switched off, changed since, or not counted', () => {
    expect(one(HARM, held('r', { enabled: false }))).toMatchObject({ action: 'keep' });
    expect(one(HARM, { ...held('r'), version: 2 })).toMatchObject({ action: 'keep', version: 2 });
    expect(one(undefined)).toMatchObject({ action: 'keep' });
    expect(one(undefined, held('r'), null).reason).toContain('aggregate');
  });

  it('disables hardly any of many rules that do nothing', () => {
    const random = seededRandom(7);
    const draw = (users: number) =>
      arm(
        users,
        Array.from({ length: users }, () => (random() < 0.1 ? 1 : 0)).reduce<number>((a, b) => a + b, 0),
      );
    const nights = 40;
    let wrong = 0;
    for (let night = 0; night < nights; night += 1) {
      const rules = Array.from(
        { length: 50 },
        (_, n) => [held(`n${n}`), arms(draw(400), draw(100))] as const,
      );
      if (advise(rules).some(({ action }) => action !== 'keep')) wrong += 1;
    }
    expect(wrong / nights).toBeLessThan(0.1);
  });
});

const world = (rules: readonly Rule[], counts: RulesCounts | undefined) => {
  const store = memoryDefinitions<RuleBody>(rules.map((rule, at) => ({ ...rule, setVersion: at + 1 })));
  const report = counts && { runId: 'run', asOf: NOW, rules: counts };
  const ports = {
    rules: store,
    experiments: memoryDefinitions<never>(),
    analytics: { get: async () => report as never },
  };
  const optimize = (apply: boolean) => optimizeRules(ports, { apply, sub: 'root', now: NOW + 60_000 });
  return { store, optimize };
};

const RULES = [held('harms'), held('helps'), ruleOf('top', { priority: 40 })];
const COUNTS = { harms: { 1: HARM }, helps: { 1: { ...HELP, ...OVERRIDDEN } } };

describe('optimize', () => {
  it('changes nothing unless asked to', async () => {
    const { store, optimize } = world(RULES, COUNTS);
    const found = await optimize(false);
    expect(found.advice.map(({ ruleId, action }) => [ruleId, action])).toEqual([
      ['top', 'keep'],
      ['harms', 'disable'],
      ['helps', 'raise'],
    ]);
    expect(found).toMatchObject({ applied: [], skipped: [], asOf: NOW });
    expect(await store.version()).toBe(3);
  });

  it('applies what it advises as new versions with their reason, once', async () => {
    const { store, optimize } = world(RULES, COUNTS);
    const first = await optimize(true);
    expect(first.applied).toEqual([
      { ruleId: 'harms', action: 'disable', fromVersion: 1, toVersion: 2 },
      { ruleId: 'helps', action: 'raise', fromVersion: 1, toVersion: 2 },
    ]);
    expect(await store.get('harms')).toMatchObject({
      version: 2,
      changedBy: 'root',
      reason: expect.stringMatching(/^optimize: disable\. It lowers conversion: 5 % of 800/),
      body: { enabled: false, priority: 0 },
    });
    expect(await store.get('helps')).toMatchObject({ body: { enabled: true, priority: 41 } });
    expect(await store.getVersion('harms', 1)).toMatchObject({ body: { enabled: true } });
    const second = await optimize(true);
    expect(second).toMatchObject({ applied: [], skipped: [] });
    expect(await store.version()).toBe(5);
  });

  it('leaves a rule alone that somebody changed meanwhile, and goes on', async () => {
    const { store, optimize } = world(RULES, COUNTS);
    const { load } = store;
    let first = true;
    store.load = async () => {
      const set = await load();
      if (first) {
        first = false;
        const present = (await store.get('harms'))!;
        await store.append({ ...present, setVersion: 4, version: 2, action: 'updated', changedBy: 'other' });
      }
      return set;
    };
    const found = await optimize(true);
    expect(found.applied.map(({ ruleId }) => ruleId)).toEqual(['helps']);
    expect(found.skipped).toEqual([
      { ruleId: 'harms', action: 'disable', reason: expect.stringContaining('version 2, not 1') },
    ]);
    expect(await store.get('harms')).toMatchObject({ changedBy: 'other', body: { enabled: true } });
  });

  it('keeps every rule before the first count', async () => {
    const found = await world(RULES, undefined).optimize(true);
    expect(found.advice.every(({ action }) => action === 'keep')).toBe(true);
    expect(found).toMatchObject({ applied: [], asOf: null });
  });

  it('does not hide a table that fails', async () => {
    const { store, optimize } = world(RULES, COUNTS);
    store.append = async () => {
      throw new Error('the table is away');
    };
    await expect(optimize(true)).rejects.toThrow('the table is away');
  });
});
