import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { answered, type Call, fromAttributes, meter, onTable, toAttributes } from './call.ts';
import { isFailedCondition } from './faults.ts';
import type { Item, Key } from './keys.ts';

/** A guard on a write, with its `#names` and `:values`. */
export type Condition = {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
};

/** A refused write costs as much as one that took effect; its size is not reported, so the least is counted. */
const REFUSED = { CapacityUnits: 1 };

const guard = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: condition.names,
    ExpressionAttributeValues: condition.values && toAttributes(condition.values),
  };

/** Sends a guarded write; answers false where the guard refused it. */
const unlessRefused = async (call: Call, request: Promise<unknown>): Promise<boolean> => {
  try {
    await answered(request);
    return true;
  } catch (error) {
    if (!isFailedCondition(error)) throw error;
    meter(call, REFUSED, true);
    return false;
  }
};

const metered = async (call: Call, request: Promise<{ ConsumedCapacity?: object }>): Promise<void> => {
  const { ConsumedCapacity } = await request;
  meter(call, ConsumedCapacity, true);
};

/** Puts an item; answers whether the condition held. */
export const putItem = (call: Call, item: Item, condition?: Condition): Promise<boolean> => {
  const command = new PutItemCommand({ ...onTable(call), Item: toAttributes(item), ...guard(condition) });
  return unlessRefused(call, metered(call, call.database.client.send(command)));
};

/** For an item that must not be there yet. */
export const NOT_THERE: Condition = { expression: 'attribute_not_exists(PK)' };

/** Puts the successor of an item that counts its versions; answers whether the stored one was still at `expectedVersion` (0: none was stored). */
export const putSuccessor = (call: Call, item: Item, expectedVersion: number): Promise<boolean> => {
  const unchanged = {
    expression: '#version = :version',
    names: { '#version': 'version' },
    values: { ':version': expectedVersion },
  };
  return putItem(call, item, expectedVersion === 0 ? NOT_THERE : unchanged);
};

/** Deletes an item; answers whether the condition held. */
export const deleteItem = (call: Call, key: Key, condition?: Condition): Promise<boolean> => {
  const command = new DeleteItemCommand({ ...onTable(call), Key: toAttributes(key), ...guard(condition) });
  return unlessRefused(call, metered(call, call.database.client.send(command)));
};

/** Updates an item, making it where it is missing; answers its attributes afterwards. */
export const updateItem = async (
  call: Call,
  key: Key,
  update: string,
  { names, values }: Omit<Condition, 'expression'>,
): Promise<Item> => {
  const command = new UpdateItemCommand({
    ...onTable(call),
    Key: toAttributes(key),
    UpdateExpression: update,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values && toAttributes(values),
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes, ConsumedCapacity } = await answered(call.database.client.send(command));
  meter(call, ConsumedCapacity, true);
  return fromAttributes(Attributes ?? {});
};

/** Updates an item, making it where it is missing; answers its attributes afterwards, undefined where the condition did not hold. */
export const updatedItemIf = async (
  call: Call,
  key: Key,
  update: string,
  condition: Condition,
): Promise<Item | undefined> => {
  const command = new UpdateItemCommand({
    ...onTable(call),
    Key: toAttributes(key),
    UpdateExpression: update,
    ...guard(condition),
    ReturnValues: 'ALL_NEW',
  });
  const sent = call.database.client.send(command);
  return (await unlessRefused(call, metered(call, sent)))
    ? fromAttributes((await sent).Attributes ?? {})
    : undefined;
};

/** Updates an item, making it where it is missing; answers whether the condition held. */
export const updateItemIf = (
  call: Call,
  key: Key,
  update: string,
  condition: Condition,
): Promise<boolean> => {
  const command = new UpdateItemCommand({
    ...onTable(call),
    Key: toAttributes(key),
    UpdateExpression: update,
    ...guard(condition),
  });
  return unlessRefused(call, metered(call, call.database.client.send(command)));
};
