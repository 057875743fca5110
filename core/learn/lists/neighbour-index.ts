import type { ItemNeighbours, NeighbourIndex } from '../types.ts';
import { listOf, type NeighbourLists } from './neighbour-lists.ts';

export type NamedLists = {
  /** Names and numbering of the collaborative and sequential lists. */
  items: readonly string[];
  itemIndex: ReadonlyMap<string, number>;
  collaborative: NeighbourLists;
  sequential: NeighbourLists;
  /** Names and numbering of the content lists. */
  contentItems: readonly string[];
  contentIndex: ReadonlyMap<string, number>;
  content: NeighbourLists;
};

/** All lists by item id; ids that neither the interactions nor the catalogue hold have none. */
export function neighbourIndex(lists: NamedLists): NeighbourIndex {
  return {
    itemIds: [...new Set([...lists.items, ...lists.contentItems])],
    get: (itemId) => neighboursOf(lists, itemId),
  };
}

function neighboursOf(lists: NamedLists, itemId: string): ItemNeighbours | undefined {
  const item = lists.itemIndex.get(itemId);
  const content = lists.contentIndex.get(itemId);
  if (item === undefined && content === undefined) return undefined;
  return {
    collaborative: item === undefined ? [] : listOf(lists.collaborative, item, lists.items),
    sequential: item === undefined ? [] : listOf(lists.sequential, item, lists.items),
    content: content === undefined ? [] : listOf(lists.content, content, lists.contentItems),
  };
}
