import type { CatalogItem } from '../../../core/catalog/types.ts';
import { type Item, key, SETTINGS, ttlSeconds } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

const DAY_MS = 24 * 3_600_000;

/** Well below the 30 days for which deleted items leave a tombstone. */
const SERVED_MS = 7 * DAY_MS;
/** Readers that saw the pointer still find what it points to. */
const KEPT_MS = SERVED_MS + DAY_MS;

/** JSON of a chunk: even text that hardly compresses stays below the 400 KB of an item. */
const BYTES_PER_CHUNK = 450_000;

/** Where the last snapshot is: its chunks are numbered from 0. */
export type SnapshotPointer = {
  readonly takenAt: number;
  readonly changedAt: string;
  readonly chunks: number;
};

export const pointerKey = key(SETTINGS, 'CATALOG_SNAPSHOT');

export const pointerToItem = (pointer: SnapshotPointer): Item => ({
  ...pointerKey,
  EntityType: 'CatalogSnapshot',
  v: 1,
  ...pointer,
  ttl: ttlSeconds(pointer.takenAt + SERVED_MS),
});

export const pointerFromItem = (item: Item): SnapshotPointer => ({
  takenAt: Number(item.takenAt),
  changedAt: String(item.changedAt),
  chunks: Number(item.chunks),
});

/** Every snapshot has a partition of its own, so that one that is being written is never mixed with the one before. */
export const chunkKey = (takenAt: number, chunk: number) =>
  key(`CATALOG_SNAPSHOT#${takenAt}`, `CHUNK#${String(chunk).padStart(5, '0')}`);

const cut = (items: readonly CatalogItem[]): CatalogItem[][] => {
  const chunks: CatalogItem[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item));
    if (bytes + size > BYTES_PER_CHUNK) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)?.push(item);
    bytes += size;
  }
  return chunks;
};

export const chunksToItems = (items: readonly CatalogItem[], takenAt: number): Item[] =>
  cut(items).map((chunk, index) => ({
    ...chunkKey(takenAt, index),
    EntityType: 'CatalogSnapshotChunk',
    v: 1,
    ttl: ttlSeconds(takenAt + KEPT_MS),
    body: packJson(chunk),
  }));

/** The items of all chunks, in whatever order they were read. */
export const itemsOfChunks = (chunks: readonly Item[]): CatalogItem[] =>
  chunks.flatMap((chunk) => unpackJson<CatalogItem[]>(chunk.body));
