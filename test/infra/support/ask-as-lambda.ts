import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { profileToItem } from '../../../adapters/dynamodb/entities/profile.ts';
import { endpoints } from '../../../contracts/registry.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { asAdmin, httpEvent } from '../../support/http-event.ts';
import { type AwsAnswer, hearAws, type Sent } from './aws-in-process.ts';

export type Question = 'read' | 'throttled' | 'denied' | 'foreign' | 'queue' | 'events' | 'bucket' | 'model';

/** What a bundle asked of AWS, and what it answered to its trigger. */
export type Asked = { readonly answer: unknown; readonly sent: readonly Sent[]; readonly logged: string };

const [folder = '', file = ''] = process.argv.slice(2);

const ok: AwsAnswer = { status: 200, body: '{}' };
const fault = (name: string): AwsAnswer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'as AWS says it' }),
});
const noSuchKey: AwsAnswer = { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };

let next: AwsAnswer[] = [];

const USER = 'text-user';
/** Somebody with a goal, however it is asked for: texts can be written of them. */
const someUser = (): AwsAnswer => {
  const goal = { title: 'Learn to weld', term: 'long', setAt: 1, baseline: 0 } as const;
  const item = marshall(profileToItem({ ...newProfile(USER, 1), version: 1, goals: [goal] }));
  return { status: 200, body: JSON.stringify({ Items: [item], Count: 1, Responses: { table: [item] } }) };
};

const answerOf = ({ action, body }: Sent): AwsAnswer => {
  const given = next.shift();
  if (given) return given;
  if (['Query', 'BatchGetItem'].includes(action) && body.includes(`USER#${USER}`)) return someUser();
  return action === 'GET' ? noSuchKey : ok;
};

const aws = await hearAws(answerOf);
let logged = '';
for (const stream of [process.stdout, process.stderr])
  stream.write = ((chunk: unknown) => {
    logged += String(chunk);
    return true;
  }) as typeof stream.write;

/** Hands a trigger to a bundle; the first requests are answered as given, all others by "nothing is there". */
const ask = async (entry: string, trigger: unknown, answers: AwsAnswer[] = []): Promise<Asked> => {
  const { handler } = (await import(join(folder, entry, 'index.mjs'))) as {
    handler: (event: unknown, context: unknown) => Promise<unknown>;
  };
  next = answers;
  logged = '';
  const context = {
    functionName: entry,
    awsRequestId: 'test',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => 60_000,
  };
  const answer = await handler(trigger, context).catch((error: unknown) => String(error));
  return { answer, sent: aws.take(), logged };
};

const endpointAsked = (operationId: string) => {
  const endpoint = endpoints.find((one) => one.operationId === operationId);
  if (!endpoint) throw new Error(`there is no ${operationId}`);
  const { params, query, body } = endpoint.example;
  return httpEvent(endpoint, { params, query, body, claims: asAdmin() });
};

const readRule = (answers: AwsAnswer[] = []) => ask('api/get-rule', endpointAsked('getRule'), answers);

const textAsked = {
  Records: [
    {
      messageId: 'text',
      eventSource: 'aws:sqs',
      body: JSON.stringify({
        version: 1,
        userId: USER,
        slot: { purpose: 'insights', domain: 'saas', place: '' },
        hash: 'asked',
      }),
    },
  ],
};

const asked: Record<Question, Asked> = {
  read: await readRule(),
  throttled: await readRule([fault('ThrottlingException')]),
  denied: await readRule([fault('AccessDeniedException')]),
  foreign: await readRule([fault('TableNotFoundException')]),
  queue: await ask('api/get-health', endpointAsked('getHealth')),
  events: await ask('api/create-experiment', endpointAsked('createExperiment')),
  model: await ask('workers/insights', textAsked),
  bucket: await ask('jobs/plan', { runId: 'run-1', shard: 0, shards: 1 }),
};
writeFileSync(file, JSON.stringify(asked));
process.exit();
