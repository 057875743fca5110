import type { CatalogItem } from '../../../core/catalog/types.ts';
import { batchGet, batchPut } from '../batches.ts';
import { catalogHeadFromItem, catalogHeadKey } from '../entities/catalog-head.ts';
import {
  catalogCollection,
  catalogFromItem,
  catalogKey,
  catalogToItem,
  isTombstone,
  keyAt,
  positionOf,
  tombstoneToItem,
} from '../entities/catalog-item.ts';
import type { Item } from '../keys.ts';
import { getItem, queryItems } from '../read-items.ts';
import type { CatalogHead } from '../store-types.ts';
import { table } from '../table.ts';
import { putItem, updateItem, updateItemIf } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

/** Sorts before every time; a key value may not be empty. */
const BEGINNING = '0';

const INDEX = table.indexes.byCollection.name;

export const putCatalogItem = accessPattern(
  {
    name: 'putCatalogItem',
    question: 'Store this catalogue item, new or changed',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = ITEM',
    consistency: '-',
    guard: 'nothing as new is there (else it comes again with a later time)',
  },
  (call, item: CatalogItem): Promise<boolean> =>
    putItem(call, catalogToItem(item), {
      expression: 'attribute_not_exists(PK) OR updatedAt < :updated',
      values: { ':updated': item.updatedAt },
    }),
);

export const redescribeCatalogItem = accessPattern(
  {
    name: 'redescribeCatalogItem',
    question: 'Change topics, tags and attributes of this catalogue item, and nothing else of it',
    operation: 'UpdateItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = ITEM',
    consistency: '-',
    guard: 'there, and unchanged since it was read',
  },
  (call, after: CatalogItem, readAt: string): Promise<boolean> =>
    updateItemIf(
      call,
      catalogKey(after.itemId),
      'SET topics = :topics, tags = :tags, #attributes = :attributes, updatedAt = :updated, #sort = :sort',
      {
        expression: 'attribute_not_exists(deleted) AND updatedAt = :read',
        names: { '#attributes': 'attributes', '#sort': table.indexes.byCollection.sortKey },
        values: {
          ':topics': after.topics,
          ':tags': after.tags,
          ':attributes': after.attributes,
          ':updated': after.updatedAt,
          ':sort': positionOf(catalogToItem(after)),
          ':read': readAt,
        },
      },
    ),
);

export const putCatalogItems = accessPattern(
  {
    name: 'putCatalogItems',
    question: 'Store these catalogue items',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = ITEM, 25 per request',
    consistency: '-',
    guard: '- (the last writer wins)',
  },
  (call, items: readonly CatalogItem[]): Promise<void> => batchPut(call, items.map(catalogToItem)),
);

/** The item as stored, a tombstone included. */
export const readCatalogItem = accessPattern(
  {
    name: 'readCatalogItem',
    question: 'What is this catalogue item?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = ITEM',
    consistency: 'strong',
    guard: '-',
  },
  async (call, itemId: string): Promise<Item | undefined> => getItem(call, catalogKey(itemId), true),
);

export const readCatalogItems = accessPattern(
  {
    name: 'readCatalogItems',
    question: 'What are these catalogue items?',
    operation: 'BatchGetItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = ITEM, 100 per request',
    consistency: 'eventual',
    guard: 'deleted items are left out',
  },
  async (call, itemIds: readonly string[]): Promise<CatalogItem[]> => {
    const items = await batchGet(call, itemIds.map(catalogKey));
    return items.filter((item) => !isTombstone(item)).map(catalogFromItem);
  },
);

export const buryCatalogItem = accessPattern(
  {
    name: 'buryCatalogItem',
    question: 'Delete this catalogue item, leaving a tombstone that readers of changes see',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ITEM#<itemId>, SK = ITEM',
    consistency: '-',
    guard: 'unchanged since it was read',
  },
  (
    call,
    tombstone: { itemId: string; type: string; updatedAt: string },
    readAt: string,
  ): Promise<boolean> => {
    const expression = 'updatedAt = :read AND attribute_not_exists(deleted)';
    return putItem(call, tombstoneToItem(tombstone), { expression, values: { ':read': readAt } });
  },
);

export const catalogItemsByType = accessPattern(
  {
    name: 'catalogItemsByType',
    question: 'Which items of this type are there, last changed first?',
    operation: 'Query',
    index: 'GSI1',
    key: 'GSI1PK = CATALOG#<type>, newest first',
    consistency: 'eventual',
    guard: 'deleted items are left out',
  },
  (call, query: { type: string; limit: number; after?: string }): AsyncGenerator<Item> =>
    queryItems(call, {
      index: INDEX,
      where: 'GSI1PK = :type',
      filter: 'attribute_not_exists(deleted)',
      values: { ':type': catalogCollection(query.type) },
      newestFirst: true,
      limit: query.limit,
      behind: query.after === undefined ? undefined : keyAt(query.type, query.after),
    }),
);

/** Deletions included. */
export const catalogChanges = accessPattern(
  {
    name: 'catalogChanges',
    question: 'Which items of this type were stored or deleted since this moment?',
    operation: 'Query',
    index: 'GSI1',
    key: 'GSI1PK = CATALOG#<type>, GSI1SK >= <ISO time>',
    consistency: 'eventual',
    guard: '-',
  },
  (call, type: string, since: string): AsyncGenerator<Item> =>
    queryItems(call, {
      index: INDEX,
      where: 'GSI1PK = :type AND GSI1SK >= :since',
      values: { ':type': catalogCollection(type), ':since': since || BEGINNING },
    }),
);

export const readCatalogHead = accessPattern(
  {
    name: 'readCatalogHead',
    question: 'Which version has the catalogue, and which types are there?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CATALOG',
    consistency: 'strong or eventual',
    guard: '-',
  },
  async (call, consistent: boolean): Promise<CatalogHead> =>
    catalogHeadFromItem(await getItem(call, catalogHeadKey, consistent)),
);

export const bumpCatalog = accessPattern(
  {
    name: 'bumpCatalog',
    question: 'Note that the catalogue changed, and which types it now has',
    operation: 'UpdateItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CATALOG',
    consistency: '-',
    guard: '- (an atomic counter)',
  },
  async (call, types: readonly string[]): Promise<CatalogHead> => {
    const update = `SET EntityType = :entity ADD #version :one${types.length > 0 ? ', #types :types' : ''}`;
    const set = types.length > 0 ? { ':types': new Set(types) } : {};
    return catalogHeadFromItem(
      await updateItem(call, catalogHeadKey, update, {
        names: { '#version': 'version', ...(types.length > 0 ? { '#types': 'types' } : {}) },
        values: { ':entity': 'CatalogHead', ':one': 1, ...set },
      }),
    );
  },
);
