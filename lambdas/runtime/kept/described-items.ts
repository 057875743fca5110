import type { CatalogItem } from '../../../core/catalog/types.ts';
import { catalog } from '../ports/table-ports.ts';

/** As old as the shared catalogue may be (shared-data.ts): what an analysis finds is seen within it. */
const TTL_MS = 5_000;
/** About 2 KB each. */
const ITEMS_KEPT = 2_000;

const kept = new Map<string, { readonly item: CatalogItem | undefined; readonly at: number }>();

const keep = (itemId: string, item: CatalogItem | undefined, at: number): void => {
  kept.delete(itemId);
  kept.set(itemId, { item, at });
  const [oldest] = kept.keys();
  if (kept.size > ITEMS_KEPT && oldest !== undefined) kept.delete(oldest);
};

/** A few items by their ids, kept in the process: for functions that do not hold the whole catalogue in memory. `now` in ms. */
export const describedItems = async (
  itemIds: readonly string[],
  now: number,
): Promise<(itemId: string) => CatalogItem | undefined> => {
  const stale = itemIds.filter((itemId) => now - (kept.get(itemId)?.at ?? -Infinity) >= TTL_MS);
  if (stale.length > 0) {
    const found = new Map((await catalog().getMany(stale, now)).map((item) => [item.itemId, item]));
    for (const itemId of stale) keep(itemId, found.get(itemId), now);
  }
  const items = new Map(itemIds.map((itemId) => [itemId, kept.get(itemId)?.item]));
  return (itemId) => items.get(itemId);
};
