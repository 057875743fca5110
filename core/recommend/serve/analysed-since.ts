import type { CatalogItem } from '../../catalog/types.ts';
import { isObject } from '../../is-object.ts';
import { HISTORY_ITEMS } from '../../learn/hybrid/history-influence.ts';
import { similarToItem } from '../../learn/lists/content-neighbours.ts';
import type { ItemNeighbours } from '../../learn/types.ts';
import type { Sources, UserSignals } from '../types.ts';

/** As many as the night keeps of a list, about. */
const RESEMBLING_ITEMS = 40;

type Known = { readonly items: ReadonlyMap<string, CatalogItem> };

const isAnalysedSince = (item: CatalogItem | undefined, since: number): item is CatalogItem =>
  item !== undefined && isObject(item.attributes.analysis) && Date.parse(item.updatedAt) > since;

/**
 * Those of the user's last items that were analysed after a moment (ms), when lists were made that do not know what was found: then what
 * resembles them is no longer what it was.
 */
export const analysedSince = ({ items }: Known, { history }: UserSignals, since: number): CatalogItem[] =>
  history
    .slice(0, HISTORY_ITEMS)
    .map(({ itemId }) => items.get(itemId))
    .filter((item) => isAnalysedSince(item, since));

/** Lists of neighbours in which what resembles an item that was analysed since is found anew, from the catalogue as it is. */
export const withFreshContent = (
  neighbours: ReadonlyMap<string, ItemNeighbours>,
  analysed: readonly CatalogItem[],
  contentModel: Sources['contentModel'],
): ReadonlyMap<string, ItemNeighbours> => {
  const stale = analysed.filter(({ itemId }) => neighbours.has(itemId));
  if (stale.length === 0 || contentModel === undefined) return neighbours;
  const model = contentModel();
  const fresh = stale.map((item): [string, ItemNeighbours] => [
    item.itemId,
    { ...neighbours.get(item.itemId)!, content: similarToItem(model, item, RESEMBLING_ITEMS) },
  ]);
  return new Map([...neighbours, ...fresh]);
};
