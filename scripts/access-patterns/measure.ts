import { accessPatterns } from '../../adapters/dynamodb/access-patterns/all.ts';
import type { Database } from '../../adapters/dynamodb/database.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { recordInteractions } from '../../core/journal/record-interactions.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import { INTERACTIONS_PER_USER, NOW, RETENTION_MS, typicalInteractions, USER } from './typical.ts';
import { type Use, uses } from './uses.ts';

/** What one use of an access pattern consumed, as the table reported it. */
export type Cost = { readonly requests: number; readonly readUnits: number; readonly writeUnits: number };

const recordUser = async (database: Database): Promise<void> => {
  const work = {
    store: journalStore(database),
    fold: foldInteractions,
    userId: USER,
    retentionMs: RETENTION_MS,
  };
  for (const interaction of typicalInteractions(USER, INTERACTIONS_PER_USER)) {
    await recordInteractions({ ...work, interactions: [interaction], now: NOW });
  }
};

const measureUse = async (database: Database, name: string, { run }: Use): Promise<Cost> => {
  const cost = { requests: 0, readUnits: 0, writeUnits: 0 };
  const meter: Database['meter'] = (operation, units, isWrite) => {
    if (operation !== name) return;
    cost.requests += 1;
    if (isWrite) cost.writeUnits += units;
    else cost.readUnits += units;
  };
  await run({ ...database, meter });
  return cost;
};

/** Every access pattern must have a typical use, and no use may be left over from one that is gone. */
const assertComplete = (): void => {
  const names = accessPatterns.flatMap(({ patterns }) => patterns.map(({ name }) => name)).sort();
  const used = Object.keys(uses).sort();
  const odd = [
    ...names.filter((name) => !used.includes(name)),
    ...used.filter((name) => !names.includes(name)),
  ];
  if (odd.length > 0) throw new Error(`Without a typical use, or without a pattern: ${odd.join(', ')}`);
};

/** Fills the table with a typical user and runs one typical use of each access pattern. */
export const measureCosts = async (database: Database): Promise<Map<string, Cost>> => {
  assertComplete();
  await recordUser(database);
  const costs = new Map<string, Cost>();
  for (const [name, use] of Object.entries(uses)) costs.set(name, await measureUse(database, name, use));
  return costs;
};
