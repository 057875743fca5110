import type { Meter } from '../../adapters/dynamodb/database.ts';

/** What one piece of work used of the table. */
export type TableUse = {
  readonly roundTrips: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

export const NO_USE: TableUse = { roundTrips: 0, readUnits: 0, writeUnits: 0 };

export const addUse = (a: TableUse, b: TableUse): TableUse => ({
  roundTrips: a.roundTrips + b.roundTrips,
  readUnits: a.readUnits + b.readUnits,
  writeUnits: a.writeUnits + b.writeUnits,
});

/** A use divided by how often it was. */
export const sharedUse = (use: TableUse, count: number): TableUse => ({
  roundTrips: use.roundTrips / count,
  readUnits: use.readUnits / count,
  writeUnits: use.writeUnits / count,
});

/** The mean of some uses. */
export const meanUse = (uses: readonly TableUse[]): TableUse =>
  sharedUse(uses.reduce(addUse, NO_USE), uses.length);

/** A meter for the adapters, and what it counted since the last call of `take`. */
export const useMeter = (): { readonly meter: Meter; take(): TableUse } => {
  let used = NO_USE;
  return {
    meter: (_, units, isWrite) => {
      const kind = isWrite ? { readUnits: 0, writeUnits: units } : { readUnits: units, writeUnits: 0 };
      used = addUse(used, { roundTrips: 1, ...kind });
    },
    take: () => {
      const taken = used;
      used = NO_USE;
      return taken;
    },
  };
};
