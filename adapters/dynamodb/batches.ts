import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type KeysAndAttributes,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { Unavailable } from '../../core/errors.ts';
import { answered, type Call, fromAttributes, meter, onTable, toAttributes } from './call.ts';
import type { Item, Key } from './keys.ts';

const KEYS_PER_READ = 100;
const ITEMS_PER_WRITE = 25;
/** Requests side by side: enough to fill a connection pool, few enough not to throttle a fresh table. */
const SIDE_BY_SIDE = 8;
const ROUNDS = 8;
const FIRST_WAIT_MS = 25;

/** Full jitter on a doubling wait, as AWS advises for throttled batches. */
const backOff = (round: number): Promise<void> => sleep(Math.random() * FIRST_WAIT_MS * 2 ** round);

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );

const keyText = ({ PK, SK }: Item): string => `${PK} ${SK}`;

/** Each key once (a batch may not name one twice); of items with the same key, the last. */
const byKey = <T extends Item>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [keyText(item), item])).values(),
];

const readChunk = async (call: Call, keys: readonly Key[], consistent: boolean): Promise<Item[]> => {
  const { TableName, ReturnConsumedCapacity } = onTable(call);
  const found: Item[] = [];
  let pending: KeysAndAttributes | undefined = {
    Keys: keys.map(toAttributes),
    ConsistentRead: consistent,
  };
  for (let round = 0; pending?.Keys?.length; round += 1) {
    if (round === ROUNDS) throw new Unavailable('The table is too busy to read a batch');
    if (round > 0) await backOff(round);
    const command: BatchGetItemCommand = new BatchGetItemCommand({
      RequestItems: { [TableName]: pending },
      ReturnConsumedCapacity,
    });
    const answer = await answered(call.database.client.send(command));
    meter(call, answer.ConsumedCapacity, false);
    found.push(...(answer.Responses?.[TableName] ?? []).map(fromAttributes));
    pending = answer.UnprocessedKeys?.[TableName];
  }
  return found;
};

/** Reads items by key, 100 per request, in no order; what does not exist is left out. Default: eventually consistent. */
export const batchGet = async (call: Call, keys: readonly Key[], consistent = false): Promise<Item[]> =>
  (
    await Promise.all(chunks(byKey(keys), KEYS_PER_READ).map((chunk) => readChunk(call, chunk, consistent)))
  ).flat();

const writeChunk = async (call: Call, requests: WriteRequest[]): Promise<void> => {
  const { TableName, ReturnConsumedCapacity } = onTable(call);
  let pending: WriteRequest[] | undefined = requests;
  for (let round = 0; pending?.length; round += 1) {
    if (round === ROUNDS) throw new Unavailable('The table is too busy to write a batch');
    if (round > 0) await backOff(round);
    const command: BatchWriteItemCommand = new BatchWriteItemCommand({
      RequestItems: { [TableName]: pending },
      ReturnConsumedCapacity,
    });
    const answer = await answered(call.database.client.send(command));
    meter(call, answer.ConsumedCapacity, true);
    pending = answer.UnprocessedItems?.[TableName];
  }
};

const writeAll = async (call: Call, requests: readonly WriteRequest[]): Promise<void> => {
  const parts = chunks(requests, ITEMS_PER_WRITE);
  for (const group of chunks(parts, SIDE_BY_SIDE))
    await Promise.all(group.map((part) => writeChunk(call, part)));
};

/** Puts items without a condition, 25 per request; of items with the same key, the last one wins. */
export const batchPut = (call: Call, items: readonly Item[]): Promise<void> =>
  writeAll(
    call,
    byKey(items).map((item) => ({ PutRequest: { Item: toAttributes(item) } })),
  );

/** Deletes items without a condition, 25 per request. */
export const batchDelete = (call: Call, keys: readonly Key[]): Promise<void> =>
  writeAll(
    call,
    byKey(keys).map((item) => ({ DeleteRequest: { Key: toAttributes(item) } })),
  );

/** Puts a stream of items of any length, holding 200 of them at a time. Answers how many there were. */
export const batchPutStream = async (call: Call, items: Iterable<Item>): Promise<number> => {
  let group: Item[] = [];
  let count = 0;
  for (const item of items) {
    count += 1;
    if (group.push(item) < ITEMS_PER_WRITE * SIDE_BY_SIDE) continue;
    await batchPut(call, group);
    group = [];
  }
  await batchPut(call, group);
  return count;
};
