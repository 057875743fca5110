import { loadCatalogue, noCatalogue } from '../../catalog/load-catalogue.ts';
import type { KeptPage } from '../../homepage/types.ts';
import type { ItemNeighbours } from '../../learn/types.ts';
import { allowsTraining } from '../../privacy/consent.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { plainRequest } from '../../recommend/ask.ts';
import type { ModelInService, Precomputed } from '../../recommend/ports.ts';
import { recommend } from '../../recommend/rank/recommend.ts';
import { neighboursOf } from '../../recommend/serve/compute-list.ts';
import {
  PRECOMPUTED_ITEMS,
  type PrecomputedEntry,
  toPrecomputed,
} from '../../recommend/serve/precomputed.ts';
import { rememberedNeighbours } from '../../recommend/serve/remembered-neighbours.ts';
import { type SharedData, sourcesOf } from '../../recommend/shared-data.ts';
import type { UserSignals } from '../../recommend/types.ts';
import { userSignals } from '../../recommend/user-signals.ts';
import { isTopChanged, tellOfNewList } from '../../updates/list-changed.ts';
import { activeUsers } from '../active-users.ts';
import { inParallel } from '../in-parallel.ts';
import type { NightPorts, NightStep } from '../ports.ts';
import { type NightHomepages, precomputedPage, precomputeSharedPages } from './precompute-homepages.ts';

const CONCURRENCY = 16;
const WRITE_BATCH = 100;

/** Keeps the catalogue for processes that start later; read anew, since what serving holds may be seconds old. */
const keepSnapshot = async ({ catalog, snapshots }: NightPorts, now: number): Promise<void> => {
  const { catalogue } = await loadCatalogue({ catalog, snapshots }, noCatalogue(), now);
  const { items, changedAt } = catalogue;
  await snapshots.put({ takenAt: now, changedAt, items: [...items.values()] });
};

const itemsOf = (list: Precomputed | undefined): string[] =>
  ((list?.entries ?? []) as readonly PrecomputedEntry[]).map(([itemId]) => itemId);

/** Collects rows and writes them a hundred at a time. */
const writer = <Row>(write: (rows: readonly Row[]) => Promise<number>) => {
  let written = 0;
  let waiting: Row[] = [];
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) written += await write(batch);
  };
  return {
    add: async (row: Row): Promise<void> => {
      waiting.push(row);
      if (waiting.length >= WRITE_BATCH) await flush();
    },
    end: async (): Promise<number> => {
      await flush();
      return written;
    },
  };
};

type Known = {
  readonly loaded: LoadedUser;
  readonly user: UserSignals;
  readonly neighbours: ReadonlyMap<string, ItemNeighbours>;
};

const listOf = (shared: SharedData, model: ModelInService, known: Known, now: number): Precomputed => {
  const { loaded, user, neighbours } = known;
  const question = plainRequest({ limit: PRECOMPUTED_ITEMS, now });
  const { items } = recommend(question, user, sourcesOf(shared, neighbours));
  return {
    modelVersion: model.version,
    behaviourSeq: loaded.journal.seq,
    computedAt: now,
    entries: toPrecomputed(items),
  };
};

/** `isNews`: other items stand at its top than in the list before. */
type ListRow = { readonly userId: string; readonly list: Precomputed; readonly isNews: boolean };

/**
 * Tells those for whom there is something new at the top, then writes the lists: a step that is cut off in between tells again, not never.
 * `at` is this moment and not the step's start: whoever asked for news since would never learn of it.
 */
const keepLists = async (ports: NightPorts, rows: readonly ListRow[], at: number): Promise<number> => {
  await inParallel(
    rows.filter(({ isNews }) => isNews),
    CONCURRENCY,
    ({ userId, list }) => tellOfNewList(ports.updates, { userId, model: list.modelVersion, at }),
  );
  return ports.precomputed.putMany(rows.map(({ userId, list }) => ({ userId, list })));
};

/**
 * Step `precompute`: the plain answer of every active user of this shard, from the model in service, and the homepage where the product
 * has one. The first shard also keeps a snapshot of the catalogue, and the homepages of everybody and of each segment. Without a
 * model in service there are homepages only.
 */
export const precompute = async (
  ports: NightPorts,
  shared: SharedData,
  step: NightStep,
  homepages?: NightHomepages,
) => {
  const { model } = shared;
  const { shard, now } = step;
  if (shard === 0) {
    await keepSnapshot(ports, now);
    if (homepages) await precomputeSharedPages(homepages, shared, now);
  }
  if (!model && !homepages) {
    ports.progress('nothing to precompute: no model is in service', { shard });
    return { shard, users: 0 };
  }
  const users = await activeUsers(ports, step);
  const models = rememberedNeighbours(ports.models, Number.POSITIVE_INFINITY);
  const startedAt = ports.clock();
  const lists = writer<ListRow>((rows) => keepLists(ports, rows, now + ports.clock() - startedAt));
  const pages = writer<{ userId: string; page: KeptPage }>(
    (rows) => homepages?.pages.putMany(rows) ?? Promise.resolve(0),
  );
  let done = 0;
  await inParallel(users, CONCURRENCY, async (userId) => {
    const loaded = await ports.users.load(userId, { parts: 'all', consistent: false, now });
    const user = userSignals(userId, loaded, now);
    if (!allowsTraining(loaded.profile)) return;
    const known = { loaded, user, neighbours: await neighboursOf(models, shared, user) };
    if (model) {
      const list = listOf(shared, model, known, now);
      await lists.add({ userId, list, isNews: isTopChanged(itemsOf(loaded.precomputed), itemsOf(list)) });
    }
    const page = homepages && precomputedPage(homepages.domain, shared, known, now);
    if (page) await pages.add({ userId, page });
    done += 1;
    if (done % WRITE_BATCH === 0) ports.progress('precomputing', { shard, done, of: users.length });
  });
  const [written, made] = [await lists.end(), await pages.end()];
  ports.progress('precomputed', { shard, users: written, homepages: made });
  return { shard, users: written, ...(homepages && { homepages: made }) };
};
