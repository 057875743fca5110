import type { TaskStep } from '../../../contracts/nights.ts';
import { catchAll, FAILURE_ENTRY, type JobTargets, type State, type StepStates } from './state.ts';

/** The service's own hiccups are repeated quickly; the function's failures, with time for a throttled table to recover. */
const retry = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 6,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 20,
    BackoffRate: 2,
    MaxAttempts: 2,
    JitterStrategy: 'FULL',
  },
];

type Call = {
  readonly functionArn: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly timeoutMinutes: number;
};

/** A task that calls a function, with retries; a name of the payload that ends in `.$` is read from the state. */
export const callFunction = ({ functionArn, payload, timeoutMinutes }: Call): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionArn, Payload: payload },
  TimeoutSeconds: timeoutMinutes * 60,
  Retry: retry,
});

/** Steps hand over through the bucket and the table: of their answers only what is named travels in the state. */
const result = ({ name, keeps }: TaskStep) =>
  keeps === undefined
    ? { ResultPath: null }
    : {
        ResultSelector: Object.fromEntries(keeps.map((part) => [`${part}.$`, `$.Payload.${part}`])),
        ResultPath: `$.${name}`,
      };

/** A step that is called once. */
export const taskStates = (step: TaskStep, { functionArnOf }: JobTargets): StepStates => ({
  entry: step.name,
  states: (next) => ({
    [step.name]: {
      ...callFunction({
        functionArn: functionArnOf(step.name),
        payload: { 'runId.$': '$.runId', shard: 0, shards: 1 },
        timeoutMinutes: step.timeoutMinutes,
      }),
      ...result(step),
      Catch: catchAll(FAILURE_ENTRY),
      Next: next,
    },
  }),
});
