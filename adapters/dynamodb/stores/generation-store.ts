import type { GenerationStore } from '../../../core/generation/types.ts';
import { dropGenerations, readGenerations, replaceGenerations } from '../access-patterns/generations.ts';
import type { Database } from '../database.ts';

/** What is remembered of generations, one item for each user; kept as long as the user, since outcomes move answers for good. */
export const generationStore = (database: Database): GenerationStore => ({
  get: (userId) => readGenerations(database, userId),
  put: (userId, memory, expectedVersion) => replaceGenerations(database, userId, memory, expectedVersion),
  remove: (userId) => dropGenerations(database, userId),
});
