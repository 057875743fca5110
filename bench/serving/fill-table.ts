import { batchPut } from '../../adapters/dynamodb/batches.ts';
import type { Database } from '../../adapters/dynamodb/database.ts';
import { catalogStore } from '../../adapters/dynamodb/stores/catalog-store.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { modelStore } from '../../adapters/dynamodb/stores/model-store.ts';
import { usersStore } from '../../adapters/dynamodb/stores/users-store.ts';
import { DEFAULT_WEIGHTS } from '../../core/learn/hybrid/training-params.ts';
import { inParallel } from '../../core/nights/in-parallel.ts';
import type { Interaction } from '../../core/profile/types.ts';
import { trackInteractions } from '../../core/tracking/track-interactions.ts';
import type { MemoryTable } from '../units/memory-table.ts';
import { type TableUse, useMeter } from '../units/table-use.ts';
import { generateItems, generateNeighbours, generateRanking } from './catalogue.ts';
import { foldedItems } from './folded-users.ts';
import { generateHistories, type History, type UserGroup } from './users.ts';

const RETENTION_MS = 400 * 86_400_000;
const ITEMS_PER_CALL = 1_000;
const PER_PAGE = 10;
const CONCURRENCY = 16;
const HISTORIES_AT_ONCE = 400;
const SEGMENTS = [
  'new_user',
  'casual_user',
  'feature_explorer',
  'power_user',
  'goal_oriented',
  'mobile_first',
];

/** The run whose model is in service; its list of users is what `precompute` reads. */
export const RUN_ID = 'bench';
export const MODEL_VERSION = 1;

export type World = {
  readonly items: number;
  readonly groups: readonly UserGroup[];
  readonly seed: number;
  /** Users are folded in memory and put without their pages, ten times as fast: enough where nobody reads pages or counts writes. */
  readonly withoutPages?: boolean;
};

export type Filled = {
  /** Ids of each group's users. */
  readonly users: readonly (readonly string[])[];
  readonly use: Readonly<Record<'catalogue' | 'neighbours' | 'rankings' | 'users', TableUse>>;
};

type Stores = {
  readonly catalog: ReturnType<typeof catalogStore>;
  readonly models: ReturnType<typeof modelStore>;
  readonly tracking: Parameters<typeof trackInteractions>[0];
};

const fillCatalogue = async ({ catalog }: Stores, { items, seed }: World): Promise<void> => {
  const all = generateItems(items, seed);
  for (let from = 0; from < all.length; from += ITEMS_PER_CALL)
    await catalog.bulkPut(all.slice(from, from + ITEMS_PER_CALL));
  await catalog.bump([...new Set(all.map(({ type }) => type))]);
};

const fillRankings = async ({ models }: Stores, { items, seed }: World, now: number): Promise<void> => {
  const lengths = { popular: 1_000, trending: 100, engagement: 5_000 };
  const segments = Object.fromEntries(SEGMENTS.map((segment) => [`segment:${segment}`, 100]));
  for (const [index, [name, length]] of Object.entries({ ...lengths, ...segments }).entries()) {
    const ranked = generateRanking(Math.min(length, items), items, seed + 100 + index);
    await models.putRanking(name, { generatedAt: now, items: ranked });
  }
  await models.putModel({
    version: MODEL_VERSION,
    slot: MODEL_VERSION,
    weights: DEFAULT_WEIGHTS,
    trainedAt: now,
    counts: { users: 0, items, interactions: 0 },
    notes: { runId: RUN_ID },
  });
};

/** Tracks a user's history ten interactions at a time, as devices send it. */
const fillUser = async (
  { tracking }: Stores,
  userId: string,
  history: readonly Interaction[],
): Promise<void> => {
  for (let from = 0; from < history.length; from += PER_PAGE) {
    const interactions = history.slice(from, from + PER_PAGE);
    const now = interactions.at(-1)?.occurredAt ?? 0;
    await trackInteractions(tracking, { userId, interactions, now, retentionMs: RETENTION_MS, marked: true });
  }
};

type Put = (histories: readonly History[]) => Promise<void>;

const tracked =
  (stores: Stores): Put =>
  async (histories) => {
    await inParallel(histories, CONCURRENCY, ({ userId, interactions }) =>
      fillUser(stores, userId, interactions),
    );
  };

const folded =
  (database: Database): Put =>
  async (histories) => {
    const items = await Promise.all(histories.map((history) => foldedItems(history)));
    await batchPut({ database, name: 'fillUsers' }, items.flat());
  };

function* groupsOf<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const one of all) {
    if (group.push(one) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const fillUsers = async (put: Put, { items, groups, seed }: World, now: number): Promise<string[][]> => {
  const users: string[][] = [];
  for (const [index, group] of groups.entries()) {
    const ids: string[] = [];
    const histories = generateHistories(group, { items, until: now, seed: seed + 200 + index });
    for (const some of groupsOf(histories, HISTORIES_AT_ONCE)) {
      await put(some);
      ids.push(...some.map(({ userId }) => userId));
    }
    users.push(ids);
  }
  return users;
};

/** Fills the table through the product's own stores. `now` in ms since the epoch. */
export const fillTable = async (
  { client, tableName }: MemoryTable,
  world: World,
  now: number,
): Promise<Filled> => {
  const { meter, take } = useMeter();
  const database = { client, tableName, meter };
  const stores = {
    catalog: catalogStore(database),
    models: modelStore(database),
    tracking: { users: usersStore(database), journal: journalStore(database), pause: async () => undefined },
  };
  await fillCatalogue(stores, world);
  const catalogue = take();
  await stores.models.putNeighbours(generateNeighbours(world.items, world.seed + 1), {
    version: MODEL_VERSION,
  });
  const neighbours = take();
  await fillRankings(stores, world, now);
  const rankings = take();
  const put = world.withoutPages ? folded(database) : tracked(stores);
  const users = await fillUsers(put, world, now);
  return { users, use: { catalogue, neighbours, rankings, users: take() } };
};
