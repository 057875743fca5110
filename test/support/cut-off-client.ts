import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** The death of a worker at its write number `write` (from 1), before the write leaves or after it took effect. */
export type CutOff = { write: number; when: 'before' | 'after' };

export class WorkerDied extends Error {}

const WRITES = [PutItemCommand, DeleteItemCommand, UpdateItemCommand, BatchWriteItemCommand];

const isWrite = (command: unknown): boolean => WRITES.some((kind) => command instanceof kind);

/**
 * The client of one worker for one delivery: from the cut on nothing gets through, as if the process were gone.
 * `pause` runs before every call, so that workers interleave. Writes that take effect after the death of their
 * worker (they were on the wire) happen too, since calls that left before the cut are not called back.
 */
export const cutOffClient = (
  client: DynamoDBClient,
  { cutOff, pause }: { cutOff?: CutOff; pause?: () => Promise<void> },
): { client: DynamoDBClient; writes: () => number } => {
  let writes = 0;
  let dead = false;
  const send = async (command: never): Promise<unknown> => {
    await pause?.();
    if (dead) throw new WorkerDied();
    if (isWrite(command)) writes += 1;
    const dies = isWrite(command) && writes === cutOff?.write;
    if (dies) dead = true;
    if (dies && cutOff.when === 'before') throw new WorkerDied();
    const answer = await client.send(command);
    if (dies) throw new WorkerDied();
    return answer;
  };
  return { client: { send } as unknown as DynamoDBClient, writes: () => writes };
};
