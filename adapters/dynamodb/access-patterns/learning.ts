import type { LearningPath, PathProgress } from '../../../core/learning/types.ts';
import { batchDelete } from '../batches.ts';
import {
  LEARNING_END,
  LEARNING_SORT,
  pathSort,
  pathToItem,
  progressToItem,
} from '../entities/learning-path.ts';
import { type Item, keyOf, userPartition } from '../keys.ts';
import { queryAll, queryParts } from '../read-items.ts';
import { NOT_THERE, putItem, putSuccessor } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const createPath = accessPattern(
  {
    name: 'createPath',
    question: 'Store this learning path of a user',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = LEARNING#<pathId>#PATH',
    consistency: '-',
    guard: 'no such path',
  },
  (call, path: LearningPath): Promise<boolean> => putItem(call, pathToItem(path), NOT_THERE),
);

export const readPath = accessPattern(
  {
    name: 'readPath',
    question: 'What is this learning path made of, and how far is it?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK begins with LEARNING#<pathId>#',
    consistency: 'strong',
    guard: '-',
  },
  (call, userId: string, pathId: string): Promise<Item[]> =>
    queryAll(call, {
      where: 'PK = :user AND begins_with(SK, :path)',
      values: { ':user': userPartition(userId), ':path': `${pathSort(pathId)}#` },
      consistent: true,
    }),
);

/** Of each path first what was done (where anything was), then the path. `limit` counts items. */
export const readPathsOfUser = accessPattern(
  {
    name: 'readPathsOfUser',
    question: 'Which learning paths does this user have, newest first?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK between LEARNING# and LEARNING#<the last one shown>, newest first',
    consistency: 'strong',
    guard: '-',
  },
  (call, userId: string, page: { limit: number; after?: string }): AsyncGenerator<Item[]> =>
    queryParts(call, {
      where: 'PK = :user AND SK BETWEEN :first AND :last',
      values: {
        ':user': userPartition(userId),
        ':first': LEARNING_SORT,
        ':last': page.after === undefined ? LEARNING_END : pathSort(page.after),
      },
      newestFirst: true,
      consistent: true,
      limit: page.limit,
    }),
);

export const replaceProgress = accessPattern(
  {
    name: 'replaceProgress',
    question: 'Replace what was done of this learning path by its successor',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = LEARNING#<pathId>#PROGRESS',
    consistency: '-',
    guard: 'still at the version that it was computed from (or not there, for the first)',
  },
  (
    call,
    owner: { userId: string; pathId: string },
    progress: PathProgress,
    expectedVersion: number,
  ): Promise<boolean> =>
    putSuccessor(call, progressToItem(owner.userId, owner.pathId, progress), expectedVersion),
);

export const dropPaths = accessPattern(
  {
    name: 'dropPaths',
    question: 'Delete every learning path of this user, with what was done of it',
    operation: 'Query, then BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK between LEARNING# and LEARNING#~',
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    const where = 'PK = :user AND SK BETWEEN :first AND :last';
    const values = { ':user': userPartition(userId), ':first': LEARNING_SORT, ':last': LEARNING_END };
    for await (const part of queryParts(call, { where, values, consistent: true })) {
      await batchDelete(call, part.map(keyOf));
    }
  },
);
