import { catalogSnapshotStore } from '../../adapters/dynamodb/stores/catalog-snapshot-store.ts';
import { definitionStore } from '../../adapters/dynamodb/stores/definition-store.ts';
import { generatedRules } from '../../bench/config/rules.ts';
import { askEvent } from '../../bench/serving/ask-event.ts';
import { type Filled, fillTable, type World } from '../../bench/serving/fill-table.ts';
import { type PrecomputeFigures, precomputeAll } from '../../bench/serving/precompute-all.ts';
import { ids, uuid, visits } from '../../bench/tracking/visits.ts';
import { type MemoryTable, memoryTable } from '../../bench/units/memory-table.ts';
import { useMeter } from '../../bench/units/table-use.ts';
import { temporaryStores } from '../../bench/units/temporary-stores.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { RuleBody } from '../../core/rules/types.ts';
import { normaliseInteraction } from '../../core/tracking/normalise.ts';
import { queueBatches } from '../../core/tracking/queue-batches.ts';
import { type CallUse, invoke, measureCalls } from './handlers.ts';
import { type NightUse, runNight } from './night.ts';
import { prepareEvents } from './prepare-events.ts';
import { prepareTexts } from './prepare-texts.ts';
import type { ProductsMeasured } from './products.ts';
import type { TextsMeasured } from './texts.ts';

const WORLD: World = { items: 2_000, groups: [{ users: 200, interactions: 60 }], seed: 20_261_121 };
const SEED = 4_711;
export const RULES = 200;
const SINGLE = { users: 5, each: 60 };
export const BULK = { users: 50, perUser: 10, batches: 6 };

/** Everything that the bill is made from, measured on the embedded stores through the real handlers. */
export type Measured = {
  readonly single: CallUse;
  /** The bulk endpoint, per request of `BULK.users * BULK.perUser` interactions. */
  readonly bulkRequest: CallUse;
  /** The worker, per message; a request makes `messages` of them. */
  readonly bulkMessage: CallUse;
  readonly messages: number;
  readonly computedNew: CallUse;
  readonly computedAgain: CallUse;
  readonly precomputed: CallUse;
  /** A config with `RULES` rules: the first of a user in a context, and one that was asked a moment ago. */
  readonly configNew: CallUse;
  readonly configAgain: CallUse;
  /** Read units to load what all answers share, per item of the catalogue. */
  readonly coldReadUnitsPerItem: number;
  readonly publishedUnitsPerItem: number;
  readonly precomputing: PrecomputeFigures;
  readonly night: NightUse;
  readonly texts: TextsMeasured;
  readonly products: ProductsMeasured;
};

const post = (path: string, sub: string, body: unknown, groups = '') => ({
  version: '2.0',
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  requestContext: {
    requestId: 'cost',
    http: { method: 'POST', path },
    authorizer: { jwt: { claims: { sub, 'cognito:groups': groups } } },
  },
  isBase64Encoded: false,
  body: JSON.stringify(body),
});

const measureSingle = async (): Promise<CallUse> => {
  const { handler } = await import('../../lambdas/api/track-interaction.ts');
  const random = seededRandom(SEED);
  const sent = Array.from({ length: SINGLE.users }, () => {
    const sub = uuid(random);
    const own = [...visits('with session and device', SINGLE.each, random)];
    return own.map((visit) => post('/interactions', sub, visit.sent));
  }).flat();
  return measureCalls(sent.length, (index) => invoke(handler, sent[index]));
};

/** The same users send again and again, ten interactions each. */
const bulkBodies = (): { userId: string; sent: object }[][] => {
  const random = seededRandom(SEED + 1);
  const users = Array.from({ length: BULK.users }, () => ({
    userId: uuid(random),
    visits: [...visits('with session and device', BULK.perUser * BULK.batches, random)],
  }));
  return Array.from({ length: BULK.batches }, (_, batch) =>
    users.flatMap(({ userId, visits: own }) =>
      own.slice(batch * BULK.perUser, (batch + 1) * BULK.perUser).map(({ sent }) => ({ userId, sent })),
    ),
  );
};

const measureBulk = async (): Promise<Pick<Measured, 'bulkRequest' | 'bulkMessage' | 'messages'>> => {
  const { handler } = await import('../../lambdas/api/track-interactions.ts');
  const { handler: work } = await import('../../lambdas/workers/interactions.ts');
  const bodies = bulkBodies();
  const bulkRequest = await measureCalls(bodies.length, (index) => {
    const interactions = bodies[index]?.map(({ userId, sent }) => ({ userId, ...sent }));
    return invoke(
      handler,
      post('/personalization/track-interactions', 'service', { interactions }, '[service]'),
    );
  });
  const now = Date.now();
  const newId = ids(SEED + 2);
  const messages = bodies.flatMap((body, batch) => {
    const moment = { now, retentionMs: 400 * 86_400_000, newId, sentimentOf: () => 0 };
    const interactions = body.map(({ userId, sent }) => normaliseInteraction(sent, { ...moment, userId }));
    return queueBatches(interactions, `batch-${batch}`, now);
  });
  const bulkMessage = await measureCalls(messages.length, (index) =>
    invoke(work, {
      Records: [
        { messageId: `message-${index}`, eventSource: 'aws:sqs', body: JSON.stringify(messages[index]) },
      ],
    }),
  );
  return { bulkRequest, bulkMessage, messages: messages.length / bodies.length };
};

const measureAnswers = async (
  users: readonly string[],
  now: number,
): Promise<Pick<Measured, 'computedNew' | 'computedAgain' | 'precomputed' | 'precomputing'>> => {
  const { handler } = await import('../../lambdas/api/get-recommendations.ts');
  const ask = (context: string) => (index: number) =>
    invoke(handler, askEvent(users[index] ?? '', { limit: '20', context }, 'cost'));
  await measureCalls(users.length, ask('warm up'));
  const computedNew = await measureCalls(users.length, ask('new'));
  const computedAgain = await measureCalls(users.length, ask('new'));
  const precomputing = await precomputeAll(users, now);
  const precomputed = await measureCalls(users.length, ask('precomputed'));
  return { computedNew, computedAgain, precomputed, precomputing };
};

const putRules = async ({ client, tableName }: MemoryTable): Promise<void> => {
  const store = definitionStore<RuleBody>({ client, tableName }, 'RULES');
  const now = Date.now();
  for (const [n, body] of generatedRules(RULES, SEED).entries()) {
    const change = {
      setVersion: n + 1,
      id: `rule-${n}`,
      version: 1,
      action: 'created',
      earlier: [],
    } as const;
    const rule = { enabled: true, ...body } as unknown as RuleBody;
    await store.append({ ...change, body: rule, createdAt: now, changedAt: now, changedBy: 'cost' });
  }
};

const measureConfigs = async (
  table: MemoryTable,
  users: readonly string[],
): Promise<Pick<Measured, 'configNew' | 'configAgain'>> => {
  await putRules(table);
  const { handler } = await import('../../lambdas/api/decide-config.ts');
  const ask = (context: string) => (index: number) =>
    invoke(handler, post('/personalization/config', users[index] ?? '', { context, device: 'desktop' }));
  await measureCalls(users.length, ask('warm up'));
  const configNew = await measureCalls(users.length, ask('dashboard'));
  const configAgain = await measureCalls(users.length, ask('dashboard'));
  return { configNew, configAgain };
};

/** What a fresh process reads to hold the catalogue, from the snapshot that the night has left. */
const coldUnits = async ({ client, tableName }: MemoryTable): Promise<number> => {
  const { meter, take } = useMeter();
  const snapshot = await catalogSnapshotStore({ client, tableName, meter }).get();
  if (snapshot?.items.length !== WORLD.items) throw new Error('The night left no snapshot of the catalogue');
  return take().readUnits / WORLD.items;
};

/** The last of all, since it brings the products' own catalogues; loaded late, like every handler, when the environment is set. */
const measureAnswersWithTexts = async (): Promise<TextsMeasured> => {
  const { measureTexts } = await import('./texts.ts');
  return measureTexts();
};

/** Behind the texts, whose catalogues it uses. */
const measureSingleProducts = async (): Promise<ProductsMeasured> => {
  const { measureProducts } = await import('./products.ts');
  return measureProducts();
};

const measureAll = async (table: MemoryTable): Promise<Measured> => {
  const now = Date.now();
  const { users, use }: Filled = await fillTable(table, WORLD, now);
  const answers = await measureAnswers(users.flat(), now);
  const configs = await measureConfigs(table, users.flat());
  const coldReadUnitsPerItem = await coldUnits(table);
  const publishedUnitsPerItem = use.neighbours.writeUnits / WORLD.items;
  const night = await runNight(WORLD);
  await measureSingle();
  const single = await measureSingle();
  const answered = { ...answers, ...configs };
  return {
    ...answered,
    coldReadUnitsPerItem,
    publishedUnitsPerItem,
    night,
    single,
    ...(await measureBulk()),
    texts: await measureAnswersWithTexts(),
    products: await measureSingleProducts(),
  };
};

/** Measures everything on fresh embedded stores. */
export const measure = async (): Promise<Measured> => {
  const table = await memoryTable();
  const stores = await temporaryStores();
  const [fake, bus] = await Promise.all([prepareTexts(), prepareEvents()]);
  try {
    return await measureAll(table);
  } finally {
    fake.close();
    await Promise.all([table.close(), stores.close(), bus.close()]);
  }
};
