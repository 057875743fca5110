import type { CatalogSnapshot, CatalogSnapshots } from '../../../core/catalog/ports.ts';
import * as snapshots from '../access-patterns/catalog-snapshot.ts';
import type { Database } from '../database.ts';
import { chunksToItems, itemsOfChunks } from '../entities/catalog-snapshot.ts';

const put = async (database: Database, { takenAt, changedAt, items }: CatalogSnapshot): Promise<void> => {
  const chunks = chunksToItems(items, takenAt);
  await snapshots.writeSnapshotChunks(database, chunks);
  await snapshots.pointToSnapshot(database, { takenAt, changedAt, chunks: chunks.length });
};

/** A copy that is behind may not have every chunk yet: then there is no snapshot for this reader. */
const get = async (database: Database): Promise<CatalogSnapshot | undefined> => {
  const pointer = await snapshots.readSnapshotPointer(database, (database.clock ?? Date.now)());
  if (!pointer) return undefined;
  const chunks = await snapshots.readSnapshotChunks(database, pointer);
  if (chunks.length < pointer.chunks) return undefined;
  return { takenAt: pointer.takenAt, changedAt: pointer.changedAt, items: itemsOfChunks(chunks) };
};

/** Snapshots of the catalogue in the table. */
export const catalogSnapshotStore = (database: Database): CatalogSnapshots => ({
  put: (snapshot) => put(database, snapshot),
  get: () => get(database),
});
