import { type AssignmentTrace, assignFrom } from '../experiments/assignment/assignment-trace.ts';
import type {
  CompiledExperiment,
  CompiledExperimentSet,
} from '../experiments/assignment/compile-experiments.ts';
import type { Assignment } from '../experiments/types.ts';
import type { Explanation } from './decision-answer.ts';
import type { Decision } from './ports.ts';

const UNKNOWN_EXPERIMENT =
  'The experiment as it was then is no longer known: the reason cannot be told again';
const VALUES_NOT_KEPT = 'What the condition read was too large to keep: the reason cannot be told again';

/** The assignment once more, by the same function. */
const again = (
  one: CompiledExperiment,
  { body, userId, decidedAt }: Decision<AssignmentTrace>,
): Assignment => {
  const { abTesting, values, seen } = body;
  const sticky = seen ? { [one.line]: seen } : {};
  return assignFrom(one, { userId, now: decidedAt, abTesting, values: values ?? {}, sticky });
};

/**
 * Why a user got an arm, worked out again from the trace.
 * @param set the experiments as they were then; undefined where that is no longer known
 */
export const explainAssignment = (
  decision: Decision<AssignmentTrace>,
  set: CompiledExperimentSet | undefined,
): Explanation => {
  const { context, experimentId, setVersion, values, key, variant, inExperiment } = decision.body;
  const one = set?.experiments.find(({ experiment }) => experiment.id === experimentId);
  const missing = one === undefined ? UNKNOWN_EXPERIMENT : VALUES_NOT_KEPT;
  const assignment = one && values !== null ? again(one, decision) : undefined;
  return {
    kind: 'assignment',
    context,
    source: 'computed',
    segments: [],
    rules: [],
    experiments: [{ key, variant, inExperiment, reason: assignment?.reason ?? missing }],
    experimentSetVersion: setVersion,
    reproduced: assignment?.variant === variant && assignment.inExperiment === inExperiment,
    notes: assignment ? [] : [missing],
  };
};
