import { Conflict } from '../../../core/errors.ts';
import * as model from '../access-patterns/model.ts';
import type { Database } from '../database.ts';
import type { ModelStore } from '../store-types.ts';

/** What the night publishes: neighbour lists, the model in service, rankings for everyone. */
export const modelStore = (database: Database): ModelStore => ({
  putNeighbours: (rows, { version }) => model.publishNeighbours(database, rows, version),
  getNeighbours: (itemIds, { version }) => model.readNeighbours(database, itemIds, version),
  putModel: async (next) => {
    if (await model.promoteModel(database, next)) return;
    throw new Conflict('A model of a later version is in service');
  },
  getModel: () => model.readModel(database),
  putRanking: (name, ranking) => model.replaceRanking(database, name, ranking),
  getRanking: async (name) => (await model.readRankings(database, name)).get(name),
  allRankings: () => model.readRankings(database, undefined),
  putUserModels: (models) => model.putUserModels(database, models),
  getUserModels: () => model.readUserModels(database),
});
