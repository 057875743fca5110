import { countTrips } from '../../bench/serving/round-trips.ts';
import { SHARED_READS } from '../../bench/serving/shared-reads.ts';
import type { TableUse } from '../../bench/units/table-use.ts';
import { meterTotals, resetMeter } from '../../lambdas/runtime/meter.ts';

/** What one call of a handler takes, in means. */
export type CallUse = { readonly table: TableUse; readonly cpuMs: number; readonly rounds: number };

const tableUse = (): TableUse => {
  const own = Object.entries(meterTotals()).filter(([operation]) => !SHARED_READS.has(operation));
  const sum = (of: (entry: { calls: number; readUnits: number; writeUnits: number }) => number) =>
    own.reduce((total, [, entry]) => total + of(entry), 0);
  return {
    roundTrips: sum(({ calls }) => calls),
    readUnits: sum(({ readUnits }) => readUnits),
    writeUnits: sum(({ writeUnits }) => writeUnits),
  };
};

/** Processor time of this thread, without those of the embedded stores. */
const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Runs the work so many times, one after the other. */
export const measureCalls = async (
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<CallUse> => {
  resetMeter();
  const before = cpuMs();
  let rounds = 0;
  for (let index = 0; index < count; index++) rounds += (await countTrips(() => work(index))).rounds;
  const { roundTrips, readUnits, writeUnits } = tableUse();
  return {
    table: { roundTrips: roundTrips / count, readUnits: readUnits / count, writeUnits: writeUnits / count },
    cpuMs: (cpuMs() - before) / count,
    rounds: rounds / count,
  };
};

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** Calls a handler as Lambda does; throws what it answers where that is no success. */
export const invoke = async (handler: unknown, event: unknown): Promise<unknown> => {
  const context = {
    functionName: 'cost',
    awsRequestId: 'cost',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => 60_000,
  };
  const answer = await (handler as Handler)(event, context);
  const status = (answer as { statusCode?: number } | undefined)?.statusCode ?? 200;
  if (status >= 300) throw new Error(JSON.stringify(answer));
  return answer;
};
