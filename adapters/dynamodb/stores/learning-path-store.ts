import { Conflict } from '../../../core/errors.ts';
import { noProgress } from '../../../core/learning/paths/plan/plan.ts';
import type { LearningPath, LearningPathStore, PathProgress } from '../../../core/learning/types.ts';
import {
  createPath,
  dropPaths,
  readPath,
  readPathsOfUser,
  replaceProgress,
} from '../access-patterns/learning.ts';
import type { Database } from '../database.ts';
import { isPathItem, pathFromItem, pathIdOf, progressFromItem } from '../entities/learning-path.ts';
import type { Item } from '../keys.ts';

type Stored = { path: LearningPath; progress: PathProgress };

/** A path with its progress, from the items of that path. */
const storedFrom = (items: readonly Item[]): Stored | undefined => {
  const definition = items.find(isPathItem);
  if (!definition) return undefined;
  const path = pathFromItem(definition);
  const done = items.find((item) => !isPathItem(item));
  return { path, progress: done ? progressFromItem(done) : noProgress(path) };
};

/** Paths as they come, newest first, each behind what was done of it; progress without its path was left by a step that raced a reset. */
async function* storedOf(parts: AsyncIterable<readonly Item[]>): AsyncGenerator<Stored> {
  let done: Item | undefined;
  for await (const items of parts) {
    for (const item of items) {
      if (isPathItem(item)) {
        const isOfPath = done !== undefined && pathIdOf(done) === pathIdOf(item);
        yield storedFrom(isOfPath ? [item, done!] : [item])!;
      } else done = item;
    }
  }
}

const list = async (
  database: Database,
  userId: string,
  { limit, after }: { limit: number; after?: string },
): Promise<{ paths: Stored[]; next: string | null }> => {
  const paths: Stored[] = [];
  // Two items each, and one that tells whether there are more.
  const parts = readPathsOfUser(database, userId, { limit: 2 * limit + 1, ...(after && { after }) });
  for await (const stored of storedOf(parts)) {
    if (paths.length === limit) return { paths, next: paths.at(-1)!.path.pathId };
    paths.push(stored);
  }
  return { paths, next: null };
};

/** Learning paths: an item for what a path is made of, written once, and a small one for what was done of it. */
export const learningPathStore = (database: Database): LearningPathStore => ({
  create: async (path) => {
    if (!(await createPath(database, path))) throw new Conflict('There is such a learning path already');
  },
  get: async (userId, pathId) => storedFrom(await readPath(database, userId, pathId)),
  list: (userId, page) => list(database, userId, page),
  putProgress: (userId, pathId, progress, expectedVersion) =>
    replaceProgress(database, { userId, pathId }, progress, expectedVersion),
  remove: (userId) => dropPaths(database, userId),
});
