import * as outcomes from '../../adapters/dynamodb/access-patterns/outcomes.ts';
import { batchPut } from '../../adapters/dynamodb/batches.ts';
import { outcomeToItem, shardOfUser } from '../../adapters/dynamodb/entities/outcome.ts';
import type { OutcomeRow } from '../../core/experiments/outcomes/types.ts';
import { NOW, USER } from './typical.ts';
import type { Use } from './uses.ts';

const LINE = '2k0qv8zt0x';
const USERS = 1_000;

/** Three metrics, what the user did before, and as many keys as are kept. */
const rowOf = (userId: string, given: Partial<OutcomeRow> = {}): OutcomeRow => ({
  line: LINE,
  userId,
  variant: 'treatment',
  exposedAt: NOW,
  propensity: 0.5,
  covariates: { signup: 1, revenue: 129.9, visits: 34 },
  metrics: {},
  keys: [],
  otherArms: [],
  mergedFrom: [],
  rev: 1,
  expiresAt: NOW + 400 * 86_400_000,
  ...given,
});

const converted = rowOf(USER, {
  metrics: { signup: [1, 1], revenue: [3, 89.97], visits: [61, 61] },
  keys: Array.from({ length: 64 }, (_, n) => 2 ** 46 + n * 7_919),
  rev: 2,
});

export const outcomeUses: Readonly<Record<string, Use>> = {
  placeOutcome: { what: 'a user', run: (db) => outcomes.placeOutcome(db, rowOf(USER), NOW) },
  replaceOutcome: {
    what: 'a user with 64 conversions of 3 metrics',
    run: (db) => outcomes.replaceOutcome(db, converted, 1),
  },
  readOutcome: {
    what: 'a user with 64 conversions',
    run: (db) => outcomes.readOutcome(db, LINE, USER, NOW),
  },
  readOutcomes: {
    what: 'a shard of 1,000 users in all',
    run: async (db) => {
      const ids = Array.from({ length: USERS }, (_, n) => `user-${n}`);
      const quiet = { database: { ...db, meter: undefined }, name: 'fill' };
      await batchPut(
        quiet,
        ids.map((id) => outcomeToItem(rowOf(id))),
      );
      for await (const _ of outcomes.readOutcomes(db, LINE, shardOfUser(USER), NOW)) {
        // walked for what it costs
      }
    },
  },
};
