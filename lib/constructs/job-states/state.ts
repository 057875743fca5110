import type { StepName } from '../../../contracts/nights.ts';

/** One state of the Amazon States Language; strings may hold CDK tokens. */
export type State = Readonly<Record<string, unknown>>;
export type States = Readonly<Record<string, State>>;

/** What the states of a job call and read. */
export type JobTargets = {
  readonly functionArnOf: (step: StepName) => string;
  readonly topicArn: string;
  readonly bucketName: string;
  /** The Glue job of a job with a Spark step. */
  readonly sparkJobName?: string;
  /** Maps take their shards from the answer of `plan` and not from the manifest, where the manifest cannot be read. */
  readonly inlineShards: boolean;
};

/** The states of one step, and the one it begins with. */
export type StepStates = { readonly entry: string; readonly states: (next: string) => States };

/** Where every failure leads. */
export const FAILURE_ENTRY = 'Step failed';

/** Keeps error and cause beside the input and goes to a state that deals with them. */
export const catchAll = (Next: string) => [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next }];
