import {
  type ConfigSets,
  type DecidedConfig,
  decideFromInputs,
  ruleAskOf,
} from '../config/decide-from-inputs.ts';
import type { DeclaredFeatures } from '../config/features/declared-features.ts';
import type { ConfigInputs } from '../config/inputs.ts';
import type { CompiledExperimentSet } from '../experiments/assignment/compile-experiments.ts';
import type { CompiledRuleSet } from '../rules/evaluate/compiled.ts';
import { explainRules } from '../rules/explain/explain-rules.ts';
import { configDigest } from './config-digest.ts';
import { type ConfigTrace, inputsOfTrace, pathsNotKept, vocabularyOf } from './config-trace.ts';
import type { Explanation } from './decision-answer.ts';
import type { Decision } from './ports.ts';

/** Rules and experiments as they were when a config was decided; undefined where they are no longer known. */
export type PastSets = {
  readonly rules: CompiledRuleSet | undefined;
  readonly experiments: CompiledExperimentSet | undefined;
  /** As they are now: earlier declarations are not kept. */
  readonly features: DeclaredFeatures;
};

type Kept = { readonly decision: Decision<ConfigTrace>; readonly inputs: ConfigInputs };

const digestOf = ({ context, device }: ConfigInputs, decided: DecidedConfig): string => {
  const { config, applied, heldOut, shown: arms } = decided;
  return configDigest({ context, device, config, rules: applied, heldOut, arms });
};

const CHANGED =
  'The engine decides differently today: the config is what it would be now on what was known then';

/** Why the same function gives something else today. */
const whyOther = ({ decision, inputs }: Kept, notKept: readonly string[], sets: ConfigSets): string[] => {
  const reasons = [
    notKept.length > 0 &&
      `These values were too large to keep, and count as missing here: ${notKept.join(', ')}`,
    decision.body.f === null && 'What the defaults were decided from was too large to keep',
    inputs.featuresFingerprint !== sets.features.fingerprint &&
      'The catalogue declares other features today: lists of features are as they would be now',
  ].filter((reason) => reason !== false);
  return reasons.length > 0 ? reasons : [CHANGED];
};

const whereOf = ({ context, device, locale, timezone, ...inputs }: ConfigInputs) => ({
  context,
  ...(device !== null && { device }),
  ...(locale !== null && { locale }),
  timezone,
  ruleSetVersion: inputs.ruleSetVersion,
  experimentSetVersion: inputs.experimentSetVersion,
});

const explained = (kept: Kept, sets: ConfigSets, notKept: readonly string[]): Explanation => {
  const { decision, inputs } = kept;
  const decided = decideFromInputs(inputs, sets);
  const { ask, rules } = ruleAskOf(inputs, sets);
  const reproduced = digestOf(inputs, decided) === decision.digest;
  return {
    kind: 'config',
    source: 'computed',
    ...whereOf(inputs),
    segments: decided.segments,
    rules: explainRules(rules, ask),
    experiments: decided.assignments,
    config: decided.config,
    reasons: decided.reasons,
    reproduced,
    notes: reproduced ? [] : whyOther(kept, notKept, sets),
  };
};

const FORGOTTEN = 'The rules and experiments as they were then are no longer known';
const NO_SETS = { rules: { reads: [] }, experiments: { reads: [], experiments: [] } };

const withoutSets = (decision: Decision<ConfigTrace>): Explanation => {
  const inputs = inputsOfTrace(decision.body, decision, vocabularyOf(NO_SETS));
  const { segments } = inputs.facts;
  const nothing = { rules: [], experiments: [], reproduced: false, notes: [FORGOTTEN] };
  return { kind: 'config', source: 'computed', ...whereOf(inputs), segments, ...nothing };
};

/**
 * A config decision run again, by the function that made it, on the inputs that its trace kept: what became of every rule and
 * experiment, and whether the config comes out as the user got it. Notes say why where it does not.
 */
export const explainConfig = (decision: Decision<ConfigTrace>, past: PastSets): Explanation => {
  const { rules, experiments, features } = past;
  if (!rules || !experiments) return withoutSets(decision);
  const vocabulary = vocabularyOf({ rules, experiments });
  const inputs = inputsOfTrace(decision.body, decision, vocabulary);
  const sets = { rules, experiments, features };
  return explained({ decision, inputs }, sets, pathsNotKept(decision.body, vocabulary));
};
