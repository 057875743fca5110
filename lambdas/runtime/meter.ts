/** Totals of what one kind of table call cost since the process began (or since `resetMeter`). */
export type Metered = { calls: number; readUnits: number; writeUnits: number };

const totals = new Map<string, Metered>();

/** Given to the adapters as their meter; benchmarks and the cost report read the totals. */
export const meter = (operation: string, units: number, isWrite: boolean): void => {
  const entry = totals.get(operation) ?? { calls: 0, readUnits: 0, writeUnits: 0 };
  entry.calls += 1;
  if (isWrite) entry.writeUnits += units;
  else entry.readUnits += units;
  totals.set(operation, entry);
};

export const meterTotals = (): Record<string, Metered> => Object.fromEntries(totals);

export const resetMeter = (): void => totals.clear();
