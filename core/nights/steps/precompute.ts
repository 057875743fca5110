import { loadCatalogue, noCatalogue } from '../../catalog/load-catalogue.ts';
import { plainRequest } from '../../recommend/ask.ts';
import type { Precomputed } from '../../recommend/ports.ts';
import { recommend } from '../../recommend/rank/recommend.ts';
import { neighboursOf } from '../../recommend/serve/compute-list.ts';
import { PRECOMPUTED_ITEMS, toPrecomputed } from '../../recommend/serve/precomputed.ts';
import { rememberedNeighbours } from '../../recommend/serve/remembered-neighbours.ts';
import { type SharedData, sourcesOf } from '../../recommend/shared-data.ts';
import { userSignals } from '../../recommend/user-signals.ts';
import { activeUsers } from '../active-users.ts';
import { inParallel } from '../in-parallel.ts';
import type { NightPorts, NightStep } from '../ports.ts';

const CONCURRENCY = 16;
const WRITE_BATCH = 100;

/** Keeps the catalogue for processes that start later; read anew, since what serving holds may be seconds old. */
const keepSnapshot = async ({ catalog, snapshots }: NightPorts, now: number): Promise<void> => {
  const { catalogue } = await loadCatalogue({ catalog, snapshots }, noCatalogue(), now);
  const { items, changedAt } = catalogue;
  await snapshots.put({ takenAt: now, changedAt, items: [...items.values()] });
};

/**
 * Step `precompute`: the plain answer of every active user of this shard, from the model in service. The first shard
 * also keeps a snapshot of the catalogue.
 */
export const precompute = async (ports: NightPorts, shared: SharedData, step: NightStep) => {
  const { model } = shared;
  if (step.shard === 0) await keepSnapshot(ports, step.now);
  if (!model) {
    ports.progress('nothing to precompute: no model is in service', { shard: step.shard });
    return { shard: step.shard, users: 0 };
  }
  const users = await activeUsers(ports, step);
  const models = rememberedNeighbours(ports.models, Number.POSITIVE_INFINITY);
  const question = plainRequest({ limit: PRECOMPUTED_ITEMS, now: step.now });
  let written = 0;
  let waiting: { userId: string; list: Precomputed }[] = [];
  await inParallel(users, CONCURRENCY, async (userId) => {
    const loaded = await ports.users.load(userId, { parts: 'ledger', consistent: false, now: step.now });
    const user = userSignals(userId, loaded, step.now);
    if (!user.personalised) return;
    const neighbours = await neighboursOf(models, shared, user);
    const { items } = recommend(question, user, sourcesOf(shared, neighbours));
    const list = {
      modelVersion: model.version,
      behaviourSeq: loaded.journal.seq,
      computedAt: step.now,
      entries: toPrecomputed(items),
    };
    waiting.push({ userId, list });
    if (waiting.length < WRITE_BATCH) return;
    const batch = waiting;
    waiting = [];
    written += await ports.precomputed.putMany(batch);
    ports.progress('precomputing', { shard: step.shard, done: written, of: users.length });
  });
  if (waiting.length > 0) written += await ports.precomputed.putMany(waiting);
  ports.progress('precomputed', { shard: step.shard, users: written });
  return { shard: step.shard, users: written };
};
