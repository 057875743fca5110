import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import {
  configDecisionFromItem,
  configDecisionToItem,
} from '../../../adapters/dynamodb/entities/config-decision.ts';
import {
  type ConfigSets,
  type DecidedConfig,
  decideFromInputs,
} from '../../../core/config/decide-from-inputs.ts';
import { noFeatures } from '../../../core/config/features/declared-features.ts';
import type { ConfigInputs } from '../../../core/config/inputs.ts';
import type { ConfigTrace } from '../../../core/decisions/config-trace.ts';
import { vocabularyOf } from '../../../core/decisions/config-trace.ts';
import { explainConfig } from '../../../core/decisions/explain-config.ts';
import { keepConfigDecision } from '../../../core/decisions/keep-config-decision.ts';
import type { ConfigDecision, Decision } from '../../../core/decisions/ports.ts';
import { compileExperiments } from '../../../core/experiments/assignment/compile-experiments.ts';
import type { ExperimentBody } from '../../../core/experiments/types.ts';
import { compileRules } from '../../../core/rules/evaluate/compile-rules.ts';
import type { Json, RuleBody } from '../../../core/rules/types.ts';
import { defined } from '../../support/definitions.ts';
import { NOON } from '../../support/interactions.ts';
import { usualFacts } from '../config/config-world.ts';

const engine = conditionEngine();

/** A condition on one variable, and values of that variable on both sides of it. */
const CLAUSES: readonly (readonly [Json, path: string, values: readonly unknown[]])[] = [
  [{ '==': [{ var: 'user.skillLevel' }, 'advanced'] }, 'user.skillLevel', ['advanced', 'beginner']],
  [{ '>=': [{ var: 'session.count' }, 5] }, 'session.count', [2, 5, 900]],
  [{ '<': [{ var: 'features.search.count' }, 3] }, 'features.search.count', [1, 3, null]],
  [{ '==': [{ var: 'user.attributes.plan' }, 'pro'] }, 'user.attributes.plan', ['pro', 'free', null]],
  [
    { in: ['power_user', { var: 'segments' }] },
    'segments',
    [['power_user'], ['new_user', 'mobile_first'], []],
  ],
  [{ '>': [{ var: 'confidence.new_user' }, 0.5] }, 'confidence.new_user', [0.123456, 0.9]],
  [{ '!': [{ var: 'locale' }] }, 'locale', ['nl', null]],
  [{ '==': [{ var: 'experiments.tone' }, 'loud'] }, 'experiments.tone', [null]],
];

const anyClause = fc.constantFrom(...CLAUSES.map(([condition]) => condition));

const anyCondition: fc.Arbitrary<Json> = fc
  .tuple(fc.constantFrom('and', 'or'), fc.array(anyClause, { minLength: 1, maxLength: 3 }))
  .map(([operator, clauses]) => ({ [operator]: clauses }));

const anyRule: fc.Arbitrary<RuleBody> = fc.record(
  {
    name: fc.constantFrom('Pro tips', 'Calm start', 'Ünï'),
    enabled: fc.constantFrom(true, true, false),
    priority: fc.integer({ min: -2, max: 2 }),
    contexts: fc.constantFrom([], ['dashboard'], ['login']),
    condition: anyCondition,
    actions: fc.constantFrom(
      { theme: 'dark' },
      { theme: 'light', layout: 'compact' },
      { settings: { banner: 'hello', deep: { a: 1 } } },
      { settings: { banner: null } },
      { features: { hidden: ['export'] }, content: { filters: { topics: ['x'] } } },
    ),
    holdout: fc.constantFrom(0, 0.5),
    experimentKey: fc.constant('tone'),
    schedule: fc.constantFrom({ to: '2026-11-21T13:30:00' }, { from: '2026-11-22T00:00:00Z' }),
  },
  { requiredKeys: ['name', 'enabled', 'priority', 'contexts', 'condition', 'actions'] },
);

const tone: ExperimentBody = {
  key: 'tone',
  name: 'Tone',
  kind: 'ab',
  variants: [
    { key: 'plain', weight: 0.5 },
    { key: 'loud', weight: 0.5, payload: { config: { settings: { tone: 'loud' } } } },
  ],
  coverage: 0.8,
  condition: { '>=': [{ var: 'session.count' }, 2] },
  metrics: [],
  status: 'running',
};

const anySets = fc.array(anyRule, { maxLength: 12 }).map((bodies): ConfigSets => {
  const rules = bodies.map((body, n) => defined<RuleBody>(`rule-${n}`, body, n + 1));
  const experiments = { version: 3, defined: [defined('tone-id', tone, 3)] };
  return {
    rules: compileRules({ version: rules.length, defined: rules }, engine),
    experiments: compileExperiments(experiments, engine),
    features: noFeatures,
  };
});

const valuesBy = (reads: readonly string[], choice: readonly number[]): Record<string, unknown> =>
  Object.fromEntries(
    CLAUSES.flatMap(([, path, values], at) => {
      const value = values[(choice[at] ?? 0) % values.length];
      return reads.includes(path) && value !== null ? [[path, value]] : [];
    }),
  );

type Case = { sets: ConfigSets; inputs: ConfigInputs };

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    sets: anySets,
    userId: fc.integer({ min: 1, max: 10_000 }).map((n) => `user-${n}`),
    context: fc.constantFrom('dashboard', 'login', 'never seen'),
    choice: fc.array(fc.nat(5), { minLength: CLAUSES.length, maxLength: CLAUSES.length }),
    abTesting: fc.boolean(),
    timezone: fc.constantFrom('UTC', 'Europe/Amsterdam', 'America/New_York'),
    seen: fc.boolean(),
  })
  .map(({ sets, userId, context, choice, abTesting, timezone, seen }) => {
    const { reads, lines } = vocabularyOf(sets);
    const inputs: ConfigInputs = {
      userId,
      context,
      now: NOON,
      timezone,
      device: null,
      locale: null,
      personalised: true,
      abTesting,
      facts: usualFacts,
      values: valuesBy(reads, choice),
      sticky: seen ? { [lines[0] ?? '']: ['loud', NOON - 1_000, 0.5] } : {},
      ruleSetVersion: sets.rules.version,
      experimentSetVersion: sets.experiments.version,
      featuresFingerprint: 0,
    };
    return { sets, inputs };
  });

const seal = { seal: () => '', open: () => undefined };

/** The decision as it is read back from its item. */
const keptOf = async ({ sets, inputs }: Case, decided: DecidedConfig): Promise<Decision<ConfigTrace>> => {
  const put: ConfigDecision[] = [];
  await keepConfigDecision(
    {
      decisions: { putConfig: async (decision) => void put.push(decision) },
      userSeal: async () => seal,
      traceLost: (error) => {
        throw error;
      },
    },
    {
      inputs,
      said: {
        config: decided.config,
        rules: decided.applied,
        heldOut: decided.heldOut,
        arms: decided.assignments.filter(({ inExperiment }) => inExperiment),
      },
      vocabulary: vocabularyOf(sets),
      earlier: new Map(),
      newId: () => 'X',
    },
  );
  return configDecisionFromItem(configDecisionToItem(put[0]!));
};

describe('a config decision that is explained from its trace', () => {
  it('comes out as it was, with every rule and what became of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (one) => {
        const decided = decideFromInputs(one.inputs, one.sets);
        const told = explainConfig(await keptOf(one, decided), one.sets);
        expect(told).toMatchObject({ reproduced: true, notes: [], config: decided.config });
        expect(told.reasons).toEqual(decided.reasons);
        expect(told.rules.map(({ ruleId }) => ruleId)).toEqual(
          one.sets.rules.rules.map(({ rule }) => rule.id),
        );
        const ids = (verdict: string) =>
          told.rules.filter((rule) => rule.verdict === verdict).map(({ ruleId }) => ruleId);
        expect(ids('applied').sort()).toEqual(decided.applied.map(({ ruleId }) => ruleId).sort());
        expect(ids('held out').sort()).toEqual(decided.heldOut.map(({ ruleId }) => ruleId).sort());
        expect(told.experiments).toEqual(decided.assignments);
      }),
      { seed: 20_261_121, numRuns: 400 },
    );
  });

  const RULE: RuleBody = {
    name: 'Essay readers',
    enabled: true,
    priority: 1,
    contexts: [],
    condition: { '==': [{ var: 'user.attributes.essay' }, 'x'] },
    actions: { theme: 'dark' },
  };

  const withValue = (essay: unknown, condition: Json = RULE.condition): Case => {
    const rules = [defined<RuleBody>('essays', { ...RULE, condition })];
    const sets: ConfigSets = {
      rules: compileRules({ version: 1, defined: rules }, engine),
      experiments: compileExperiments({ version: 0, defined: [] }, engine),
      features: noFeatures,
    };
    const inputs: ConfigInputs = {
      userId: 'ada',
      context: 'dashboard',
      now: NOON,
      timezone: 'UTC',
      device: null,
      locale: null,
      personalised: true,
      abTesting: true,
      facts: usualFacts,
      values: { 'user.attributes.essay': essay },
      sticky: {},
      ruleSetVersion: 1,
      experimentSetVersion: 0,
      featuresFingerprint: 0,
    };
    return { sets, inputs };
  };

  it('shows of a rule that did not match which clause failed, and the value it saw', async () => {
    const one = withValue('short');
    const told = explainConfig(await keptOf(one, decideFromInputs(one.inputs, one.sets)), one.sets);
    expect(told.rules).toMatchObject([
      {
        ruleId: 'essays',
        verdict: 'condition not met',
        clauses: [{ path: 'user.attributes.essay', passed: false, value: 'short', expected: 'x' }],
      },
    ]);
  });

  it('says which values were too large to keep', async () => {
    const essay = Array.from({ length: 1_500 }, (_, n) =>
      String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)),
    ).join('');
    const one = withValue(essay, { '!=': [{ var: 'user.attributes.essay' }, null] });
    const told = explainConfig(await keptOf(one, decideFromInputs(one.inputs, one.sets)), one.sets);
    expect(told.reproduced).toBe(false);
    expect(told.notes).toEqual([expect.stringContaining('user.attributes.essay')]);
  });

  it('says that the features were other ones, and what is no longer known', async () => {
    const one = withValue('short');
    const kept = await keptOf(one, decideFromInputs(one.inputs, one.sets));
    const feature = { feature: 'api', title: 'API' };
    const later = explainConfig(kept, { ...one.sets, features: { list: [feature], fingerprint: 7 } });
    expect(later.notes).toEqual([expect.stringContaining('other features')]);
    const forgotten = explainConfig(kept, { ...one.sets, rules: undefined });
    expect(forgotten).toMatchObject({ rules: [], reproduced: false, context: 'dashboard' });
    expect(forgotten.config).toBeUndefined();
    expect(forgotten.notes).toEqual([expect.stringContaining('no longer known')]);
  });
});
