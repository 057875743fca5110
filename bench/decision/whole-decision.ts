import { conditionEngine } from '../../adapters/conditions/condition-engine.ts';
import { decideFromInputs } from '../../core/config/decide-from-inputs.ts';
import { noFeatures } from '../../core/config/features/declared-features.ts';
import type { ConfigInputs } from '../../core/config/inputs.ts';
import { compileExperiments } from '../../core/experiments/assignment/compile-experiments.ts';
import { compileRules } from '../../core/rules/evaluate/compile-rules.ts';
import { type Clauses, type Facts, FEATURES, ruleSetOf, valuesOf } from './world.ts';

const inputsOf = (user: Facts): ConfigInputs => ({
  userId: user.userId,
  context: 'dashboard',
  now: 0,
  timezone: 'UTC',
  device: 'desktop',
  locale: null,
  personalised: true,
  abTesting: true,
  facts: {
    interactions: 400,
    skill: 'advanced',
    segments: [{ name: 'power_user', confidence: 0.8 }],
    nightPercent: 30,
    device: ['desktop', 80, 300],
    features: FEATURES.map((feature, n) => [feature, 40 - n]),
    adopted: [4, 3, 1],
    contentTypes: [
      ['video', 80, 40],
      ['article', 55, 20],
    ],
    stated: {},
  },
  values: valuesOf(user),
  sticky: {},
  ruleSetVersion: 1,
  experimentSetVersion: 0,
  featuresFingerprint: 0,
});

/** What an endpoint runs once the user is loaded: defaults, rules, arms, contradictions settled. */
export const wholeDecision = (clauses: readonly Clauses[]) => {
  const engine = conditionEngine();
  const sets = {
    rules: compileRules(ruleSetOf(clauses), engine),
    experiments: compileExperiments({ version: 0, defined: [] }, engine),
    features: noFeatures,
  };
  return (user: Facts) => decideFromInputs(inputsOf(user), sets);
};
