import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogStore } from '../../adapters/dynamodb/stores/catalog-store.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { usersStore } from '../../adapters/dynamodb/stores/users-store.ts';
import { s3Client } from '../../adapters/objects/client.ts';
import { askEvent } from '../../bench/serving/ask-event.ts';
import { memoryTable } from '../../bench/units/memory-table.ts';
import { jobs } from '../../contracts/nights.ts';
import type { CatalogItem } from '../../core/catalog/types.ts';
import { listModels } from '../../core/models/list-models.ts';
import { trackInteractions } from '../../core/tracking/track-interactions.ts';
import { walkJob } from '../../local/nights/walk-job.ts';
import { download, upload } from './copy-objects.ts';
import { trainWithSpark } from './run-spark.ts';

const [GROUPS, ITEMS_OF_GROUP, USERS_OF_GROUP, SEEN] = [4, 15, 50, 8];
const DAY_MS = 86_400_000;
const RETENTION_MS = 400 * DAY_MS;

const range = (length: number): number[] => Array.from({ length }, (_, at) => at);
const itemOf = (group: number, at: number): string => `g${group}-${at % ITEMS_OF_GROUP}`;

const catalogue = (now: number): CatalogItem[] =>
  range(GROUPS).flatMap((group) =>
    range(ITEMS_OF_GROUP).map((at) => ({
      itemId: itemOf(group, at),
      type: 'thing',
      title: `Thing ${at} of ${group}`,
      tags: [],
      topics: [],
      genres: [],
      skills: [],
      attributes: {},
      updatedAt: new Date(now).toISOString(),
    })),
  );

type Table = Awaited<ReturnType<typeof memoryTable>>;

/** Users who complete things of their own group, an hour apart, over the last days. */
const fill = async (database: Table, now: number): Promise<void> => {
  const catalog = catalogStore(database);
  await catalog.bulkPut(catalogue(now));
  await catalog.bump(['thing']);
  const tracking = {
    users: usersStore(database),
    journal: journalStore(database),
    pause: async () => undefined,
  };
  for (const group of range(GROUPS)) {
    for (const user of range(USERS_OF_GROUP)) {
      const userId = `u${group}-${user}`;
      const interactions = range(SEEN).map((at) => {
        const occurredAt = now - DAY_MS * (1 + ((user * 7) % 20)) + at * 3_600_000;
        const contentId = itemOf(group, user * 3 + at * (1 + (user % 2)));
        return {
          interactionId: `${at}`,
          userId,
          type: 'complete',
          contentId,
          occurredAt,
          receivedAt: occurredAt,
        };
      });
      await trackInteractions(tracking, {
        userId,
        interactions,
        now,
        retentionMs: RETENTION_MS,
        marked: true,
      });
    }
  }
};

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** Calls `lambdas/<file>` in this process, which points at the embedded stores. */
const invoke = async (file: string, event: unknown): Promise<unknown> => {
  const { handler } = (await import(`../../lambdas/${file}`)) as { handler: Handler };
  return handler(event, { functionName: file, awsRequestId: 'test-spark', memoryLimitInMB: '3008' });
};

/** What the Glue job does in the bucket, on copies of its folders. */
const trainOnCopies = async (python: string, runId: string): Promise<void> => {
  const client = s3Client();
  const bucket = process.env.ATTUNE_BUCKET ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'attune-spark-night-'));
  const [input, output] = [join(folder, 'exports'), join(folder, 'models')];
  try {
    await download({ client, bucket, prefix: `exports/${runId}/` }, input);
    await trainWithSpark({ python, input, output, runId, more: ['--rank', '16', '--iterations', '6'] });
    await upload(output, { client, bucket, prefix: `models/${runId}/` });
  } finally {
    client.destroy();
    await rm(folder, { recursive: true, force: true });
  }
};

/** The model card says who trained; its lists are Spark's. */
const checkCard = async (runId: string): Promise<void> => {
  const { modelRegistry, models } = await import('../../lambdas/runtime/ports/table-ports.ts');
  const { items } = await listModels(
    { models: models(), registry: modelRegistry() },
    { limit: 5, after: undefined, now: Date.now() },
  );
  const card = items.find((one) => one.runId === runId);
  assert.equal(card?.engine, 'spark', JSON.stringify(card));
  assert.equal(card?.decision, 'promoted', card?.reason);
  const collaborative = card?.models.find(({ name }) => name === 'collaborative');
  assert.match(JSON.stringify(collaborative?.parameters), /spark/);
};

/** Users are recommended things of their own group that they have not seen. */
const checkServing = async (): Promise<void> => {
  for (const group of range(GROUPS)) {
    const userId = `u${group}-7`;
    const event = askEvent(userId, { limit: '5', context: 'after the night' }, `ask-${group}`);
    const { statusCode, body } = (await invoke('api/get-recommendations.ts', event)) as {
      statusCode: number;
      body: string;
    };
    assert.equal(statusCode, 200, body);
    const ids = (JSON.parse(body) as { contentId: string }[]).map(({ contentId }) => contentId);
    assert.ok(ids.length >= 3, `recommendations of ${userId}: ${ids}`);
    const own = ids.slice(0, 3).filter((id) => id.startsWith(`g${group}-`));
    assert.equal(own.length, 3, `recommendations of ${userId}: ${ids}`);
  }
};

/**
 * One night on embedded stores in which `size` chooses Spark: the export's shards go to Spark, `train` assembles what it wrote, and
 * the model is published, promoted and served. Object storage has to be there already.
 */
export const sparkNight = async (python: string): Promise<void> => {
  Object.assign(process.env, { ATTUNE_TRAINING_ENGINE: 'spark', ATTUNE_TRAINING_MEMORY_MB: '3008' });
  const table = await memoryTable();
  const runId = 'spark-night';
  const retrain = jobs.find(({ name }) => name === 'retrain');
  assert.ok(retrain);
  try {
    await fill(table, Date.now());
    await walkJob(retrain, runId, {
      call: (name, input) => invoke(`jobs/${name}.ts`, input),
      trainOnSpark: (run) => trainOnCopies(python, run),
      atOnce: 2,
    });
    await checkCard(runId);
    await checkServing();
  } finally {
    await table.close();
  }
};
