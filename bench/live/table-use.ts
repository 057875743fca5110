import type { MeterReading } from '../../local/stores/meter.ts';
import type { Api } from './api.ts';

/** What reached the table. */
export type TableUse = {
  readonly roundTrips: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);

const totals = (reading: MeterReading): TableUse => {
  const entries = Object.entries(reading);
  const sum = (part: typeof entries, field: 'requests' | 'units') =>
    part.reduce((total, [, entry]) => total + entry[field], 0);
  return {
    roundTrips: sum(entries, 'requests'),
    readUnits: sum(
      entries.filter(([name]) => READS.has(name)),
      'units',
    ),
    writeUnits: sum(
      entries.filter(([name]) => !READS.has(name)),
      'units',
    ),
  };
};

const readTotals = async ({ ask }: Api): Promise<TableUse> =>
  totals(JSON.parse((await ask('GET', '/local/meter')).text) as MeterReading);

/** What the work used of the table, divided by `count`; nothing else may be going on meanwhile. */
export const tableUseOf = async (
  api: Api,
  count: number,
  work: () => Promise<unknown>,
): Promise<TableUse> => {
  const before = await readTotals(api);
  await work();
  const after = await readTotals(api);
  return {
    roundTrips: (after.roundTrips - before.roundTrips) / count,
    readUnits: (after.readUnits - before.readUnits) / count,
    writeUnits: (after.writeUnits - before.writeUnits) / count,
  };
};
