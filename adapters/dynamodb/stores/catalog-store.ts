import type { CatalogItem } from '../../../core/catalog/types.ts';
import { Conflict } from '../../../core/errors.ts';
import * as catalog from '../access-patterns/catalog.ts';
import type { Database } from '../database.ts';
import { catalogFromItem, changeFromItem, isTombstone, positionOf } from '../entities/catalog-item.ts';
import type { Item } from '../keys.ts';
import type { CatalogChange, CatalogPage, CatalogStore } from '../store-types.ts';

const ATTEMPTS = 5;

const readLive = async (database: Database, itemId: string): Promise<CatalogItem | undefined> => {
  const item = await catalog.readCatalogItem(database, itemId);
  return item && !isTombstone(item) ? catalogFromItem(item) : undefined;
};

/** Times of change as text: the given one or, where it is not later than another, the next millisecond after that. */
const laterThan = (other: string, given: string): string =>
  given > other ? given : new Date(Date.parse(other) + 1).toISOString();

const put = async (database: Database, item: CatalogItem): Promise<CatalogItem> => {
  let next = item;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await catalog.putCatalogItem(database, next)) return next;
    const stored = await catalog.readCatalogItem(database, item.itemId);
    if (stored) next = { ...item, updatedAt: laterThan(String(stored.updatedAt), item.updatedAt) };
  }
  throw new Conflict('The item kept changing');
};

const bury = async (database: Database, itemId: string, now: number): Promise<boolean> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const item = await readLive(database, itemId);
    if (!item) return false;
    const updatedAt = laterThan(item.updatedAt, new Date(now).toISOString());
    const tombstone = { itemId, type: item.type, updatedAt };
    if (await catalog.buryCatalogItem(database, tombstone, item.updatedAt)) return true;
  }
  throw new Conflict('The item kept changing');
};

type TypeQuery = { type: string; limit: number; after?: string };

/** Asks for one item more than is answered, which tells whether there is a next page. */
const listByType = async (database: Database, query: TypeQuery): Promise<CatalogPage> => {
  const found: Item[] = [];
  for await (const item of catalog.catalogItemsByType(database, { ...query, limit: query.limit + 1 })) {
    if (found.push(item) > query.limit) break;
  }
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1) : undefined;
  return { items: items.map(catalogFromItem), after: last ? positionOf(last) : null };
};

async function* changes(database: Database, type: string, since: string): AsyncGenerator<CatalogChange> {
  for await (const item of catalog.catalogChanges(database, type, since)) yield changeFromItem(item);
}

async function* liveItems(database: Database, type: string): AsyncGenerator<CatalogItem> {
  for await (const change of changes(database, type, '')) {
    if (!change.deleted) yield change.item;
  }
}

/** Catalogue items, their lists by type, and the catalogue's version. */
export const catalogStore = (database: Database): CatalogStore => ({
  put: (item) => put(database, item),
  redescribe: (before, after) => {
    const updatedAt = laterThan(before.updatedAt, after.updatedAt);
    return catalog.redescribeCatalogItem(database, { ...after, updatedAt }, before.updatedAt);
  },
  get: (itemId) => readLive(database, itemId),
  getMany: (itemIds) => catalog.readCatalogItems(database, itemIds),
  delete: (itemId, now) => bury(database, itemId, now),
  bulkPut: (items) => catalog.putCatalogItems(database, items),
  listByType: (query) => listByType(database, query),
  listAll: (type) => liveItems(database, type),
  changedSince: (type, since) => changes(database, type, since),
  head: (consistent = false) => catalog.readCatalogHead(database, consistent),
  bump: async (types) => (await catalog.bumpCatalog(database, types)).version,
});
