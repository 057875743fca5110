import type { Failure, StepInput } from '../../../contracts/nights.ts';
import { StateError } from '../../support/states-language/paths.ts';
import type { Services } from '../../support/states-language/run-machine.ts';

export type Call = { readonly step: string; readonly input: StepInput & { failure?: Failure } };

export type FakeAws = {
  readonly services: Services;
  readonly calls: readonly Call[];
  /** Messages of the alarm topic. */
  readonly announced: readonly string[];
  /** Arguments of the Glue runs that were started. */
  readonly sparkRuns: readonly Record<string, string>[];
};

export type FakeAwsOptions = {
  /** What a step answers; a thrown error is the function's. */
  readonly answer?: (call: Call, attempt: number) => unknown;
  readonly shards?: number;
  readonly engine?: 'lambda' | 'spark';
  /** States that the Glue run is found in, one after the other. */
  readonly sparkStates?: readonly { JobRunState: string; ErrorMessage?: string }[];
};

type Invoke = { FunctionName: string; Payload: Call['input'] };

const manifest = (runId: string, shards: number): StepInput[] =>
  Array.from({ length: shards }, (_, shard) => ({ runId, shard, shards }));

/** Lambda, S3, SNS and Glue as far as a job's state machine sees them: `plan` writes the manifest that the maps read. */
export const fakeAws = (options: FakeAwsOptions = {}): FakeAws => {
  const { answer, shards = 3, engine = 'lambda', sparkStates = [{ JobRunState: 'SUCCEEDED' }] } = options;
  const calls: Call[] = [];
  const announced: string[] = [];
  const sparkRuns: Record<string, string>[] = [];
  const objects = new Map<string, string>();
  let looks = 0;
  const own = ({ step, input }: Call): unknown => {
    if (step === 'size') return { engine };
    if (step !== 'plan') return { done: true };
    const items = manifest(input.runId, shards);
    objects.set(`bucket/exports/${input.runId}/shards.json`, JSON.stringify(items));
    return { shards, items };
  };
  const services: Services = {
    'arn:aws:states:::lambda:invoke': async ({ FunctionName, Payload }: Invoke) => {
      const made = { step: FunctionName.replace('arn:function:', ''), input: Payload };
      calls.push(made);
      const same = calls.filter(({ step, input }) => step === made.step && input.shard === Payload.shard);
      return { StatusCode: 200, Payload: answer?.(made, same.length) ?? own(made) };
    },
    'arn:aws:states:::s3:getObject': async ({ Bucket, Key }: { Bucket: string; Key: string }) => {
      const found = objects.get(`${Bucket}/${Key}`);
      if (found === undefined) throw new StateError('S3.NoSuchKeyException', Key);
      return found;
    },
    'arn:aws:states:::sns:publish': async ({ Message }: { Message: string }) => {
      announced.push(Message);
      return {};
    },
    'arn:aws:states:::aws-sdk:glue:startJobRun': async ({
      Arguments,
    }: {
      Arguments: Record<string, string>;
    }) => {
      sparkRuns.push(Arguments);
      return { JobRunId: 'jr_1' };
    },
    'arn:aws:states:::aws-sdk:glue:getJobRun': async ({ RunId }: { RunId: string }) => {
      const at = Math.min(looks, sparkStates.length - 1);
      looks += 1;
      return { JobRun: { Id: RunId, ...sparkStates[at] } };
    },
  };
  return { services, calls, announced, sparkRuns };
};
