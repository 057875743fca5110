/**
 * Scheduled work as data: CDK turns it into EventBridge schedules and state machines, the local server runs the
 * same functions in the same order. A step is one Lambda, `lambdas/jobs/<name>.ts`.
 */
export type Step = {
  readonly name: 'export' | 'train' | 'publish' | 'promote' | 'precompute' | 'trending';
  /** How many copies run side by side; copy i receives `{runId, shard: i, shards: n}`, a single one `{runId, shard: 0, shards: 1}`. */
  readonly shards: number;
  readonly memoryMb: number;
  readonly timeoutMinutes: number;
};

export type Job = {
  readonly name: 'retrain' | 'precompute' | 'trending';
  readonly description: string;
  /** EventBridge Scheduler expression, UTC. */
  readonly schedule: string;
  readonly steps: readonly Step[];
};

const precompute: Step = { name: 'precompute', shards: 8, memoryMb: 1024, timeoutMinutes: 15 };

export const jobs: readonly Job[] = [
  {
    name: 'retrain',
    description:
      'Export the interactions, train, publish the neighbours, put the model in service, precompute for active users',
    schedule: 'cron(0 3 * * ? *)',
    steps: [
      { name: 'export', shards: 8, memoryMb: 1024, timeoutMinutes: 15 },
      { name: 'train', shards: 1, memoryMb: 3008, timeoutMinutes: 15 },
      { name: 'publish', shards: 8, memoryMb: 1024, timeoutMinutes: 15 },
      { name: 'promote', shards: 1, memoryMb: 512, timeoutMinutes: 5 },
      precompute,
    ],
  },
  {
    name: 'precompute',
    description: 'Precompute recommendations for active users from the model in service',
    schedule: 'cron(0 15 * * ? *)',
    steps: [precompute],
  },
  {
    name: 'trending',
    description: 'Rank what rises: decayed rate of increase over the last hours',
    schedule: 'rate(1 hour)',
    steps: [{ name: 'trending', shards: 1, memoryMb: 1024, timeoutMinutes: 10 }],
  },
];

/** Input of every step function. */
export type StepInput = { readonly runId: string; readonly shard: number; readonly shards: number };
