import { describe, expect, it } from '@jest/globals';
import { conditionEngine } from '../../../../adapters/conditions/condition-engine.ts';
import { decideFromInputs } from '../../../../core/config/decide-from-inputs.ts';
import type { ConfigInputs } from '../../../../core/config/inputs.ts';
import { type ConfigTrace, configTraceOf, vocabularyOf } from '../../../../core/decisions/config-trace.ts';
import type { Decision } from '../../../../core/decisions/ports.ts';
import { compileExperiments } from '../../../../core/experiments/assignment/compile-experiments.ts';
import { judgeDecisions } from '../../../../core/rules/performance/judge-decisions.ts';
import { compiledSet, NOW, ruleOf } from './support.ts';

const rules = compiledSet(
  ruleOf('mobile', { condition: { '==': [{ var: 'device' }, 'mobile'] }, priority: 2 }),
  ruleOf('busy', { condition: { '>': [{ var: 'session.count' }, 5] }, holdout: 0.5 }),
);
const sets = { rules, experiments: compileExperiments({ version: 0, defined: [] }, conditionEngine()) };
const features = { list: [], fingerprint: 0, navigation: [], byName: new Map() } as never;

const inputsOf = (n: number): ConfigInputs => ({
  userId: `u${n}`,
  context: 'dashboard',
  now: NOW + n,
  timezone: 'UTC',
  device: n % 2 ? 'mobile' : 'desktop',
  locale: null,
  personalised: true,
  abTesting: true,
  facts: {
    interactions: n,
    skill: 'beginner',
    segments: [
      { name: 'new_user', confidence: 0.5 },
      { name: 'casual_user', confidence: 0.49 },
    ],
    nightPercent: 0,
    features: [],
    adopted: [0, 0, 0],
    contentTypes: [],
    stated: {},
  },
  values: { device: n % 2 ? 'mobile' : 'desktop', 'session.count': n % 12 },
  sticky: {},
  ruleSetVersion: 2,
  experimentSetVersion: 0,
  featuresFingerprint: 0,
});

const traceOf = (inputs: ConfigInputs, change: Partial<ConfigTrace> = {}): Decision => ({
  decisionId: `cfg.${inputs.now}`,
  userId: inputs.userId,
  decidedAt: inputs.now,
  body: { ...configTraceOf(inputs, vocabularyOf(sets)), ...change },
});

const asked: unknown[] = [];
const judge = judgeDecisions(async (versions) => {
  asked.push(versions);
  return versions.rules === 2 ? sets : undefined;
});

describe('stored decisions, run again', () => {
  it('say of every rule what the decision did', async () => {
    const seen = new Set<string>();
    for (let n = 0; n < 120; n += 1) {
      const inputs = inputsOf(n);
      const [judged] = await judge(inputs.userId, [traceOf(inputs)]);
      const { applied, heldOut } = decideFromInputs(inputs, { ...sets, features });
      const idsOf = (arm: string) =>
        judged!.outcomes.filter((one) => one.arm === arm).map(({ ruleId }) => ruleId);
      expect(idsOf('applied')).toEqual(applied.map(({ ruleId }) => ruleId));
      expect(idsOf('held out')).toEqual(heldOut.map(({ ruleId }) => ruleId));
      expect(judged).toMatchObject({ decidedAt: inputs.now, segments: ['new_user'] });
      expect(judged!.outcomes).toHaveLength(2);
      for (const { ruleId, arm } of judged!.outcomes) seen.add(`${ruleId} ${arm}`);
    }
    expect([...seen].sort()).toEqual([
      'busy applied',
      'busy held out',
      'busy not matched',
      'mobile applied',
      'mobile not matched',
    ]);
  });

  it('ask for the sets of their time, and are left out where these or the values are gone', async () => {
    const inputs = inputsOf(1);
    const other: Decision = { ...traceOf(inputs), decisionId: 'abcdef.01', body: { items: [] } };
    expect(await judge('u1', [other])).toEqual([]);
    expect(await judge('u1', [traceOf(inputs, { g: [0] })])).toEqual([]);
    expect(await judge('u1', [traceOf(inputs, { s: [7, 3, 0] })])).toEqual([]);
    expect(asked.at(-1)).toEqual({ rules: 7, experiments: 3 });
  });
});
