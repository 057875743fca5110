import type { ExportSize, RunPlan, ShardInput } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';

/** As many as copies run side by side from the first night on. */
const LEAST_SHARDS = 8;
const MOST_SHARDS = 400;
/** A copy of `export` reads so many in about three minutes. */
const INTERACTIONS_PER_SHARD = 500_000;

const shardsFor = (last: ExportSize | undefined): number => {
  const wanted = Math.ceil((last?.interactions ?? 0) / INTERACTIONS_PER_SHARD);
  return Math.min(MOST_SHARDS, Math.max(LEAST_SHARDS, wanted));
};

/** The newest complete export, undefined before the first. */
export const latestExport = async ({ objects }: Pick<NightPorts, 'objects'>) =>
  (await objects.getJson(keys.latest)) as ExportSize | undefined;

/**
 * Step `plan`: cuts the run into shards, by what the last export counted, and writes the manifest over which the
 * Distributed Maps run. A repeated step keeps the start and the shards of the first attempt.
 */
export const plan = async (ports: NightPorts, { runId, now }: NightStep) => {
  const { objects } = ports;
  const before = (await objects.getJson(keys.plan(runId))) as RunPlan | undefined;
  const run: RunPlan = before ?? { runId, startedAt: now, shards: shardsFor(await latestExport(ports)) };
  const items = Array.from(
    { length: run.shards },
    (_, shard): ShardInput => ({ runId, shard, shards: run.shards }),
  );
  await objects.putJson(keys.plan(runId), run);
  await objects.putPlainJson(keys.shards(runId), items);
  ports.progress('planned', { shards: run.shards });
  return { runId, shards: run.shards, items };
};
