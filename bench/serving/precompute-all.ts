import { s3Client } from '../../adapters/objects/client.ts';
import { objectStore } from '../../adapters/objects/object-store.ts';
import { type ExportUser, keys } from '../../core/nights/ports.ts';
import type { TableUse } from '../units/table-use.ts';
import { RUN_ID } from './fill-table.ts';

export type PrecomputeFigures = { readonly users: number; readonly seconds: number; readonly use: TableUse };

/** The night's step `precompute` for these users, as its Lambda runs it; its input is the run's list of users. */
export const precomputeAll = async (users: readonly string[], now: number): Promise<PrecomputeFigures> => {
  const objects = objectStore({ client: s3Client(), bucket: process.env.ATTUNE_BUCKET ?? '' });
  const rows = users.map((u): ExportUser => ({ u, t: now }));
  await objects.putGzipJsonLines(`${keys.users(RUN_ID, 0)}.jsonl.gz`, rows);
  const { handler } = await import('../../lambdas/jobs/precompute.ts');
  const { meterTotals, resetMeter } = await import('../../lambdas/runtime/meter.ts');
  resetMeter();
  const start = performance.now();
  const step = handler as unknown as (event: unknown, context: unknown) => Promise<{ users: number }>;
  const done = await step(
    { runId: RUN_ID, shard: 0, shards: 1 },
    { functionName: 'precompute', awsRequestId: 'precompute' },
  );
  const seconds = (performance.now() - start) / 1000;
  const totals = Object.values(meterTotals());
  const sum = (field: 'calls' | 'readUnits' | 'writeUnits') =>
    totals.reduce((total, entry) => total + entry[field], 0);
  return {
    users: done.users,
    seconds,
    use: { roundTrips: sum('calls'), readUnits: sum('readUnits'), writeUnits: sum('writeUnits') },
  };
};
