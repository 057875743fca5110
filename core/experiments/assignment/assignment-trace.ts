import { textHash } from '../../numbers/text-hash.ts';
import { pickData } from '../../rules/conditions/pick-data.ts';
import { readsOf } from '../../rules/conditions/reads-of.ts';
import type { Assignment, StickyAssignments } from '../types.ts';
import { type AssignAsk, assign } from './assign.ts';
import type { CompiledExperiment } from './compile-experiments.ts';

/** What is kept of an assignment: what it was decided from, so that the same function tells it again, and what it said. */
export type AssignmentTrace = {
  readonly context: 'experiment-assignment';
  readonly experimentId: string;
  readonly key: string;
  /** Of the experiment, and of the set that has it in this version. */
  readonly version: number;
  readonly setVersion: number;
  readonly variant: string;
  readonly inExperiment: boolean;
  /** False where experiments were switched off. */
  readonly abTesting: boolean;
  /** What the condition read, by path; null where that was too large to keep. */
  readonly values: Readonly<Record<string, unknown>> | null;
  /** The arm that the user had seen before. */
  readonly seen?: StickyAssignments[string];
};

/** True for the body of a trace that an assignment left. */
export const isAssignmentTrace = (body: unknown): body is AssignmentTrace =>
  (body as Partial<AssignmentTrace> | null | undefined)?.context === 'experiment-assignment';

/** What an arm is decided from. */
export type AssignmentInputs = {
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
  readonly abTesting: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  readonly sticky: StickyAssignments;
};

/** Paths that the condition of an experiment reads. */
export const readsOfExperiment = ({ experiment }: CompiledExperiment): string[] =>
  experiment.body.condition === undefined ? [] : readsOf(experiment.body.condition);

/** Six hex digits for an experiment: ids of its assignments begin with them. */
export const assignmentContext = (experimentId: string): string =>
  textHash(`experiment-assignment ${experimentId}`).toString(16).padStart(8, '0').slice(0, 6);

/** The arm of a user from values by path. */
export const assignFrom = (one: CompiledExperiment, inputs: AssignmentInputs): Assignment => {
  const { values, ...rest } = inputs;
  const ask: AssignAsk = { ...rest, data: pickData(readsOfExperiment(one), (path) => values[path]) };
  return assign(one, ask);
};

export const assignmentTraceOf = (
  { experiment, line }: CompiledExperiment,
  { abTesting, values, sticky }: AssignmentInputs,
  { key, variant, inExperiment }: Assignment,
): AssignmentTrace => {
  const seen = sticky[line];
  return {
    context: 'experiment-assignment',
    experimentId: experiment.id,
    key,
    version: experiment.version,
    setVersion: experiment.setVersion,
    variant,
    inExperiment,
    abTesting,
    values,
    ...(seen && { seen }),
  };
};

/** Without what the condition read; undefined where that is gone already. */
export const shorterAssignmentTrace = (trace: AssignmentTrace): AssignmentTrace | undefined =>
  trace.values === null ? undefined : { ...trace, values: null };

/** True where the last trace says what this one says. */
export const saysTheSame = (last: unknown, trace: AssignmentTrace): boolean => {
  const before = last as AssignmentTrace | undefined;
  return (
    before?.experimentId === trace.experimentId &&
    before.variant === trace.variant &&
    before.inExperiment === trace.inExperiment &&
    before.version === trace.version
  );
};
