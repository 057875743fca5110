import type { OutcomeStore } from '../../core/experiments/outcomes/ports.ts';
import type { OutcomeRow } from '../../core/experiments/outcomes/types.ts';

/** Outcome rows in memory, for tests of core: the same promises as the store on the table keeps, shards aside. */
export const memoryOutcomes = (
  rows: Map<string, OutcomeRow> = new Map(),
): OutcomeStore & { readonly rows: ReadonlyMap<string, OutcomeRow> } => {
  const nameOf = ({ line, userId }: Pick<OutcomeRow, 'line' | 'userId'>) => `${line} ${userId}`;
  return {
    rows,
    expose: async (row) => {
      const stored = rows.get(nameOf(row)) ?? row;
      rows.set(nameOf(row), stored);
      return stored;
    },
    get: async (line, userId) => rows.get(nameOf({ line, userId })),
    convert: async (row, expectedRev) => {
      if (rows.get(nameOf(row))?.rev !== expectedRev) return false;
      rows.set(nameOf(row), row);
      return true;
    },
    async *rowsOf(line, shard) {
      const own = [...rows.values()].filter((row) => row.line === line && row.movedTo === undefined);
      if (shard === 0) yield* own;
    },
  };
};

/** A row of somebody who has done nothing since; times are whole seconds, as the store keeps expiry. */
export const outcomeRow = (given: Partial<OutcomeRow> = {}): OutcomeRow => ({
  line: 'line',
  userId: 'ada',
  variant: 'quiet',
  exposedAt: Date.UTC(2026, 10, 21, 12),
  propensity: 0.5,
  covariates: {},
  metrics: {},
  keys: [],
  otherArms: [],
  mergedFrom: [],
  rev: 1,
  expiresAt: Date.UTC(2027, 10, 21, 12),
  ...given,
});
