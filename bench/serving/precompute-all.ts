import { s3Client } from '../../adapters/objects/client.ts';
import { objectStore } from '../../adapters/objects/object-store.ts';
import type { ActiveUser } from '../../core/nights/formats.ts';
import { keys } from '../../core/nights/keys.ts';
import { addUse, NO_USE, type TableUse } from '../units/table-use.ts';
import { RUN_ID } from './fill-table.ts';
import { SHARED_READS } from './shared-reads.ts';

export type PrecomputeFigures = {
  readonly users: number;
  readonly seconds: number;
  /** For the users: their reading, the neighbours, their lists. */
  readonly use: TableUse;
  /** For the catalogue: reading it, keeping its snapshot. */
  readonly catalogueUse: TableUse;
};

const WRITES_OF_CATALOGUE = new Set(['writeSnapshotChunks', 'pointToSnapshot']);

const isForCatalogue = (operation: string): boolean =>
  SHARED_READS.has(operation) || WRITES_OF_CATALOGUE.has(operation);

type Totals = Readonly<Record<string, { calls: number; readUnits: number; writeUnits: number }>>;

const useOf = (totals: Totals, wanted: (operation: string) => boolean): TableUse =>
  Object.entries(totals)
    .filter(([operation]) => wanted(operation))
    .map(([, { calls, readUnits, writeUnits }]) => ({ roundTrips: calls, readUnits, writeUnits }))
    .reduce(addUse, NO_USE);

/** The night's step `precompute` for these users, as its Lambda runs it; its input is the run's list of active users. */
export const precomputeAll = async (users: readonly string[], now: number): Promise<PrecomputeFigures> => {
  const objects = objectStore({ client: s3Client(), bucket: process.env.ATTUNE_BUCKET ?? '' });
  const rows = users.map((u): ActiveUser => ({ u, t: now }));
  await objects.putGzipJsonLines(keys.active(RUN_ID, 0), rows);
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
  const totals = meterTotals();
  return {
    users: done.users,
    seconds,
    use: useOf(totals, (operation) => !isForCatalogue(operation)),
    catalogueUse: useOf(totals, isForCatalogue),
  };
};
