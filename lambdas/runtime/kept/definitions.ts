import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import {
  type CompiledExperimentSet,
  compileExperiments,
} from '../../../core/experiments/assignment/compile-experiments.ts';
import { compileRules } from '../../../core/rules/evaluate/compile-rules.ts';
import type { CompiledRuleSet } from '../../../core/rules/evaluate/compiled.ts';
import { lazily } from '../lazily.ts';
import { experimentDefinitions, ruleDefinitions } from '../ports/table-ports.ts';
import { compiledOnce } from './compiled-once.ts';

const engine = lazily(conditionEngine);

/** The rules in force, at most 5 seconds old. */
export const ruleSet: () => Promise<CompiledRuleSet> = compiledOnce(ruleDefinitions, (set) =>
  compileRules(set, engine()),
);

/** The experiments there are, at most 5 seconds old. */
export const experimentSet: () => Promise<CompiledExperimentSet> = compiledOnce(
  experimentDefinitions,
  (set) => compileExperiments(set, engine()),
);
