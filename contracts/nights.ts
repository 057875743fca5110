/**
 * Scheduled work as data: CDK turns it into EventBridge schedules and state machines, the local server runs the
 * same functions in the same order.
 */
export type StepName =
  | 'plan'
  | 'export'
  | 'size'
  | 'train'
  | 'train-users'
  | 'publish'
  | 'promote'
  | 'precompute'
  | 'trending'
  | 'count'
  | 'aggregate'
  | 'evaluate-experiments'
  | 'fail';

/** A step that is one Lambda, `lambdas/jobs/<name>.ts`. */
type FunctionStep = {
  readonly name: StepName;
  /** What it asks for; an account that is not granted so much caps it (`maxFunctionMemoryMb`). */
  readonly memoryMb: number;
  readonly timeoutMinutes: number;
};

/** Called once, with `{runId, shard: 0, shards: 1}`. */
export type TaskStep = FunctionStep & {
  readonly kind: 'task';
  /** Parts of its answer that the rest of the job reads; all else travels through the bucket and the table. */
  readonly keeps?: readonly string[];
};

/** Called once for every element of the run's manifest, `exports/<runId>/shards.json`, which the step `plan` wrote. */
export type MapStep = FunctionStep & {
  readonly kind: 'map';
  /** Shards at work at the same time. */
  readonly concurrency: number;
};

/** Training past one machine: `spark/train.py` as an AWS Glue job, where the step `size` answered `engine: "spark"`. */
export type SparkStep = {
  readonly kind: 'spark';
  readonly name: 'spark';
  readonly timeoutMinutes: number;
};

export type Step = TaskStep | MapStep | SparkStep;

export type Job = {
  readonly name: 'retrain' | 'precompute' | 'trending' | 'aggregate' | 'evaluate-experiments';
  readonly description: string;
  /** EventBridge Scheduler expression, UTC. */
  readonly schedule: string;
  readonly steps: readonly Step[];
  /** Called when a step has failed for good, with `{runId, shard, shards, failure}`: it keeps the reason. */
  readonly onFailure?: TaskStep;
};

/** The most that Lambda gives, with six processors. */
const LARGEST_MB = 10_240;

const plan: Step = { kind: 'task', name: 'plan', memoryMb: 512, timeoutMinutes: 5, keeps: ['items'] };
const precompute: Step = {
  kind: 'map',
  name: 'precompute',
  concurrency: 20,
  memoryMb: 1024,
  timeoutMinutes: 15,
};
const fail: TaskStep = { kind: 'task', name: 'fail', memoryMb: 512, timeoutMinutes: 2 };

export const jobs: readonly Job[] = [
  {
    name: 'retrain',
    description:
      'Export the interactions, train, publish the neighbours, put the model in service, precompute for active users',
    schedule: 'cron(0 3 * * ? *)',
    steps: [
      plan,
      { kind: 'map', name: 'export', concurrency: 20, memoryMb: 1024, timeoutMinutes: 15 },
      { kind: 'task', name: 'size', memoryMb: 512, timeoutMinutes: 5, keeps: ['engine'] },
      { kind: 'spark', name: 'spark', timeoutMinutes: 240 },
      { kind: 'task', name: 'train', memoryMb: LARGEST_MB, timeoutMinutes: 15 },
      { kind: 'task', name: 'train-users', memoryMb: 3008, timeoutMinutes: 15 },
      { kind: 'map', name: 'publish', concurrency: 20, memoryMb: 1024, timeoutMinutes: 15 },
      { kind: 'task', name: 'promote', memoryMb: 1024, timeoutMinutes: 5 },
      precompute,
    ],
    onFailure: fail,
  },
  {
    name: 'precompute',
    description: 'Precompute recommendations for active users from the model in service',
    schedule: 'cron(0 15 * * ? *)',
    steps: [plan, precompute],
  },
  {
    name: 'trending',
    description: 'Rank what rises: decayed rate of increase over the last hours',
    schedule: 'rate(1 hour)',
    steps: [{ kind: 'task', name: 'trending', memoryMb: 1024, timeoutMinutes: 10 }],
  },
  {
    name: 'aggregate',
    description: 'Count what users did and what was decided for them, by day, period, segment and rule',
    // Before midnight UTC, with room for a late start: the running day, as good as over, is the last of every period.
    schedule: 'cron(45 23 * * ? *)',
    steps: [
      plan,
      { kind: 'map', name: 'count', concurrency: 20, memoryMb: 1024, timeoutMinutes: 15 },
      { kind: 'task', name: 'aggregate', memoryMb: 1024, timeoutMinutes: 5 },
    ],
  },
  {
    name: 'evaluate-experiments',
    description:
      'Count what users of experiments did, judge it, move the weights of bandits, end what is over',
    schedule: 'rate(1 hour)',
    steps: [{ kind: 'task', name: 'evaluate-experiments', memoryMb: 1769, timeoutMinutes: 15 }],
  },
];

/** Input of every step function. */
export type StepInput = { readonly runId: string; readonly shard: number; readonly shards: number };

/** What `onFailure` is told besides: the error as Step Functions names it. */
export type Failure = { readonly Error: string; readonly Cause: string };

/** The steps of a job that are Lambdas, its `onFailure` among them, each once. */
export const functionsOf = ({ steps, onFailure }: Job): (TaskStep | MapStep)[] => {
  const functions = steps.filter((step) => step.kind !== 'spark');
  const all = onFailure === undefined ? functions : [...functions, onFailure];
  return [...new Map(all.map((step) => [step.name, step])).values()];
};
