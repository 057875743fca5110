import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { s3Client } from '../../adapters/objects/client.ts';
import { objectStore } from '../../adapters/objects/object-store.ts';
import { type Job, jobs } from '../../contracts/nights.ts';
import { lineOf } from '../../core/experiments/rounds.ts';
import { jobDefinition } from '../../lib/constructs/job-definition.ts';
import { DAY, HOUR } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { asAdmin, asService } from '../support/http-event.ts';
import { StateError } from '../support/states-language/paths.ts';
import { runMachine, type Services } from '../support/states-language/run-machine.ts';
import type { Machine } from '../support/states-language/states.ts';

/** The definitions for AWS with the real step functions behind them: the manifest is read from the bucket, Glue is played here. */
const BUCKET = 'attune-test';
const [GROUPS, ITEMS_OF_GROUP, USERS_OF_GROUP, SEEN] = [3, 10, 12, 5];

const range = (length: number) => Array.from({ length }, (_, at) => at);
const itemOf = (group: number, at: number) => `g${group}-${at % ITEMS_OF_GROUP}`;

let engine: Engine;
let s3: S3Client;
const objects = () => objectStore({ client: s3, bucket: BUCKET });

const fill = async () => {
  const items = range(GROUPS).flatMap((group) =>
    range(ITEMS_OF_GROUP).map((at) => ({ itemId: itemOf(group, at), type: 'thing', title: `Thing ${at}` })),
  );
  await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
  const interactions = range(GROUPS).flatMap((group) =>
    range(USERS_OF_GROUP).flatMap((user) =>
      range(SEEN).map((at) => ({
        userId: `u${group}-${user}`,
        type: 'complete',
        contentId: itemOf(group, user + at),
        occurredAt: new Date(engine.clock.now() - (5 + (user % 9)) * DAY + at * HOUR).toISOString(),
      })),
    ),
  );
  await engine.good('trackInteractions', { body: { interactions }, claims: asService() });
  expect(await engine.drainQueue()).toBe(0);
};

/** What `spark/train.py` leaves: items are near to the next ones of their group. */
const playSpark = async (output: string): Promise<void> => {
  const folder = output.replace(`s3://${BUCKET}/`, '');
  const rows = range(GROUPS).flatMap((group) =>
    range(ITEMS_OF_GROUP).map((at) => ({
      i: itemOf(group, at),
      n: [1, 2, 3].map((step) => [itemOf(group, at + step), 1 / step]),
    })),
  );
  await objects().putGzipJsonLines(`${folder}collaborative-0.jsonl.gz`, rows);
  const metrics = { 'hr@10': 0.5, 'ndcg@10': 0.3 };
  const counts = {
    users: GROUPS * USERS_OF_GROUP,
    items: rows.length,
    interactions: 1,
    skipped: 0,
    seconds: 1,
  };
  const report = { engine: 'spark', params: { rank: 64 }, ...counts, metrics, popularity: metrics };
  await objects().putJson(`${folder}metrics.json.gz`, report);
};

const errorOf = (thrown: unknown): StateError => {
  const { name, message } = thrown as Error;
  return new StateError(name, JSON.stringify({ errorType: name, errorMessage: message }));
};

type Glue = { state: string; message?: string; train: (output: string) => Promise<void> };

const services = (announced: string[], glue: Glue): Services => ({
  'arn:aws:states:::lambda:invoke': async ({
    FunctionName,
    Payload,
  }: {
    FunctionName: string;
    Payload: object;
  }) => {
    try {
      return { Payload: await engine.invoke(`jobs/${FunctionName}.ts`, Payload) };
    } catch (thrown) {
      throw errorOf(thrown);
    }
  },
  'arn:aws:states:::s3:getObject': async ({ Bucket, Key }: { Bucket: string; Key: string }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  },
  'arn:aws:states:::sns:publish': async ({ Message }: { Message: string }) => announced.push(Message),
  'arn:aws:states:::aws-sdk:glue:startJobRun': async ({
    Arguments,
  }: {
    Arguments: Record<string, string>;
  }) => {
    await glue.train(Arguments['--output'] ?? '');
    return { JobRunId: 'jr_1' };
  },
  'arn:aws:states:::aws-sdk:glue:getJobRun': async () => ({
    JobRun: { JobRunState: glue.state, ...(glue.message && { ErrorMessage: glue.message }) },
  }),
});

const night = async (
  name: Job['name'],
  runId: string,
  glue: Glue = { state: 'SUCCEEDED', train: playSpark },
) => {
  const job = jobs.find((known) => known.name === name) as Job;
  const targets = {
    functionArnOf: (step: string) => step,
    topicArn: 'topic',
    bucketName: BUCKET,
    sparkJobName: 'spark',
    inlineShards: false,
  };
  const announced: string[] = [];
  const machine = jobDefinition(job, targets) as unknown as Machine;
  const run = await runMachine(machine, { name: runId, input: {}, services: services(announced, glue) });
  return { run, announced };
};

const cards = async () => (await engine.good('listModels', { claims: asAdmin() })).items;

beforeAll(async () => {
  process.env.ATTUNE_TRAINING_ENGINE = 'spark';
  engine = await startEngine();
  s3 = s3Client();
  await fill();
}, 60_000);

afterAll(async () => {
  delete process.env.ATTUNE_TRAINING_ENGINE;
  s3.destroy();
  await engine.close();
});

describe('a night on the state machine of AWS', () => {
  it('exports over the manifest, lets Spark train, assembles, publishes, promotes and precomputes', async () => {
    const { run, announced } = await night('retrain', 'night-1');
    expect([run.status, run.error, run.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
    expect(announced).toEqual([]);
    const [card] = await cards();
    expect(card).toMatchObject({ runId: 'night-1', engine: 'spark', decision: 'promoted', inService: true });
    const params = { userId: 'u1-3' };
    const found = await engine.good('getRecommendations', {
      params,
      query: { limit: '3' },
      claims: asAdmin(),
    });
    expect(found.map(({ contentId }: { contentId: string }) => contentId.slice(0, 3))).toEqual(
      Array(3).fill('g1-'),
    );
  }, 60_000);

  it('keeps the model in service and says why on the card when Spark fails', async () => {
    const message = 'CorruptExport: The training shard interactions-3 is cut off or corrupt';
    const { run, announced } = await night('retrain', 'night-2', {
      state: 'FAILED',
      message,
      train: async () => undefined,
    });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Spark.FAILED' });
    expect(announced).toEqual([expect.stringContaining(message)]);
    const [failed, before] = await cards();
    expect(failed).toMatchObject({ runId: 'night-2', decision: 'failed', inService: false });
    expect(failed.reason).toContain(message);
    expect(before).toMatchObject({ runId: 'night-1', inService: true });
  }, 60_000);

  it('fails clearly where Glue reports success without having trained', async () => {
    const { run } = await night('retrain', 'night-3', { state: 'SUCCEEDED', train: async () => undefined });
    expect(run.status).toBe('FAILED');
    expect((await cards())[0].reason).toMatch(/Spark has not finished training/);
  }, 60_000);

  it('aggregates in the evening, over the manifest', async () => {
    const { run } = await night('aggregate', 'evening-1');
    expect([run.status, run.cause]).toEqual(['SUCCEEDED', undefined]);
    const { counted, totals } = await engine.good('getAnalytics', {
      query: { period: '30d' },
      claims: asAdmin(),
    });
    expect(counted.users).toBe(GROUPS * USERS_OF_GROUP);
    expect(totals).toMatchObject({
      users: { active: GROUPS * USERS_OF_GROUP },
      engagement: { interactions: GROUPS * USERS_OF_GROUP * SEEN },
    });
  }, 60_000);

  it('evaluates experiments every hour, and says so where one cannot be', async () => {
    const body = {
      key: 'hourly',
      name: 'Hourly',
      variants: [
        { key: 'control', weight: 0.5 },
        { key: 'quiet', weight: 0.5 },
      ],
      endDate: engine.clock.iso(HOUR),
      status: 'running',
    };
    const { experimentId } = await engine.good('createExperiment', { body, claims: asAdmin() });
    engine.clock.advance(2 * HOUR);
    const { run } = await night('evaluate-experiments', 'hour-1');
    expect([run.status, run.cause]).toEqual(['SUCCEEDED', undefined]);
    const params = { experimentId };
    const ended = await engine.good('getExperiment', { params, claims: asAdmin() });
    expect(ended).toMatchObject({ status: 'completed', changedBy: 'job:evaluate-experiments' });
    // Its results are taken from it, and what is there instead cannot be read.
    const item = { PK: `EXPERIMENT#${lineOf(experimentId, 'hourly')}`, SK: 'RESULTS', body: 'spoilt' };
    await engine.database.client.send(
      new PutItemCommand({ TableName: engine.database.tableName, Item: marshall(item) }),
    );
    const failed = await night('evaluate-experiments', 'hour-2');
    expect(failed.run.status).toBe('FAILED');
    expect(failed.announced).toEqual([expect.stringContaining('hourly')]);
  }, 60_000);

  it('precomputes again in the afternoon', async () => {
    const { run } = await night('precompute', 'afternoon-1');
    expect([run.status, run.cause]).toEqual(['SUCCEEDED', undefined]);
  }, 60_000);
});
