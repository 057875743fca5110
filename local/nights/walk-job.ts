import type { Failure, Job, MapStep, Step, StepInput, StepName } from '../../contracts/nights.ts';

/** How the steps of a job are carried out. */
export type JobHands = {
  /** Calls `lambdas/jobs/<name>.ts`. */
  readonly call: (
    name: StepName,
    input: StepInput & { failure?: Failure },
    minutes: number,
  ) => Promise<unknown>;
  /** Trains with Spark; absent where there is none. */
  readonly trainOnSpark?: (runId: string) => Promise<unknown>;
  /** Shards of a map side by side. */
  readonly atOnce: number;
  /** Told before and after each step. */
  readonly begin?: (name: Step['name']) => void;
  readonly end?: (name: Step['name'], result: unknown, seconds: number) => void;
};

type Answers = ReadonlyMap<Step['name'], unknown>;

const secondsSince = (start: number): number => Math.round(performance.now() - start) / 1000;

const whole = (runId: string): StepInput => ({ runId, shard: 0, shards: 1 });

/** The elements of the run's manifest, as `plan` answers them. */
const shardsOf = (answers: Answers): readonly StepInput[] => {
  const items = (answers.get('plan') as { items?: readonly StepInput[] } | undefined)?.items;
  if (items === undefined) throw new Error('The step plan has answered no shards');
  return items;
};

const callAll = async (hands: JobHands, step: MapStep, inputs: readonly StepInput[]): Promise<unknown[]> => {
  const results: unknown[] = [];
  const waiting = [...inputs.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, input] = next;
      results[index] = await hands.call(step.name, input, step.timeoutMinutes);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inputs.length, hands.atOnce) }, worker));
  return results;
};

const spark = (hands: JobHands, runId: string): Promise<unknown> => {
  if (hands.trainOnSpark === undefined)
    throw new Error('This run asks for Spark, which runs on AWS Glue and in npm run test:spark, not here');
  return hands.trainOnSpark(runId);
};

const carryOut = (hands: JobHands, step: Step, runId: string, answers: Answers): Promise<unknown> => {
  if (step.kind === 'map') return callAll(hands, step, shardsOf(answers));
  if (step.kind === 'spark') return spark(hands, runId);
  return hands.call(step.name, whole(runId), step.timeoutMinutes);
};

const isNeeded = (step: Step, answers: Answers): boolean =>
  step.kind !== 'spark' || (answers.get('size') as { engine?: string } | undefined)?.engine === 'spark';

const keepReason = async (hands: JobHands, job: Job, runId: string, error: unknown): Promise<void> => {
  if (job.onFailure === undefined) return;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const input = { ...whole(runId), failure: { Error: name, Cause: message } };
  // As on AWS: what cannot be noted must not hide the failure itself.
  await hands.call(job.onFailure.name, input, job.onFailure.timeoutMinutes).catch(() => undefined);
};

/**
 * Runs a job as its state machine does: the steps in order, the shards of a map side by side, Spark only where `size`
 * asks for it, and after a failure the job's `onFailure` before the error is thrown. Answers each step's result by name.
 */
export const walkJob = async (
  job: Job,
  runId: string,
  hands: JobHands,
): Promise<Map<Step['name'], unknown>> => {
  const answers = new Map<Step['name'], unknown>();
  try {
    for (const step of job.steps) {
      if (!isNeeded(step, answers)) continue;
      const start = performance.now();
      hands.begin?.(step.name);
      const result = await carryOut(hands, step, runId, answers);
      answers.set(step.name, result);
      hands.end?.(step.name, result, secondsSince(start));
    }
  } catch (error) {
    await keepReason(hands, job, runId, error);
    throw error;
  }
  return answers;
};
