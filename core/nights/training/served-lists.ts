import type { Dataset } from '../../learn/data/dataset.ts';
import type { HybridContext, SourceLists } from '../../learn/hybrid/hybrid-score.ts';
import { contextOf } from '../../learn/hybrid/validate.ts';
import { makeNeighbourLists, type NeighbourLists } from '../../learn/lists/neighbour-lists.ts';
import type { RankedItem } from '../../learn/types.ts';
import type { ModelInService } from '../../recommend/ports.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';
import type { ModelDocument, NeighbourRow } from './model-document.ts';

/** At least as many as any list holds. */
const STRIDES: Record<keyof SourceLists, number> = { collaborative: 60, sequential: 40, content: 40 };

/** Writes a list under the data set's numbers; items that it does not know are left out. */
export const writeRanked = (
  lists: NeighbourLists,
  item: number,
  { ranked, itemIndex }: { ranked: readonly RankedItem[]; itemIndex: ReadonlyMap<string, number> },
): void => {
  let size = 0;
  for (const { itemId, score } of ranked) {
    const neighbour = itemIndex.get(itemId);
    if (neighbour === undefined || size === lists.stride) continue;
    lists.ids[item * lists.stride + size] = neighbour;
    lists.scores[item * lists.stride + size] = score;
    size += 1;
  }
  lists.sizes[item] = size;
};

/** What a model was published with, from its run's objects. */
export type ServedLists = { model: ModelInService; context: HybridContext };

/** The lists and rankings of the model in service under a data set's numbers; undefined where its objects are gone. */
export const servedLists = async (
  { objects }: NightPorts,
  model: ModelInService,
  train: Dataset,
): Promise<ServedLists | undefined> => {
  const runId = String(model.notes?.runId);
  const document = (await objects.getJson(keys.model(runId))) as ModelDocument | undefined;
  const files = await objects.list(keys.neighboursPrefix(runId));
  if (document?.trained?.model.version !== model.version || files.length === 0) return undefined;
  const items = train.items.length;
  const lists: SourceLists = {
    collaborative: makeNeighbourLists(items, STRIDES.collaborative),
    sequential: makeNeighbourLists(items, STRIDES.sequential),
    content: makeNeighbourLists(items, STRIDES.content),
  };
  const { itemIndex } = train;
  for (const key of files) {
    for await (const line of objects.readJsonLines(key)) {
      const { itemId, neighbours } = line as NeighbourRow;
      const item = itemIndex.get(itemId);
      if (item === undefined) continue;
      writeRanked(lists.collaborative, item, { ranked: neighbours.collaborative, itemIndex });
      writeRanked(lists.sequential, item, { ranked: neighbours.sequential, itemIndex });
      writeRanked(lists.content, item, { ranked: neighbours.content, itemIndex });
    }
  }
  return { model, context: contextOf(train, lists, document.trained.rankings.popular ?? []) };
};
