import { assignAll, type CompiledExperimentSet } from '../experiments/assignment/assign.ts';
import type { Assignment } from '../experiments/types.ts';
import { isObject } from '../is-object.ts';
import { type ArmPatch, applyRules } from '../rules/apply/apply-rules.ts';
import { pickData } from '../rules/conditions/pick-data.ts';
import type { CompiledRuleSet } from '../rules/evaluate/compiled.ts';
import { evaluateRules } from '../rules/evaluate/evaluate-rules.ts';
import type { AppliedRule, HeldOutRule, RuleAsk, RuleData } from '../rules/types.ts';
import type { Segment } from '../segments/segments-of.ts';
import { configDefaults } from './defaults/config-defaults.ts';
import type { DeclaredFeatures } from './features/declared-features.ts';
import { settleFeatures } from './features/settle-features.ts';
import type { ConfigInputs } from './inputs.ts';
import { neutralRules } from './neutral-rules.ts';
import { shownArms } from './shown-arms.ts';
import type { Config, ValueReason } from './types.ts';

/** What all users' configs are decided with; the inputs name the versions. */
export type ConfigSets = {
  readonly rules: CompiledRuleSet;
  readonly experiments: CompiledExperimentSet;
  readonly features: DeclaredFeatures;
};

/** What rules are asked with. */
export type RuleSets = Pick<ConfigSets, 'rules' | 'experiments'>;

/** A config with everything that led to it. */
export type DecidedConfig = {
  readonly config: Config;
  /** One for every slot that has a value. */
  readonly reasons: readonly ValueReason[];
  readonly applied: readonly AppliedRule[];
  readonly heldOut: readonly HeldOutRule[];
  /** Of all running experiments, also those in which the user is not. */
  readonly assignments: readonly Assignment[];
  /** Those of them that this config shows. */
  readonly shown: readonly Assignment[];
  /** Surest first. */
  readonly segments: readonly Segment[];
};

const assignmentsOf = (inputs: ConfigInputs, { experiments }: RuleSets): readonly Assignment[] => {
  const { userId, now, sticky, abTesting, values } = inputs;
  if (!inputs.personalised) return [];
  const data = pickData(experiments.reads, (path) => values[path]);
  return assignAll(experiments, { userId, now, sticky, abTesting, data });
};

type Arms = RuleAsk['arms'];

const armsOf = (assignments: readonly Assignment[]): Arms =>
  new Map(
    assignments
      .filter(({ inExperiment }) => inExperiment)
      .map(({ key, variant, isControl }) => [key, { variant, isControl }]),
  );

const ruleData = ({ values }: ConfigInputs, reads: readonly string[], arms: Arms): RuleData =>
  pickData(reads, (path, [root, key = '']) =>
    root === 'experiments' ? arms.get(key)?.variant : values[path],
  );

/** What the rules are asked with, and the arms that go with it; the same for the decision and for its explanation. */
export const ruleAskOf = (
  inputs: ConfigInputs,
  sets: RuleSets,
): {
  readonly ask: RuleAsk;
  readonly rules: CompiledRuleSet;
  readonly assignments: readonly Assignment[];
} => {
  const assignments = assignmentsOf(inputs, sets);
  const arms = armsOf(assignments);
  const { userId, context, now, timezone, abTesting } = inputs;
  const data = ruleData(inputs, sets.rules.reads, arms);
  return {
    ask: { userId, context, now, timezone, data, arms, holdouts: abTesting },
    rules: inputs.personalised ? sets.rules : neutralRules(sets.rules),
    assignments,
  };
};

/** What arms change in the config: `payload.config`. */
const armPatches = (assignments: readonly Assignment[]): ArmPatch[] =>
  assignments.flatMap(({ key, variant, inExperiment, payload }) =>
    inExperiment && isObject(payload?.config) ? [{ key, variant, patch: payload.config }] : [],
  );

/**
 * The decision itself: the defaults, the rules that match on top of them, the arms of experiments on top of those. Pure: the same
 * inputs and sets give the same config and reasons, today for the answer and later for the explanation.
 */
export const decideFromInputs = (inputs: ConfigInputs, sets: ConfigSets): DecidedConfig => {
  const { ask, rules, assignments } = ruleAskOf(inputs, sets);
  const { applied, heldOut } = evaluateRules(rules, ask);
  const defaults = configDefaults(inputs, sets.features.list);
  const decided = applyRules(defaults, applied, armPatches(assignments));
  return {
    config: settleFeatures(decided),
    reasons: decided.reasons,
    applied: decided.applied,
    heldOut,
    assignments,
    shown: shownArms(assignments, sets),
    segments: inputs.facts.segments,
  };
};
