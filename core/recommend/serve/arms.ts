import { type AssignmentInputs, assignFrom } from '../../experiments/assignment/assignment-trace.ts';
import type {
  CompiledExperiment,
  CompiledExperimentSet,
} from '../../experiments/assignment/compile-experiments.ts';
import type { Assignment } from '../../experiments/types.ts';
import { type ArmOptions, armOptionsOf, type Choice, choicesOf } from './arm-options.ts';

/** Where a list is asked for, and what the caller decides about it. */
export type ArmsAsk = {
  /** As `contexts` of arms and conditions see it; empty where nothing is said. */
  readonly context: string;
  /** Kind of device. */
  readonly device?: string;
  /** What the caller asks for by itself: no arm decides that. */
  readonly chosen: readonly Choice[];
  /** Recommended lists where nothing is said. */
  readonly target?: 'recommendations' | 'homepage';
};

/** An experiment that may decide something about a list. */
export type Candidate = { readonly one: CompiledExperiment; readonly choices: readonly Choice[] };

/** An arm that a list is made under. */
export type ShownArm = {
  readonly assignment: Assignment;
  /** Of the experiment and its round. */
  readonly line: string;
  readonly options: ArmOptions;
};

/** Arms that one list is made under: a trace has room for them. */
const MOST_ARMS = 8;

const optionsOf = ({ experiment }: CompiledExperiment): ArmOptions[] =>
  experiment.body.variants.map(armOptionsOf).filter((options) => options !== undefined);

const isAskedIn = (options: readonly ArmOptions[], context: string): boolean =>
  options.every(({ contexts }) => contexts === undefined || contexts.includes(context));

/**
 * The running experiments that may decide something about this list, oldest first. Whether one does never depends on the arm: the
 * control is left out where the others are, and counted where they are. Left out are experiments of other contexts, and those
 * that decide what the caller asks for by itself.
 */
export const candidatesAt = (
  { experiments }: Pick<CompiledExperimentSet, 'experiments'>,
  { context, chosen, target = 'recommendations' }: ArmsAsk,
): Candidate[] =>
  experiments
    .filter(({ experiment, targets }) => {
      return experiment.body.status === 'running' && targets.has(target);
    })
    .flatMap((one): Candidate[] => {
      if (target === 'homepage') return [{ one, choices: ['hero'] }];
      const options = optionsOf(one);
      const choices = choicesOf(options);
      const isOpen = isAskedIn(options, context) && !choices.some((choice) => chosen.includes(choice));
      return isOpen ? [{ one, choices }] : [];
    });

/**
 * The arms of a user. Of two experiments that decide the same the older one does, as long as the user is in it; the younger one
 * is then as if it were not there.
 */
export const drawArms = (candidates: readonly Candidate[], inputs: AssignmentInputs): ShownArm[] => {
  const taken = new Set<Choice>();
  const arms: ShownArm[] = [];
  for (const { one, choices } of candidates) {
    if (arms.length === MOST_ARMS || choices.some((choice) => taken.has(choice))) continue;
    const assignment = assignFrom(one, inputs);
    if (!assignment.inExperiment) continue;
    for (const choice of choices) taken.add(choice);
    arms.push({ assignment, line: one.line, options: armOptionsOf(assignment) ?? {} });
  }
  return arms;
};
