import type { Job, Step } from '../../contracts/nights.ts';
import { taskStates } from './job-states/call-function.ts';
import { failureStates } from './job-states/failure-states.ts';
import { mapStates } from './job-states/map-states.ts';
import { sparkStates } from './job-states/spark-states.ts';
import type { JobTargets, States, StepStates } from './job-states/state.ts';

/** The Amazon States Language document of one job. */
export type JobDefinition = {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: States;
};

const statesOf = (job: Job, step: Step, targets: JobTargets): StepStates => {
  if (step.kind === 'map') return mapStates(step, job.onFailure, targets);
  if (step.kind === 'spark') return sparkStates(step, targets);
  return taskStates(step, targets);
};

/**
 * The steps of a job in order. A run is named by its execution, so that a step that is repeated writes the same objects
 * and items again.
 */
export const jobDefinition = (job: Job, targets: JobTargets): JobDefinition => {
  const steps = job.steps.map((step) => statesOf(job, step, targets));
  const [first] = steps;
  if (first === undefined) throw new Error(`job ${job.name} has no steps`);
  return {
    Comment: job.description,
    StartAt: 'Name the run',
    States: {
      'Name the run': { Type: 'Pass', Parameters: { 'runId.$': '$$.Execution.Name' }, Next: first.entry },
      ...Object.assign({}, ...steps.map(({ states }, at) => states(steps[at + 1]?.entry ?? 'Done'))),
      ...failureStates(job, targets),
      Done: { Type: 'Succeed' },
    },
  };
};
