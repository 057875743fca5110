import type { CatalogItem } from '../../../core/catalog/types.ts';
import { type Item, itemPartition, key, ttlSeconds } from '../keys.ts';
import type { CatalogChange } from '../store-types.ts';
import { table } from '../table.ts';

const { partitionKey, sortKey } = table.indexes.byCollection;

/** Readers that ask for changes less often than this must read everything. */
const TOMBSTONE_MS = 30 * 24 * 3_600_000;

export const catalogKey = (itemId: string) => key(itemPartition(itemId), 'ITEM');

export const catalogCollection = (type: string): string => `CATALOG#${type}`;

/** By time of change; ISO times sort as text, and the id makes the key unique. */
const collectionKeys = ({ type, updatedAt, itemId }: CatalogItem | Tombstone): Item => ({
  [partitionKey]: catalogCollection(type),
  [sortKey]: `${updatedAt}#${itemId}`,
});

type Tombstone = { readonly itemId: string; readonly type: string; readonly updatedAt: string };

export const catalogToItem = (item: CatalogItem): Item => ({
  ...catalogKey(item.itemId),
  ...collectionKeys(item),
  EntityType: 'CatalogItem',
  v: 1,
  ...item,
});

/** What is left of a deleted item, so that readers of changes learn of it. */
export const tombstoneToItem = (tombstone: Tombstone): Item => ({
  ...catalogKey(tombstone.itemId),
  ...collectionKeys(tombstone),
  EntityType: 'CatalogItem',
  v: 1,
  ...tombstone,
  deleted: true,
  ttl: ttlSeconds(Date.parse(tombstone.updatedAt) + TOMBSTONE_MS),
});

export const isTombstone = (item: Item): boolean => item.deleted === true;

export const catalogFromItem = ({ PK, SK, EntityType, v, GSI1PK, GSI1SK, ...item }: Item): CatalogItem =>
  item as CatalogItem;

export const changeFromItem = (item: Item): CatalogChange => {
  const base = { itemId: String(item.itemId), updatedAt: String(item.updatedAt) };
  return isTombstone(item)
    ? { ...base, deleted: true }
    : { ...base, deleted: false, item: catalogFromItem(item) };
};

/** The position of an item in its collection, from which a list can continue. */
export const positionOf = (item: Item): string => String(item[sortKey]);

/** The full index key at a position. */
export const keyAt = (type: string, position: string): Item => ({
  ...catalogKey(position.slice(position.indexOf('#') + 1)),
  [partitionKey]: catalogCollection(type),
  [sortKey]: position,
});
