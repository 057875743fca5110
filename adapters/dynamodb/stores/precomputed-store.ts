import { dropPrecomputed, publishPrecomputed, putPrecomputed } from '../access-patterns/precomputed.ts';
import type { Database } from '../database.ts';
import type { PrecomputedStore } from '../store-types.ts';

/** Lists that the night computed; they are read with the rest of the user. */
export const precomputedStore = (database: Database): PrecomputedStore => ({
  put: (userId, list) => putPrecomputed(database, userId, list),
  putMany: (rows) => publishPrecomputed(database, rows),
  remove: (userId) => dropPrecomputed(database, userId),
});
