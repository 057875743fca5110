import type {
  CompiledExperiment,
  CompiledExperimentSet,
} from '../experiments/assignment/compile-experiments.ts';
import type { Assignment } from '../experiments/types.ts';
import { keysOf } from '../rules/conditions/paths.ts';
import type { CompiledRuleSet } from '../rules/evaluate/compiled.ts';

const isRead = ({ reads }: CompiledRuleSet, key: string): boolean =>
  reads.some((path) => {
    const [root, name] = keysOf(path);
    return root === 'experiments' && name === key;
  });

/** True where a rule asks for the arm: the config then differs by it, whatever its payload is about. */
const isNamed = (rules: CompiledRuleSet, key: string): boolean =>
  rules.rules.some(({ rule: { body } }) => body.enabled && body.experimentKey === key) || isRead(rules, key);

const isShownBy = ({ experiment, targets }: CompiledExperiment, rules: CompiledRuleSet): boolean =>
  targets.has('config') || isNamed(rules, experiment.body.key);

/**
 * The arms that a config shows: of experiments whose arms change it, by their payload or through a rule. Arms of other places
 * (recommendations) are known to the decision and not seen in it: who only got a config was not exposed to them.
 */
export const shownArms = (
  assignments: readonly Assignment[],
  { rules, experiments }: { readonly rules: CompiledRuleSet; readonly experiments: CompiledExperimentSet },
): Assignment[] => {
  const shown = new Set(
    experiments.experiments
      .filter((one) => one.experiment.body.status === 'running' && isShownBy(one, rules))
      .map(({ experiment }) => experiment.id),
  );
  return assignments.filter(({ inExperiment, experimentId }) => inExperiment && shown.has(experimentId));
};
