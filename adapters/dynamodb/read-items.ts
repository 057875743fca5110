import { GetItemCommand, QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  type Attributes,
  answered,
  type Call,
  fromAttributes,
  meter,
  onTable,
  toAttributes,
} from './call.ts';
import type { Item, Key } from './keys.ts';

export type Query = {
  readonly index?: string;
  /** Key condition. */
  readonly where: string;
  readonly filter?: string;
  readonly names?: Record<string, string>;
  readonly values: Item;
  /** Default: eventually consistent, at half the price. */
  readonly consistent?: boolean;
  readonly newestFirst?: boolean;
  /** Items looked at per request. */
  readonly limit?: number;
  /** Continue behind this key (of the index where one is named). */
  readonly behind?: Item;
};

/** Reads one item by its key. */
export const getItem = async (call: Call, key: Key, consistent = false): Promise<Item | undefined> => {
  const command = new GetItemCommand({
    ...onTable(call),
    Key: toAttributes(key),
    ConsistentRead: consistent,
  });
  const { Item, ConsumedCapacity } = await answered(call.database.client.send(command));
  meter(call, ConsumedCapacity, false);
  return Item && fromAttributes(Item);
};

const queryInput = (call: Call, query: Query, start: Attributes | undefined): QueryCommandInput => ({
  ...onTable(call),
  IndexName: query.index,
  KeyConditionExpression: query.where,
  FilterExpression: query.filter,
  ExpressionAttributeNames: query.names,
  ExpressionAttributeValues: toAttributes(query.values),
  ConsistentRead: query.consistent,
  ScanIndexForward: !query.newestFirst,
  Limit: query.limit,
  ExclusiveStartKey: start,
});

/** The answer to a query in parts of at most 1 MB (or `limit` items), read as far as the caller walks. */
export async function* queryParts(call: Call, query: Query): AsyncGenerator<Item[]> {
  let start = query.behind && toAttributes(query.behind);
  do {
    const answer = await answered(
      call.database.client.send(new QueryCommand(queryInput(call, query, start))),
    );
    meter(call, answer.ConsumedCapacity, false);
    yield (answer.Items ?? []).map(fromAttributes);
    start = answer.LastEvaluatedKey;
  } while (start);
}

/** The whole answer to a query, one item after the other. */
export async function* queryItems(call: Call, query: Query): AsyncGenerator<Item> {
  for await (const part of queryParts(call, query)) yield* part;
}

/** The whole answer to a query whose size is bounded. */
export const queryAll = async (call: Call, query: Query): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const part of queryParts(call, query)) items.push(...part);
  return items;
};

/** One of `total` parts of the whole table: for jobs only. */
export async function* scanSegment(
  call: Call,
  part: { segment: number; total: number },
  filter: { expression: string; values: Item },
): AsyncGenerator<Item> {
  let start: Attributes | undefined;
  do {
    const command = new ScanCommand({
      ...onTable(call),
      Segment: part.segment,
      TotalSegments: part.total,
      FilterExpression: filter.expression,
      ExpressionAttributeValues: toAttributes(filter.values),
      ExclusiveStartKey: start,
    });
    const answer = await answered(call.database.client.send(command));
    meter(call, answer.ConsumedCapacity, false);
    yield* (answer.Items ?? []).map(fromAttributes);
    start = answer.LastEvaluatedKey;
  } while (start);
}
