import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Database } from '../../adapters/dynamodb/database.ts';
import { s3Client } from '../../adapters/objects/client.ts';
import { createBucket } from '../../adapters/objects/create-bucket.ts';
import { sqsClient } from '../../adapters/queue/client.ts';
import { createQueue } from '../../adapters/queue/create-queue.ts';
import { type QueueConsumer, queueConsumer } from '../../adapters/queue/queue-consumer.ts';
import { type Job, jobs } from '../../contracts/nights.ts';
import { endpoints, handlerFile } from '../../contracts/registry.ts';
import { type BusEvent, startEventBus } from '../../local/events/event-bus.ts';
import { lambdaContext } from '../../local/lambda/lambda-context.ts';
import { walkJob } from '../../local/nights/walk-job.ts';
import { startClock, type TestClock } from './clock.ts';
import { testTable } from './dynalite.ts';
import { queueUrl, startTestFauxqs } from './fauxqs.ts';
import { httpEvent, type TestRequest } from './http-event.ts';

/** An answer with its parsed body. */
export type Answer = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
};

/** The whole engine on embedded stores: the real Lambdas with real SDK clients, invoked with the events of AWS. */
export type Engine = {
  readonly clock: TestClock;
  readonly database: Database;
  readonly queue: QueueConsumer;
  /** Calls an endpoint's Lambda with the gateway's event for this request. */
  call(operationId: string, request: TestRequest): Promise<Answer>;
  /** The same, for an answer that has to be good; answers its body. */
  good(operationId: string, request: TestRequest): Promise<Answer['body']>;
  /** Calls `lambdas/<file>` with any event; `timeoutMs` is what the function is told that it has. */
  invoke(file: string, event: unknown, timeoutMs?: number): Promise<unknown>;
  /** Hands everything that waits in the queue to the worker; answers how many messages failed. */
  drainQueue(): Promise<number>;
  /** The same with the requests for texts and the worker that has them written. */
  drainInsights(timeoutMs?: number): Promise<number>;
  /** How many requests for texts wait. */
  insightsWaiting(): Promise<number>;
  /** Runs a job's steps as Step Functions does; answers every shard's result by step. */
  runJob(name: Job['name'], runId: string): Promise<Record<string, unknown[]>>;
  /** What was told on the event bus, oldest first. */
  events(): readonly BusEvent[];
  /** A digest of every item of the table by its key, without settings. */
  scan(): Promise<Map<string, string>>;
  close(): Promise<void>;
};

const BUCKET = 'attune-test';
const QUEUE = 'interactions';
const INSIGHTS_QUEUE = 'insights';

/** Tests ask faster than people do; one that is about limits sets its own before. */
const freely = () => ({
  ATTUNE_CALLER_RATE: process.env.ATTUNE_CALLER_RATE ?? '1000000',
  ATTUNE_CALLER_BURST: process.env.ATTUNE_CALLER_BURST ?? '1000000',
});

const pointLambdasAt = (names: Record<string, string>): void => {
  Object.assign(process.env, {
    ...names,
    ATTUNE_BUCKET: BUCKET,
    ...freely(),
    POWERTOOLS_SERVICE_NAME: 'attune',
    POWERTOOLS_METRICS_NAMESPACE: 'Attune',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
};

const scanned = async ({ client, tableName }: Database): Promise<Map<string, string>> => {
  const items = new Map<string, string>();
  let from: Record<string, never> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey: from }));
    for (const raw of page.Items ?? []) {
      const item = unmarshall(raw);
      const digest = createHash('sha256').update(JSON.stringify(raw)).digest('base64url');
      if (item.PK !== 'SETTINGS') items.set(`${item.PK} ${item.SK}`, digest);
    }
    from = page.LastEvaluatedKey as typeof from;
  } while (from);
  return items;
};

const sqsEvent = (name: string, messages: Awaited<ReturnType<QueueConsumer['receive']>>) => ({
  Records: messages.map((message) => ({
    ...message,
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${name}`,
    awsRegion: 'us-east-1',
  })),
});

type Invoke = Engine['invoke'];

/** Hands everything that waits in a queue to the worker of that name. */
const drain = async (
  queue: QueueConsumer,
  invoke: Invoke,
  name: string,
  timeoutMs?: number,
): Promise<number> => {
  let failed = 0;
  for (let batch = await queue.receive(0); batch.length > 0; batch = await queue.receive(0)) {
    const { batchItemFailures } = (await invoke(
      `workers/${name}.ts`,
      sqsEvent(name, batch),
      timeoutMs,
    )) as SQSBatchResponse;
    failed += batchItemFailures.length;
    await queue.remove(batch);
  }
  return failed;
};

const runSteps = async (invoke: Invoke, name: Job['name'], runId: string) => {
  const job = jobs.find((known) => known.name === name);
  if (job === undefined) throw new Error(`There is no job ${name}`);
  const answers = await walkJob(job, runId, {
    call: (step, input) => invoke(`jobs/${step}.ts`, input),
    atOnce: 8,
  });
  return Object.fromEntries([...answers].map(([step, result]) => [step, [result].flat()]));
};

const answerOf = (result: unknown): Answer => {
  const { statusCode, headers, body } = result as {
    statusCode: number;
    headers: Record<string, string>;
    body?: string;
  };
  const text = body ?? '';
  return { status: statusCode, headers, text, body: text === '' ? undefined : JSON.parse(text) };
};

/**
 * Starts one for a test file. Import nothing of `lambdas/` before: its settings are read once. Rules write all texts unless `environment`
 * names a model.
 */
export const startEngine = async (environment: Readonly<Record<string, string>> = {}): Promise<Engine> => {
  const [table, fauxqs] = [await testTable(), await startTestFauxqs()];
  const { hostname, port, protocol } = await table.client.config.endpoint!();
  const location = queueUrl(fauxqs, QUEUE);
  const insightsLocation = queueUrl(fauxqs, INSIGHTS_QUEUE);
  const events = await startEventBus();
  pointLambdasAt({
    AWS_ENDPOINT_URL_DYNAMODB: `${protocol}//${hostname}:${port}`,
    ATTUNE_TABLE: table.tableName,
    ATTUNE_INTERACTIONS_QUEUE_URL: location,
    ATTUNE_INSIGHTS_QUEUE_URL: insightsLocation,
    ATTUNE_BEDROCK_MODEL: 'off',
    ATTUNE_EVENT_BUS: 'attune',
    AWS_ENDPOINT_URL_EVENTBRIDGE: events.url,
    ...environment,
  });
  const [sqs, s3] = [sqsClient(), s3Client()];
  for (const name of [QUEUE, INSIGHTS_QUEUE])
    await createQueue({ client: sqs, name, maxReceiveCount: 3, visibilitySeconds: 30 });
  await createBucket(s3, BUCKET);
  const clock = startClock();
  const queue = queueConsumer(sqs, location);
  const insights = queueConsumer(sqs, insightsLocation);
  const invoke: Invoke = async (file, event, timeoutMs) => {
    const { handler } = await import(`../../lambdas/${file}`);
    return handler(event, lambdaContext(file, 'lambda-request', timeoutMs));
  };
  const call: Engine['call'] = async (operationId, request) => {
    const endpoint = endpoints.find((one) => one.operationId === operationId);
    if (!endpoint) throw new Error(`There is no operation ${operationId}`);
    return answerOf(await invoke(`api/${handlerFile(operationId)}.ts`, httpEvent(endpoint, request)));
  };
  return {
    clock,
    database: table,
    queue,
    invoke,
    call,
    good: async (operationId, request) => {
      const { status, text, body } = await call(operationId, request);
      if (status >= 300) throw new Error(`${operationId} answered ${status}: ${text}`);
      return body;
    },
    drainQueue: () => drain(queue, invoke, QUEUE),
    drainInsights: (timeoutMs) => drain(insights, invoke, INSIGHTS_QUEUE, timeoutMs),
    insightsWaiting: async () => (await insights.depth()).waiting,
    events: () => events.recent().toReversed(),
    runJob: (name, runId) => runSteps(invoke, name, runId),
    scan: () => scanned(table),
    close: async () => {
      clock.restore();
      sqs.destroy();
      s3.destroy();
      await Promise.all([table.close(), fauxqs.close(), events.close()]);
    },
  };
};
