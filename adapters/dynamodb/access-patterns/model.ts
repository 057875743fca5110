import type { ItemNeighbours } from '../../../core/learn/types.ts';
import type { UserModels } from '../../../core/learn/users/types.ts';
import { batchGet, batchPut, batchPutStream } from '../batches.ts';
import { modelFromItem, modelKey, modelToItem } from '../entities/model.ts';
import { neighboursFromItem, neighboursKey, neighboursToItem } from '../entities/neighbours.ts';
import { RANKING_SORT, rankingPrefix, rankingsFromItems, rankingToItems } from '../entities/ranking.ts';
import { userModelsFromItem, userModelsKey, userModelsToItem } from '../entities/user-models.ts';
import { type Item, itemIdOf, SETTINGS } from '../keys.ts';
import { getItem, queryAll } from '../read-items.ts';
import type { ModelInService, Ranking } from '../store-types.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export type NeighbourRow = { readonly itemId: string; readonly neighbours: ItemNeighbours };

function* neighbourItems(rows: Iterable<NeighbourRow>, version: number): Generator<Item> {
  for (const { itemId, neighbours } of rows) yield neighboursToItem(itemId, neighbours, version);
}

export const publishNeighbours = accessPattern(
  {
    name: 'publishNeighbours',
    question: 'Publish the neighbour lists of a newly trained model',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = NEIGHBOURS#<version mod 3>, 25 per request',
    consistency: '-',
    guard: '- (nobody reads this version before it is in service)',
  },
  (call, rows: Iterable<NeighbourRow>, version: number): Promise<number> =>
    batchPutStream(call, neighbourItems(rows, version)),
);

export const readNeighbours = accessPattern(
  {
    name: 'readNeighbours',
    question: 'Which items are near these items, by the model in service?',
    operation: 'BatchGetItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = NEIGHBOURS#<version mod 3>, 100 per request',
    consistency: 'eventual',
    guard: 'lists of another model version are left out',
  },
  async (call, itemIds: readonly string[], version: number): Promise<Map<string, ItemNeighbours>> => {
    const items = await batchGet(
      call,
      itemIds.map((itemId) => neighboursKey(itemId, version)),
    );
    const current = items.filter((item) => item.modelVersion === version);
    return new Map(current.map((item) => [itemIdOf(item), neighboursFromItem(item)]));
  },
);

export const promoteModel = accessPattern(
  {
    name: 'promoteModel',
    question: 'Put this model into service',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = MODEL',
    consistency: '-',
    guard: 'none in service, or one of an earlier version',
  },
  (call, model: ModelInService): Promise<boolean> =>
    putItem(call, modelToItem(model), {
      expression: 'attribute_not_exists(PK) OR #version <= :version',
      names: { '#version': 'version' },
      values: { ':version': model.version },
    }),
);

export const readModel = accessPattern(
  {
    name: 'readModel',
    question: 'Which model is in service?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = MODEL',
    consistency: 'eventual',
    guard: '-',
  },
  async (call): Promise<ModelInService | undefined> => {
    const item = await getItem(call, modelKey);
    return item && modelFromItem(item);
  },
);

export const replaceRanking = accessPattern(
  {
    name: 'replaceRanking',
    question: 'Replace a ranking for everyone: popular, trending, a segment',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = RANKING#<name>#<chunk>',
    consistency: '-',
    guard: '-',
  },
  (call, name: string, ranking: Ranking): Promise<void> => batchPut(call, rankingToItems(name, ranking)),
);

export const readRankings = accessPattern(
  {
    name: 'readRankings',
    question: 'What is this ranking for everyone (or all of them)?',
    operation: 'Query',
    index: 'table',
    key: 'PK = SETTINGS, SK begins with RANKING#[<name>#]',
    consistency: 'eventual',
    guard: 'chunks of another making than the first are left out',
  },
  async (call, name: string | undefined): Promise<Map<string, Ranking>> => {
    const values = {
      ':settings': SETTINGS,
      ':prefix': name === undefined ? RANKING_SORT : rankingPrefix(name),
    };
    return rankingsFromItems(
      await queryAll(call, { where: 'PK = :settings AND begins_with(SK, :prefix)', values }),
    );
  },
);

export const putUserModels = accessPattern(
  {
    name: 'putUserModels',
    question: 'Put what was learned of users into service',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = USER_MODELS',
    consistency: '-',
    guard: '-',
  },
  async (call, models: UserModels): Promise<void> => {
    await putItem(call, userModelsToItem(models));
  },
);

export const readUserModels = accessPattern(
  {
    name: 'readUserModels',
    question: 'What is learned of users: segments, churn, lifetime value, preference?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = USER_MODELS',
    consistency: 'eventual',
    guard: '-',
  },
  async (call): Promise<UserModels | undefined> => {
    const item = await getItem(call, userModelsKey);
    return item && userModelsFromItem(item);
  },
);
