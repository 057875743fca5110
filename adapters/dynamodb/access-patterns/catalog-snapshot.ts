import { batchGet, batchPut } from '../batches.ts';
import {
  chunkKey,
  pointerFromItem,
  pointerKey,
  pointerToItem,
  type SnapshotPointer,
} from '../entities/catalog-snapshot.ts';
import { type Item, isLive } from '../keys.ts';
import { getItem } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

/** An answer to one request ends at 16 MB; smaller ones come side by side. */
const CHUNKS_PER_REQUEST = 10;

export const writeSnapshotChunks = accessPattern(
  {
    name: 'writeSnapshotChunks',
    question: 'Keep the whole catalogue, deflated, as it is at this moment',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = CATALOG_SNAPSHOT#<taken at>, SK = CHUNK#<chunk>',
    consistency: '-',
    guard: '- (nobody reads them before the pointer names them)',
  },
  (call, chunks: readonly Item[]): Promise<void> => batchPut(call, chunks),
);

export const pointToSnapshot = accessPattern(
  {
    name: 'pointToSnapshot',
    question: 'Let fresh processes start from this snapshot of the catalogue',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CATALOG_SNAPSHOT',
    consistency: '-',
    guard: 'none is there, or an earlier one',
  },
  (call, pointer: SnapshotPointer): Promise<boolean> =>
    putItem(call, pointerToItem(pointer), {
      expression: 'attribute_not_exists(PK) OR takenAt <= :taken',
      values: { ':taken': pointer.takenAt },
    }),
);

export const readSnapshotPointer = accessPattern(
  {
    name: 'readSnapshotPointer',
    question: 'Where is the last snapshot of the catalogue?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CATALOG_SNAPSHOT',
    consistency: 'eventual',
    guard: 'one of more than 7 days ago is left out',
  },
  async (call, now: number): Promise<SnapshotPointer | undefined> => {
    const item = await getItem(call, pointerKey);
    return item && isLive(item, now) ? pointerFromItem(item) : undefined;
  },
);

export const readSnapshotChunks = accessPattern(
  {
    name: 'readSnapshotChunks',
    question: 'What was in the catalogue when this snapshot was taken?',
    operation: 'BatchGetItem',
    index: 'table',
    key: 'PK = CATALOG_SNAPSHOT#<taken at>, SK = CHUNK#<chunk>, 10 per request',
    consistency: 'eventual',
    guard: '-',
  },
  async (call, { takenAt, chunks }: SnapshotPointer): Promise<Item[]> => {
    const keys = Array.from({ length: chunks }, (_, chunk) => chunkKey(takenAt, chunk));
    const requests: Promise<Item[]>[] = [];
    for (let from = 0; from < keys.length; from += CHUNKS_PER_REQUEST)
      requests.push(batchGet(call, keys.slice(from, from + CHUNKS_PER_REQUEST)));
    return (await Promise.all(requests)).flat();
  },
);
